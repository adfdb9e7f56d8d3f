package io.strowger.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What of a dashboard's JSON says what is asked and where it is shown.
///
/// @param name of its file, without the ending
public record Dashboard(String name, String title, List<Panel> panels) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Grafana's own variables, as it sets them for a scrape every second.
    private static final String RATE_INTERVAL = "4s";

    /// @param unit as Grafana names it, e.g. `s`, `bytes`, `percentunit`
    public record Panel(String title, String unit, Place place, List<Query> queries) {}

    /// In Grafana's grid, which is 24 wide.
    public record Place(int x, int y, int w, int h) {}

    /// @param expression with all variables filled in
    /// @param legend where `{{label}}` stands for a label's value
    public record Query(String expression, String legend) {}

    /// All of a folder, by name.
    public static List<Dashboard> of(Path folder) throws IOException {
        List<Dashboard> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replaceFirst("\\.json$", "");
                all.add(parse(name, JSON.readTree(file.toFile())));
            }
        }
        return all;
    }

    static Dashboard parse(String name, JsonNode json) {
        List<Panel> panels = new ArrayList<>();
        for (JsonNode panel : json.path("panels")) {
            List<Query> queries = new ArrayList<>();
            for (JsonNode target : panel.path("targets")) {
                queries.add(
                        new Query(
                                filledIn(target.path("expr").asText()),
                                target.path("legendFormat").asText()));
            }
            JsonNode at = panel.path("gridPos");
            panels.add(
                    new Panel(
                            panel.path("title").asText(),
                            panel.at("/fieldConfig/defaults/unit").asText(),
                            new Place(
                                    at.path("x").asInt(),
                                    at.path("y").asInt(),
                                    at.path("w").asInt(),
                                    at.path("h").asInt()),
                            queries));
        }
        return new Dashboard(name, json.path("title").asText(), panels);
    }

    /// @throws IllegalArgumentException for a variable that nobody would fill in
    private static String filledIn(String expression) {
        String filled = expression.replace("$__rate_interval", RATE_INTERVAL);
        if (filled.contains("$")) {
            throw new IllegalArgumentException("a variable without a value in " + expression);
        }
        return filled;
    }
}
