package io.strowger.dashboards;

import java.util.List;

/// A dashboard as a page of HTML that needs nothing else: each panel where Grafana would have it.
public final class DashboardPage {
    private static final int UNIT_WIDTH = 50;
    private static final int UNIT_HEIGHT = 30;
    private static final int GAP = 8;
    private static final int HEAD = 56;
    private static final int TITLE_AND_LEGEND = 66;
    private static final String STYLE =
            """
            body { margin: 0; background: #f4f5f5; font: 12px sans-serif; color: #24292e; }
            h1 { margin: 0; padding: 16px 12px; font-size: 19px; font-weight: 600; }
            .panel { position: absolute; box-sizing: border-box; background: #fff;
                     border: 1px solid #dcdee1; border-radius: 2px; overflow: hidden; }
            .panel h2 { margin: 8px 12px 4px; font-size: 13px; font-weight: 600; }
            .legend { margin: 2px 12px; height: 32px; overflow: hidden; line-height: 16px; }
            .legend span { margin-right: 12px; white-space: nowrap; }
            .legend i { display: inline-block; width: 12px; height: 3px; margin: 0 5px 3px 0; }
            polyline { fill: none; stroke-width: 1.5; }
            .grid { stroke: #e6e8eb; }
            text { font-size: 11px; fill: #6a737d; }
            .level { text-anchor: end; }
            .time { text-anchor: middle; }
            """;

    private DashboardPage() {}

    /// @param drawn of each panel its lines, in the order of the panels
    public static String of(
            Dashboard dashboard, List<List<Line>> drawn, double fromSeconds, double toSeconds) {
        StringBuilder page = new StringBuilder();
        page.append(
                "<!DOCTYPE html>\n<html data-height=\"%d\"><head><meta charset=\"utf-8\">\n"
                        .formatted(height(dashboard)));
        page.append(
                "<title>%s</title>\n<style>\n%s</style></head>\n<body><h1>%s</h1>\n"
                        .formatted(escaped(dashboard.title()), STYLE, escaped(dashboard.title())));
        for (int i = 0; i < dashboard.panels().size(); i++) {
            page.append(
                    panel(
                            dashboard.panels().get(i),
                            drawn.get(i),
                            new Chart.Span(fromSeconds, toSeconds)));
        }
        return page.append("</body></html>\n").toString();
    }

    /// In pixels, for who photographs it.
    private static int height(Dashboard dashboard) {
        int rows =
                dashboard.panels().stream()
                        .mapToInt(panel -> panel.place().y() + panel.place().h())
                        .max()
                        .orElse(0);
        return HEAD + rows * UNIT_HEIGHT + GAP;
    }

    private static String panel(Dashboard.Panel panel, List<Line> lines, Chart.Span span) {
        Dashboard.Place place = panel.place();
        int width = place.w() * UNIT_WIDTH - GAP;
        int height = place.h() * UNIT_HEIGHT - GAP;
        Chart chart =
                new Chart(
                        new Chart.Size(width, height - TITLE_AND_LEGEND),
                        span,
                        Figures.of(panel.unit()),
                        lines);
        StringBuilder html = new StringBuilder();
        html.append(
                "<div class=\"panel\" style=\"left:%dpx;top:%dpx;width:%dpx;height:%dpx\">"
                        .formatted(
                                place.x() * UNIT_WIDTH + GAP / 2,
                                HEAD + place.y() * UNIT_HEIGHT,
                                width,
                                height));
        html.append("<h2>%s</h2>\n".formatted(escaped(panel.title())));
        html.append(chart.draw(lines)).append("<div class=\"legend\">");
        for (int i = 0; i < lines.size(); i++) {
            html.append(
                    "<span><i style=\"background:%s\"></i>%s</span>"
                            .formatted(Chart.colour(i), escaped(lines.get(i).name())));
        }
        return html.append("</div></div>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
