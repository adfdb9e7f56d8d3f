package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.dashboards.Dashboard;
import io.strowger.dashboards.DashboardPage;
import io.strowger.dashboards.Line;
import io.strowger.dashboards.Prometheus;
import io.strowger.testsupport.ToneRecognizer;
import io.strowger.testsupport.WebhookReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// What an operator sees: a Prometheus with the deployed configuration looks at the five services
/// while there is something to see, and answers what the dashboards ask. The pages that come of it
/// are in `target/dashboards`; `deploy/grafana/pictures` photographs them.
@Isolated
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardsIT {
    private static final Path DEPLOY = Path.of("../deploy");
    private static final Path PAGES = Path.of("target/dashboards");

    /// Panels whose lines may all lie on zero when nothing is wrong and nobody waits.
    private static final Set<String> QUIET =
            Set.of(
                    "Workers lost",
                    "Records behind, a group",
                    "Records behind, a group and topic",
                    "Records behind: commands and audio",
                    "Requests that wait for their reply",
                    "SIP messages dropped, broken, unsendable",
                    "Facts that wait for Kafka, and lost",
                    "Servers that fail",
                    "Gaps, and failures to write",
                    "Streams to applications",
                    "Attempts to connect streams to applications a second",
                    "Sources that are not listened to",
                    "Receivers that are gone",
                    "Calls of other orchestrators that each has ready",
                    "Time to take over the calls of a partition",
                    "Recordings deleted");

    private final Map<Dashboard, List<List<Line>>> drawn = new LinkedHashMap<>();
    private final Map<String, Set<String>> jobs = new LinkedHashMap<>();
    private WatchedServices services;
    private Stage stage;
    private Person ann;
    private ToneRecognizer recognizer;
    private Prometheus prometheus;
    private double fromSeconds;
    private double toSeconds;

    @BeforeAll
    void someThingsHappen(@TempDir Path data) throws Exception {
        ann = Person.atTrunk("ann", 440);
        recognizer = ToneRecognizer.start(Map.of(440.0, "yes"));
        WebhookReceiver receiver = WebhookReceiver.start();
        services =
                WatchedServices.start(
                        data,
                        Map.of("+1", ann.phone.address()),
                        Map.of(
                                "STROWGER_USERS",
                                PeerToPeerStoryIT.USERS,
                                "STROWGER_MEDIA_RECOGNIZER_URL",
                                recognizer.url(),
                                "STROWGER_CALLS_MAXCONCURRENT",
                                Integer.toString(BusyMinute.MOST_CALLS)));
        stage = services.stage(receiver);
        prometheus =
                Prometheus.start(
                        DEPLOY.resolve("prometheus"),
                        data.resolve("prometheus"),
                        services.opsPorts());
        prometheus.awaitScrape();
        fromSeconds = System.currentTimeMillis() / 1000.0;
        try (WebhookReceiver down = WebhookReceiver.start()) {
            new BusyMinute(stage, services, ann, prometheus, down).passes();
        }
        toSeconds = System.currentTimeMillis() / 1000.0;
        for (Dashboard dashboard : Dashboard.of(DEPLOY.resolve("grafana/dashboards"))) {
            drawn.put(dashboard, lines(dashboard));
        }
        prometheus
                .query("up")
                .forEach(target ->
                        jobs.computeIfAbsent(
                                        target.at("/metric/job").asText(), job -> new TreeSet<>())
                                .add(target.at("/value/1").asText()));
    }

    private List<List<Line>> lines(Dashboard dashboard) {
        List<List<Line>> panels = new ArrayList<>();
        for (Dashboard.Panel panel : dashboard.panels()) {
            panels.add(
                    panel.queries().stream()
                            .flatMap(query ->
                                    prometheus.lines(query, fromSeconds, toSeconds).stream())
                            .toList());
        }
        return panels;
    }

    @AfterAll
    void stop() throws Exception {
        prometheus.close();
        stage.close();
        recognizer.close();
        ann.close();
    }

    @Test
    void everyServiceIsLookedAt() {
        assertEquals(services.opsPorts().keySet(), new TreeSet<>(jobs.keySet()));
        assertEquals(Set.of(Set.of("1")), Set.copyOf(jobs.values()));
    }

    @Test
    void everyQueryOfEveryPanelHasFigures() {
        List<String> empty = new ArrayList<>();
        int asked = 0;
        for (Dashboard dashboard : drawn.keySet()) {
            for (Dashboard.Panel panel : dashboard.panels()) {
                for (Dashboard.Query query : panel.queries()) {
                    asked++;
                    if (prometheus.lines(query, fromSeconds, toSeconds).stream()
                            .noneMatch(Line::hasFigures)) {
                        empty.add(
                                dashboard.title()
                                        + ", "
                                        + panel.title()
                                        + ": "
                                        + query.expression());
                    }
                }
            }
        }

        assertEquals(List.of(), empty);
        assertTrue(asked > 40, "few queries seen: " + asked);
    }

    @Test
    void whatHappenedIsAboveZero() {
        Set<String> flat = new TreeSet<>();
        drawn.forEach((dashboard, panels) -> {
            for (int i = 0; i < panels.size(); i++) {
                String title = dashboard.panels().get(i).title();
                if (!QUIET.contains(title)
                        && panels.get(i).stream().allMatch(line -> line.highest() <= 0)) {
                    flat.add(dashboard.title() + ", " + title);
                }
            }
        });

        assertEquals(Set.of(), flat);
    }

    @Test
    void everyAlertIsEvaluated() {
        List<String> failing =
                prometheus.rules().stream()
                        .filter(rule -> !rule.path("health").asText().equals("ok"))
                        .map(rule -> rule.path("name").asText() + ": " + rule.path("lastError"))
                        .toList();

        assertEquals(List.of(), failing);
        assertTrue(prometheus.rules().size() > 10);
    }

    @Test
    void aRecordThatNobodyCouldReadMakesItsAlert() {
        assertEquals(
                "StrowgerDeadLetters",
                prometheus
                        .query("ALERTS{alertname=\"StrowgerDeadLetters\"}")
                        .at("/0/metric/alertname")
                        .asText());
    }

    @Test
    void eachDashboardIsDrawn() throws Exception {
        Files.createDirectories(PAGES);
        for (Dashboard dashboard : drawn.keySet()) {
            String page = DashboardPage.of(dashboard, drawn.get(dashboard), fromSeconds, toSeconds);
            Files.writeString(PAGES.resolve(dashboard.name() + ".html"), page);

            assertEquals(
                    dashboard.panels().size(), page.split("<svg").length - 1, dashboard.title());
            assertTrue(page.split("<polyline").length > dashboard.panels().size());
        }
    }
}
