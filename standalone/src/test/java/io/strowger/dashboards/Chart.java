package io.strowger.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Draws lines over time as an SVG picture.
final class Chart {
    private static final List<String> COLOURS =
            List.of(
                    "#4e9a3b", "#c9a227", "#4f8fba", "#d9662b", "#c0392b", "#3869a8", "#8e5ea2",
                    "#5b7f95", "#7a9a01", "#a65c32", "#2c8c7d", "#b0477c");
    private static final int LEFT = 62;
    private static final int RIGHT = 24;
    private static final int TOP = 8;
    private static final int BOTTOM = 20;
    private static final int LEVELS = 4;
    private final int width;
    private final int height;
    private final double fromSeconds;
    private final double toSeconds;
    private final Figures figures;
    private final double top;

    /// @param lines the highest figure among them is the top of the picture
    Chart(Size size, Span span, Figures figures, List<Line> lines) {
        this.width = size.width();
        this.height = size.height();
        this.fromSeconds = span.fromSeconds();
        this.toSeconds = span.toSeconds();
        this.figures = figures;
        this.top = roundedUp(lines.stream().mapToDouble(Line::highest).max().orElse(0));
    }

    /// In pixels.
    record Size(int width, int height) {}

    /// Unix time of both ends.
    record Span(double fromSeconds, double toSeconds) {}

    static String colour(int line) {
        return COLOURS.get(line % COLOURS.size());
    }

    String draw(List<Line> lines) {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg width=\"%d\" height=\"%d\">\n".formatted(width, height));
        for (int level = 0; level <= LEVELS; level++) {
            double value = top * level / LEVELS;
            svg.append(
                    format(
                            "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                                    + "<text class=\"level\" x=\"%d\" y=\"%.1f\">%s</text>\n",
                            LEFT,
                            width - RIGHT,
                            y(value),
                            y(value),
                            LEFT - 6,
                            y(value) + 4,
                            figures.text(value)));
        }
        for (double at = fromSeconds; at <= toSeconds; at += (toSeconds - fromSeconds) / LEVELS) {
            svg.append(
                    format(
                            "<text class=\"time\" x=\"%.1f\" y=\"%d\">%.0f s</text>\n",
                            x(at), height - 5, at - fromSeconds));
        }
        for (int i = 0; i < lines.size(); i++) {
            for (String stretch : stretches(lines.get(i))) {
                svg.append(
                        "<polyline stroke=\"%s\" points=\"%s\"/>\n".formatted(colour(i), stretch));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    /// The points of a line, in pieces where it has gaps.
    private List<String> stretches(Line line) {
        List<String> stretches = new ArrayList<>();
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.values().length; i++) {
            boolean follows = i > 0 && line.atSeconds()[i] - line.atSeconds()[i - 1] < 1.5;
            boolean drawn = Double.isFinite(line.values()[i]);
            if (!points.isEmpty() && !(drawn && follows)) {
                stretches.add(points.toString());
                points.setLength(0);
            }
            if (drawn) {
                points.append(format("%.1f,%.1f ", x(line.atSeconds()[i]), y(line.values()[i])));
            }
        }
        if (!points.isEmpty()) {
            stretches.add(points.toString());
        }
        return stretches;
    }

    private double x(double atSeconds) {
        return LEFT
                + (atSeconds - fromSeconds) / (toSeconds - fromSeconds) * (width - LEFT - RIGHT);
    }

    private double y(double value) {
        return height - BOTTOM - value / top * (height - BOTTOM - TOP);
    }

    /// The next of 1, 2, 4, 5, 8 times a power of ten; 1 for nothing.
    private static double roundedUp(double value) {
        if (value <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 2, 4, 5, 8}) {
            if (value <= step * power * 1.0001) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
