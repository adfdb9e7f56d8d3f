package io.strowger.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One line of a panel.
///
/// @param atSeconds Unix time of each point, ascending
/// @param values as long as `atSeconds`; NaN where the query had none
public record Line(String name, double[] atSeconds, double[] values) {
    private static final Pattern LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    /// @param series one of the results of `query_range`
    static Line of(JsonNode series, String legend) {
        JsonNode points = series.path("values");
        double[] at = new double[points.size()];
        double[] values = new double[points.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = points.path(i).path(0).asDouble();
            values[i] = number(points.path(i).path(1).asText());
        }
        return new Line(named(series.path("metric"), legend), at, values);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static String named(JsonNode labels, String legend) {
        return LABEL.matcher(legend)
                .replaceAll(
                        label -> Matcher.quoteReplacement(labels.path(label.group(1)).asText()));
    }

    /// Whether there is anything to draw.
    public boolean hasFigures() {
        return Arrays.stream(values).anyMatch(Double::isFinite);
    }

    /// Of the figures; 0 when there are none.
    public double highest() {
        return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    }
}
