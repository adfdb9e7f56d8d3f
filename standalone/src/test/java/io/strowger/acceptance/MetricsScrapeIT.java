package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.strowger.contracts.kafka.Topics;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneSettings;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.ToneRecognizer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Dashboards and alerts ask for what a running platform serves: `/metrics` after a call, a refused
/// request and a record that nobody can read.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsScrapeIT {
    private static final Path DEPLOY = Path.of("../deploy");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:strowger|jvm|process|system|kafka)_\\w+");

    /// Prometheus wants a text beside each name, and plain words where Micrometer has its own.
    private static final Set<String> KNOWN_COMPLAINTS =
            Set.of(
                    "no help text",
                    "counter metrics should have \"_total\" suffix",
                    "non-histogram and non-summary metrics should not have \"_count\" suffix");

    private Phone phone;
    private ToneRecognizer recognizer;
    private Stage stage;
    private String scrape = "";

    @BeforeAll
    void aCallAndTwoFaults(@TempDir Path data) throws Exception {
        phone = Phone.start(PhoneSettings.listening("127.0.0.1", 0));
        recognizer = ToneRecognizer.start(Map.of());
        stage =
                Stage.open(
                        data,
                        Map.of("+1", phone.address()),
                        Map.of(
                                "STROWGER_MEDIA_RECOGNIZER_URL",
                                recognizer.url(),
                                "STROWGER_USERS",
                                "[{id: '8:acs:home_ann', sipUsername: ann, password: secret}]"));
        String connection = stage.create(Stage.NUMBER, "/call");
        stage.awaitEvent("/call", "CallConnected");
        String recording =
                stage.request(
                                "POST",
                                "/calling/recordings" + Stage.V2026,
                                "{\"callConnectionId\":\"" + connection + "\"}",
                                200)
                        .path("recordingId")
                        .asText();
        assertEquals(
                404,
                stage.fetch(
                                "GET",
                                "http://any/v1/objects/" + recording + "/content/audio",
                                Map.of())
                        .statusCode());
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/call", "CallDisconnected");
        assertEquals(401, get("calling/callConnections/x" + Stage.V2026).status());
        try (KafkaProducer<String, byte[]> producer = stage.platform().kafka().producer(0)) {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.CALL_COMMANDS.name(),
                                    "key",
                                    "{}".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        System.gc();
        Eventually.holds(
                "a dead letter is counted",
                SOON,
                () -> {
                    scrape = get("metrics").body();
                    return scrape.contains("strowger_dead_letters_total{topic=\"call.commands\"}");
                });
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
        recognizer.close();
        phone.close();
    }

    @Test
    void everyMetricOfADashboardIsServed() throws IOException {
        Set<String> asked = new TreeSet<>();
        try (Stream<Path> files = Files.list(DEPLOY.resolve("grafana/dashboards"))) {
            for (Path file : files.toList()) {
                collect(new ObjectMapper().readTree(file.toFile()), asked);
            }
        }

        assertTrue(asked.size() > 20, asked.toString());
        assertEquals(Set.of(), unserved(asked));
    }

    @Test
    void everyMetricOfAnAlertIsServed() throws IOException {
        Set<String> asked = new TreeSet<>();
        collect(
                new YAMLMapper().readTree(DEPLOY.resolve("prometheus/alerts.yaml").toFile()),
                asked);

        assertTrue(asked.size() > 10, asked.toString());
        assertEquals(Set.of(), unserved(asked));
    }

    @Test
    void howFarTheGroupsAreBehindIsServedOfEachThatReads() {
        for (String group :
                List.of("call-orchestrator", "recording-service", "webhook-dispatcher")) {
            assertTrue(
                    scrape.contains("strowger_consumer_lag{group=\"" + group + "\""),
                    () -> group + " in\n" + scrape);
        }
    }

    @Test
    @Tag("interop")
    void prometheusReadsWhatIsServed() throws Exception {
        Process promtool =
                new ProcessBuilder("promtool", "check", "metrics")
                        .redirectErrorStream(true)
                        .start();
        try (var in = promtool.getOutputStream()) {
            in.write(scrape.getBytes(StandardCharsets.UTF_8));
        }
        List<String> said = promtool.inputReader(StandardCharsets.UTF_8).lines().toList();
        int status = promtool.waitFor();

        Files.writeString(
                Path.of("target/promtool-metrics.txt"),
                "promtool check metrics: exit code "
                        + status
                        + ", "
                        + scrape.lines().filter(line -> !line.startsWith("#")).count()
                        + " series, remarks on "
                        + said.size()
                        + " names, as: "
                        + said.stream().limit(3).toList()
                        + "\n");
        assertTrue(status == 0 || status == 3, () -> "not readable: " + said);
        assertEquals(
                List.of(),
                said.stream()
                        .filter(line -> line.startsWith("strowger_"))
                        .filter(line -> KNOWN_COMPLAINTS.stream().noneMatch(line::contains))
                        .toList());
    }

    private static void collect(JsonNode tree, Set<String> names) {
        for (JsonNode expression : tree.findValues("expr")) {
            Matcher found = METRIC.matcher(expression.asText().replaceAll("\"[^\"]*\"", "\"\""));
            while (found.find()) {
                names.add(found.group());
            }
        }
    }

    private Set<String> unserved(Set<String> asked) {
        Set<String> served =
                scrape.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("[{ ]")[0])
                        .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(asked);
        missing.removeAll(served);
        return missing;
    }

    private record Got(int status, String body) {}

    private Got get(String path) {
        try {
            var response =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    stage.platform().endpoint().resolve(path))
                                            .build(),
                                    BodyHandlers.ofString());
            return new Got(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
