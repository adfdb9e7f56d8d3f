package io.strowger.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.runtime.telemetry.Telemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Dashboards and alerts ask for metrics that there are; every alert has its page and its tests.
class SeeingTest {
    private static final Path FOLDER = Yaml.root().resolve("deploy");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(strowger_\\w+)` \\| (counter|gauge|timer|summary) \\|");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:strowger|jvm|process|system|kafka)_\\w+|\\bup\\b");

    /// Prometheus' own.
    private static final Set<String> OTHERS = Set.of("up");

    private final Set<String> known = scraped();

    @Test
    void everyPanelAsksForMetricsThatThereAre() {
        Map<String, List<String>> unknown = new TreeMap<>();
        int asked = 0;
        for (Path dashboard : dashboards()) {
            for (JsonNode target : json(dashboard).findValues("expr")) {
                asked++;
                List<String> missing = unknownIn(target.asText());
                if (!missing.isEmpty()) {
                    unknown.put(dashboard.getFileName() + " " + target.asText(), missing);
                }
            }
        }

        assertEquals(Map.of(), unknown);
        assertTrue(asked > 30, "few queries seen: " + asked);
    }

    @Test
    void everyAlertAsksForMetricsThatThereAre() {
        for (JsonNode rule : rules()) {
            assertEquals(List.of(), unknownIn(rule.path("expr").asText()), name(rule));
        }
    }

    @Test
    void theClusterHasTheSameAlerts() {
        JsonNode written = Yaml.document(FOLDER.resolve("prometheus/alerts.yaml")).path("groups");

        assertEquals(
                written,
                Overlay.named("prod").one("PrometheusRule", "strowger").at("/spec/groups"));
    }

    @Test
    void dashboardsHaveNamesOfTheirOwnAndNoPanelIsEmpty() {
        Set<String> ids = new TreeSet<>();
        for (Path file : dashboards()) {
            JsonNode dashboard = json(file);
            assertTrue(ids.add(dashboard.path("uid").asText()), file.toString());
            assertFalse(dashboard.path("panels").isEmpty(), file.toString());
            for (JsonNode panel : dashboard.path("panels")) {
                assertFalse(panel.path("targets").isEmpty(), panel.path("title").asText());
            }
        }

        assertEquals(6, ids.size());
    }

    @Test
    void everyAlertHasAPageThatTellsWhatItMeansAndWhatToDo() throws IOException {
        Set<String> pages = new TreeSet<>();
        for (JsonNode rule : rules()) {
            String page = rule.at("/annotations/runbook_url").asText();
            pages.add(page);
            String text = Files.readString(Yaml.root().resolve(page));

            assertEquals("docs/runbooks/" + name(rule) + ".md", page);
            assertTrue(text.startsWith("# " + name(rule) + "\n"), page);
            assertTrue(text.contains("\n## How to see\n"), page);
            assertTrue(text.contains("\n## What to do\n"), page);
        }
        try (Stream<Path> written = Files.list(Yaml.root().resolve("docs/runbooks"))) {
            assertEquals(pages.size(), written.count(), "pages without an alert");
        }
    }

    @Test
    void everyAlertIsTestedToFireAndToBeSilent() {
        List<String> tested = new ArrayList<>();
        JsonNode tests = Yaml.document(FOLDER.resolve("prometheus/alerts-test.yaml"));
        for (JsonNode test : tests.path("tests")) {
            tested.add(
                    test.at("/alert_rule_test/0/alertname").asText()
                            + (test.at("/alert_rule_test/0/exp_alerts").isEmpty()
                                    ? " silent"
                                    : ""));
        }

        for (JsonNode rule : rules()) {
            assertTrue(tested.contains(name(rule)), name(rule));
            assertTrue(tested.contains(name(rule) + " silent"), name(rule));
        }
    }

    @Test
    @Tag("interop")
    void prometheusTakesTheRulesAndTheyDoWhatTheirTestsSay() throws Exception {
        assertEquals("", promtool("check", "rules", "alerts.yaml"));
        assertEquals("", promtool("check", "config", "--syntax-only", "prometheus.yaml"));
        assertEquals("", promtool("test", "rules", "alerts-test.yaml"));
    }

    /// @return empty when it succeeded, else what it said
    private static String promtool(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(words));
        Process process =
                new ProcessBuilder(command)
                        .directory(FOLDER.resolve("prometheus").toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : said;
    }

    private List<String> unknownIn(String expression) {
        List<String> unknown = new ArrayList<>();
        Matcher names = METRIC.matcher(expression.replaceAll("\"[^\"]*\"", "\"\""));
        while (names.find()) {
            if (!known.contains(names.group()) && !OTHERS.contains(names.group())) {
                unknown.add(names.group());
            }
        }
        return unknown;
    }

    /// The names that `/metrics` has once every meter of `docs/metrics.md` was used.
    private static Set<String> scraped() {
        Set<String> names = new TreeSet<>();
        try (Telemetry telemetry = new Telemetry()) {
            Matcher row = ROW.matcher(Yaml.text(Yaml.root().resolve("docs/metrics.md")));
            while (row.find()) {
                use(telemetry, row.group(1).replace('_', '.'), row.group(2));
            }
            telemetry
                    .scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> names.add(line.split("[{ ]")[0]));
        }
        // Made by the first pause of a process.
        for (String part : List.of("_sum", "_count", "_max")) {
            names.add("jvm_gc_pause_seconds" + part);
        }
        return names;
    }

    private static void use(Telemetry telemetry, String name, String kind) {
        switch (kind) {
            case "counter" -> telemetry.counter(name);
            case "timer" -> telemetry.timer(name);
            case "summary" -> telemetry.summary(name);
            default -> telemetry.gauge(name, () -> 0);
        }
    }

    private static List<JsonNode> rules() {
        return Yaml.document(FOLDER.resolve("prometheus/alerts.yaml"))
                .at("/groups/0/rules")
                .valueStream()
                .toList();
    }

    private static String name(JsonNode rule) {
        return rule.path("alert").asText();
    }

    private static List<Path> dashboards() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("grafana/dashboards"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return Yaml.JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
