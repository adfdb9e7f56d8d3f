package io.strowger.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `compose.yaml` is one that compose takes, and its services start with what it gives them.
class ComposeTest {
    private static final List<String> SERVICES =
            List.of(
                    "gateway",
                    "call-orchestrator",
                    "media-worker",
                    "recording-service",
                    "webhook-dispatcher");

    /// Of two people: RTP and RTCP of each.
    private static final int PORTS_OF_A_CALL = 4;

    private static final String SCHEMA =
            Yaml.text(Path.of("src/test/resources/compose/compose-spec.json"));
    private final ObjectNode compose =
            (ObjectNode) Yaml.document(Yaml.root().resolve("compose.yaml"));

    @Test
    void followsTheSpecification() {
        assertEquals(List.of(), StrictModels.schemaFaults(SCHEMA, compose.toString()));
    }

    @Test
    void theSpecificationWouldSeeAMisspeltKey() {
        ObjectNode wrong = compose.deepCopy();
        ((ObjectNode) wrong.at("/services/gateway")).put("mem_limits", "1g");

        assertFalse(StrictModels.schemaFaults(SCHEMA, wrong.toString()).isEmpty());
    }

    @Test
    void everyServiceStartsWithTheSettingsThatItIsGiven() {
        for (String service : SERVICES) {
            Settings settings = SettingsLoader.load(null, environment(service));

            assertEquals("kafka:9092", settings.kafka().bootstrapServers(), service);
            assertEquals(9090, settings.ops().port(), service);
            assertEquals(service, compose.at("/services/" + service + "/command/0").asText());
        }
        assertEquals(
                "http://s3:9000",
                SettingsLoader.load(null, environment("recording-service"))
                        .recordings()
                        .s3()
                        .endpoint());
    }

    @Test
    void everyContainerIsBoundedWatchedAndOnTheOneNetwork() {
        Map<String, JsonNode> services = new TreeMap<>();
        compose.path("services")
                .properties()
                .forEach(service -> services.put(service.getKey(), service.getValue()));

        assertEquals(9, services.size(), services.keySet().toString());
        services.forEach((name, service) -> {
            assertTrue(service.hasNonNull("mem_limit"), name);
            assertTrue(service.at("/healthcheck/test").isArray(), name);
            assertEquals("strowger", service.at("/networks/0").asText(), name);
            assertFalse(service.path("image").asText().endsWith(":latest"), name);
        });
    }

    @Test
    void theMediaPortsAreThoseOfTheWorker() {
        Settings worker = SettingsLoader.load(null, environment("media-worker"));
        List<String> published =
                compose.at("/services/media-worker/ports")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList();

        String rtp = worker.rtp().portMin() + "-" + worker.rtp().portMax();
        String sip = worker.sip().port() + ":" + worker.sip().port();
        assertTrue(published.contains("0.0.0.0:" + rtp + ":" + rtp + "/udp"), "" + published);
        assertTrue(published.contains("0.0.0.0:" + sip + "/udp"), "" + published);
        int ports = worker.rtp().portMax() - worker.rtp().portMin() + 1;
        assertEquals(ports / PORTS_OF_A_CALL, worker.media().maxCalls());
    }

    @Test
    void theExampleStartsNothingUntilItHasAnAccessKeyOfItsOwn() {
        Map<String, String> environment = environment("gateway");
        environment.put("STROWGER_ACCESSKEYS", example().get("STROWGER_ACCESSKEYS"));

        SettingsException refused =
                assertThrows(SettingsException.class, () -> SettingsLoader.load(null, environment));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("accessKeys"));
    }

    @Test
    void everyFolderThatIsMountedIsThere() {
        compose.path("services")
                .findValues("volumes")
                .forEach(volumes ->
                        volumes.valueStream()
                                .map(JsonNode::asText)
                                .filter(volume -> volume.startsWith("./"))
                                .map(volume -> Yaml.root().resolve(volume.split(":")[0]))
                                .forEach(folder ->
                                        assertTrue(Files.isDirectory(folder), "" + folder)));
    }

    @Test
    void grafanaFindsItsDashboardsAndTheirPrometheus() throws IOException {
        Path grafana = Yaml.root().resolve("deploy/grafana");
        JsonNode source =
                Yaml.document(grafana.resolve("provisioning/datasources/prometheus.yaml"))
                        .at("/datasources/0");
        String folder =
                Yaml.document(grafana.resolve("provisioning/dashboards/strowger.yaml"))
                        .at("/providers/0/options/path")
                        .asText();
        Set<String> sources = new TreeSet<>();
        try (Stream<Path> dashboards = Files.list(grafana.resolve("dashboards"))) {
            for (Path dashboard : dashboards.toList()) {
                Yaml.JSON
                        .readTree(dashboard.toFile())
                        .findValues("datasource")
                        .forEach(used -> sources.add(used.path("uid").asText()));
            }
        }

        assertEquals(Set.of(source.path("uid").asText()), sources);
        assertEquals("http://prometheus:9090", source.path("url").asText());
        assertTrue(
                compose.at("/services/grafana/volumes")
                        .valueStream()
                        .anyMatch(volume ->
                                volume.asText()
                                        .equals("./deploy/grafana/dashboards:" + folder + ":ro")));
    }

    @Test
    void theBrokerIsOfTheVersionThatTheTestsRunWith() {
        Matcher version =
                Pattern.compile("<kafka.version>(.*)</kafka.version>")
                        .matcher(Yaml.text(Yaml.root().resolve("pom.xml")));

        assertTrue(version.find());
        assertEquals(
                "apache/kafka:" + version.group(1), compose.at("/services/kafka/image").asText());
    }

    private Map<String, String> environment(String service) {
        Map<String, String> made = example();
        made.put("STROWGER_ACCESSKEYS", "[\"bXkgb3duIGtleQ==\"]");
        compose.at("/services/" + service + "/environment")
                .properties()
                .forEach(entry ->
                        made.put(
                                entry.getKey(),
                                entry.getValue()
                                        .asText()
                                        .replace("${ADVERTISED_HOST:-127.0.0.1}", "127.0.0.1")));
        return made;
    }

    private static Map<String, String> example() {
        Map<String, String> example = new HashMap<>();
        Yaml.text(Yaml.root().resolve("strowger.env.example"))
                .lines()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .forEach(line ->
                        example.put(
                                line.substring(0, line.indexOf('=')),
                                line.substring(line.indexOf('=') + 1)));
        return example;
    }
}
