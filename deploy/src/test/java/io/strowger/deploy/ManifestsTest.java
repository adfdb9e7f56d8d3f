package io.strowger.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.contracts.kafka.Topics;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The manifests of both overlays, as `kubectl apply -k` would send them.
class ManifestsTest {
    private static final Set<String> SERVICES =
            Set.of(
                    "gateway",
                    "call-orchestrator",
                    "media-worker",
                    "recording-service",
                    "webhook-dispatcher");

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void everyManifestIsOneThatItsApiTakes(String overlay) {
        List<String> faults =
                Overlay.named(overlay).all().stream()
                        .flatMap(manifest -> StrictModels.faults(manifest).stream())
                        .toList();

        assertEquals(List.of(), faults);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secrets", "access-keys"})
    void theExamplesOfSecretsAreSecrets(String name) {
        assertEquals(List.of(), StrictModels.faults(example(name)));
    }

    /// A Secret that is mounted as a directory changes in place, an environment variable never, nor
    /// does a file that is mounted by itself.
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void whoVerifiesSignaturesHasTheAccessKeysAsFilesThatChangeAndNobodyElse(String overlay) {
        Overlay built = Overlay.named(overlay);
        Set<String> verify = Set.of("gateway", "recording-service", "webhook-dispatcher");
        for (String service : SERVICES) {
            JsonNode pod = built.one("StatefulSet", service).at("/spec/template/spec");
            Settings settings = SettingsLoader.load(null, environment(built, service));
            Set<String> mounted = accessKeyFiles(pod);

            assertEquals(List.of(), settings.accessKeys(), service);
            assertEquals(
                    verify.contains(service) ? Set.of("primary", "secondary") : Set.of(),
                    settings.auth().accessKeyFiles().stream()
                            .map(file -> Path.of(file).getFileName().toString())
                            .collect(Collectors.toSet()),
                    service);
            assertEquals(mounted, Set.copyOf(settings.auth().accessKeyFiles()), service);
            assertFalse(pod.at("/containers/0/env").toString().contains("access-keys\""), service);
        }
    }

    /// The paths at which the example's keys are, where its Secret is mounted.
    private static Set<String> accessKeyFiles(JsonNode pod) {
        JsonNode secret = example("access-keys");
        Set<String> volumes = new TreeSet<>();
        for (JsonNode volume : pod.path("volumes")) {
            if (volume.at("/secret/secretName").equals(secret.at("/metadata/name"))) {
                assertFalse(volume.at("/secret/optional").asBoolean());
                assertEquals(0440, volume.at("/secret/defaultMode").asInt());
                volumes.add(volume.path("name").asText());
            }
        }
        Set<String> files = new TreeSet<>();
        for (JsonNode mount : pod.at("/containers/0/volumeMounts")) {
            if (volumes.contains(mount.path("name").asText())) {
                assertTrue(mount.path("readOnly").asBoolean());
                assertTrue(mount.path("subPath").isMissingNode());
                secret.path("stringData")
                        .fieldNames()
                        .forEachRemaining(
                                key -> files.add(mount.path("mountPath").asText() + "/" + key));
            }
        }
        return files;
    }

    private static JsonNode example(String name) {
        return Yaml.document(Yaml.root().resolve("deploy/kubernetes/" + name + ".example.yaml"));
    }

    @Test
    void aMisspeltFieldIsSeenWhereverItIs() {
        Overlay prod = Overlay.named("prod");
        ObjectNode pod = prod.one("StatefulSet", "gateway").deepCopy();
        ((ObjectNode) pod.at("/spec/template/spec/containers/0/readinessProbe"))
                .put("periodSecs", 3);
        ObjectNode kafka = prod.one("Kafka", "strowger").deepCopy();
        ((ObjectNode) kafka.at("/spec/kafka/listeners/0")).put("tsl", true);
        ObjectNode scaled = prod.one("ScaledObject", "recording-service").deepCopy();
        ((ObjectNode) scaled.path("spec")).put("maxReplicas", 3);

        assertEquals(1, StrictModels.faults(pod).size());
        assertEquals(1, StrictModels.faults(kafka).size());
        assertEquals(1, StrictModels.faults(scaled).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void everythingIsInOneNamespaceAndNamedOnce(String overlay) {
        List<JsonNode> all = Overlay.named(overlay).all();
        Set<String> names = new TreeSet<>();
        for (JsonNode manifest : all) {
            String kind = manifest.path("kind").asText();
            if (!kind.equals("Namespace")) {
                assertEquals("strowger", manifest.at("/metadata/namespace").asText(), kind);
            }
            assertTrue(
                    names.add(kind + "/" + manifest.at("/metadata/name").asText()),
                    manifest.at("/metadata/name").asText());
        }
        assertTrue(all.size() > 25, "few manifests: " + all.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void everyServiceRunsWithoutPrivilegesAndWithinBounds(String overlay) {
        Overlay built = Overlay.named(overlay);
        for (String service : SERVICES) {
            JsonNode pod = built.one("StatefulSet", service).at("/spec/template/spec");
            JsonNode container = pod.at("/containers/0");

            assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean(), service);
            assertFalse(pod.path("automountServiceAccountToken").asBoolean(true), service);
            assertTrue(
                    container.at("/securityContext/readOnlyRootFilesystem").asBoolean(), service);
            assertFalse(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true));
            assertEquals("ALL", container.at("/securityContext/capabilities/drop/0").asText());
            assertEquals("/health/live", container.at("/livenessProbe/httpGet/path").asText());
            assertEquals("/health/ready", container.at("/readinessProbe/httpGet/path").asText());
            assertFalse(container.at("/resources/requests/cpu").isMissingNode(), service);
            assertEquals(
                    container.at("/resources/requests/memory"),
                    container.at("/resources/limits/memory"),
                    service);
            assertEquals(service, container.at("/args/0").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void everyServiceStartsWithTheSettingsThatItIsGiven(String overlay) {
        Overlay built = Overlay.named(overlay);
        for (String service : SERVICES) {
            Settings settings = SettingsLoader.load(null, environment(built, service));

            assertEquals("SSL", settings.kafka().client().get("security.protocol"), service);
            assertEquals(
                    "p-user.password",
                    settings.kafka().client().get("ssl.keystore.password"),
                    service);
            assertFalse(settings.kafka().embedded(), service);
            assertEquals(9090, settings.ops().port(), service);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void theCallsOfAWorkerHaveTheirTimeBeforeItIsKilled(String overlay) {
        Overlay built = Overlay.named(overlay);
        JsonNode pod = built.one("StatefulSet", "media-worker").at("/spec/template/spec");
        Duration drain =
                SettingsLoader.load(null, environment(built, "media-worker"))
                        .media()
                        .timeouts()
                        .drain();
        long preStop = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asLong();

        // Five seconds beyond the drain are the worker's own bound.
        assertTrue(
                pod.path("terminationGracePeriodSeconds").asLong()
                        >= drain.toSeconds() + preStop + 15);
        assertTrue(pod.path("hostNetwork").asBoolean());
        assertEquals("ClusterFirstWithHostNet", pod.path("dnsPolicy").asText());
    }

    @Test
    void noServiceGrowsBeyondItsPartitions() {
        Overlay prod = Overlay.named("prod");
        int workers = Topics.MEDIA_COMMANDS.layout().fixedPartitions().orElseThrow();
        int gateways = Topics.CALL_REPLIES.layout().fixedPartitions().orElseThrow();
        int calls = Integer.parseInt(environment(prod, "gateway").get("STROWGER_KAFKA_PARTITIONS"));

        assertEquals(
                workers,
                prod.one("HorizontalPodAutoscaler", "media-worker")
                        .at("/spec/maxReplicas")
                        .asInt());
        assertTrue(prod.one("StatefulSet", "gateway").at("/spec/replicas").asInt() <= gateways);
        assertTrue(
                prod.one("StatefulSet", "call-orchestrator").at("/spec/replicas").asInt() <= calls);
        for (String service : List.of("recording-service", "webhook-dispatcher")) {
            assertEquals(
                    calls, prod.one("ScaledObject", service).at("/spec/maxReplicaCount").asInt());
        }
    }

    @Test
    void whatAnAutoscalerCountsIsNotSetBesides() {
        Overlay prod = Overlay.named("prod");
        List<String> scaled = new ArrayList<>();
        prod.all().stream()
                .map(manifest -> manifest.at("/spec/scaleTargetRef/name").asText())
                .filter(name -> !name.isEmpty())
                .forEach(scaled::add);

        assertEquals(3, scaled.size());
        for (String name : scaled) {
            assertTrue(prod.one("StatefulSet", name).at("/spec/replicas").isMissingNode(), name);
        }
    }

    @Test
    void inProductionEveryServiceHasABudgetAndZones() {
        Overlay prod = Overlay.named("prod");
        for (String service : SERVICES) {
            assertEquals(
                    1, prod.one("PodDisruptionBudget", service).at("/spec/maxUnavailable").asInt());
            assertEquals(
                    "topology.kubernetes.io/zone",
                    prod.one("StatefulSet", service)
                            .at("/spec/template/spec/topologySpreadConstraints/0/topologyKey")
                            .asText());
        }
    }

    @Test
    void everyPortThatAPolicyNamesIsAPortOfThePodsItSelects() {
        Overlay dev = Overlay.named("dev");
        for (String service : SERVICES) {
            Set<String> ports =
                    dev
                            .one("StatefulSet", service)
                            .at("/spec/template/spec/containers/0/ports")
                            .findValuesAsText("name")
                            .stream()
                            .collect(Collectors.toSet());
            dev.ofKind("NetworkPolicy")
                    .filter(policy -> selects(policy, service))
                    .flatMap(policy -> policy.at("/spec/ingress").findValuesAsText("port").stream())
                    .forEach(port -> assertTrue(ports.contains(port), service + " " + port));
        }
        assertEquals(
                0,
                dev.one("NetworkPolicy", "default-deny").at("/spec/ingress").size()
                        + dev.one("NetworkPolicy", "default-deny").at("/spec/egress").size());
    }

    /// An identity provider is somewhere outside; the metadata of a cloud's machines is not its
    /// place.
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void whoChecksTokensReachesAnIdentityProvider(String overlay) {
        for (String service : List.of("gateway", "recording-service")) {
            List<JsonNode> ways = new ArrayList<>();
            Overlay.named(overlay)
                    .one("NetworkPolicy", service)
                    .at("/spec/egress")
                    .forEach(ways::add);

            assertTrue(
                    ways.stream()
                            .filter(way ->
                                    way.at("/to/0/ipBlock/cidr").asText().equals("0.0.0.0/0"))
                            .filter(way ->
                                    way.at("/to/0/ipBlock/except/0")
                                            .asText()
                                            .equals("169.254.0.0/16"))
                            .anyMatch(way ->
                                    way.path("ports").findValuesAsText("port").contains("443")),
                    service + " " + ways);
        }
    }

    private static boolean selects(JsonNode policy, String service) {
        JsonNode labels = policy.at("/spec/podSelector/matchLabels");
        return labels.path("app.kubernetes.io/name").asText(service).equals(service);
    }

    /// As the kubelet makes it: references replaced by a stand-in, `$(NAME)` by what stands before.
    static Map<String, String> environment(Overlay overlay, String service) {
        Map<String, String> made = new HashMap<>();
        overlay.one("ConfigMap", "strowger-settings")
                .path("data")
                .properties()
                .forEach(entry -> made.put(entry.getKey(), entry.getValue().asText()));
        JsonNode container =
                overlay.one("StatefulSet", service).at("/spec/template/spec/containers/0");
        for (JsonNode variable : container.path("env")) {
            String name = variable.path("name").asText();
            String value = variable.path("value").asText("");
            for (Map.Entry<String, String> before : made.entrySet()) {
                value = value.replace("$(" + before.getKey() + ")", before.getValue());
            }
            made.put(name, variable.has("value") ? value : referred(variable));
        }
        return made;
    }

    private static String referred(JsonNode variable) {
        JsonNode secret = variable.at("/valueFrom/secretKeyRef");
        if (secret.path("name").asText().equals("strowger-secrets")) {
            return exampleSecret(secret.path("key").asText());
        }
        if (!secret.isMissingNode()) {
            return "p-" + secret.path("key").asText();
        }
        return switch (variable.at("/valueFrom/fieldRef/fieldPath").asText()) {
            case "metadata.name" -> "pod-3";
            case "metadata.labels['apps.kubernetes.io/pod-index']" -> "3";
            case "status.hostIP" -> "192.0.2.7";
            default -> throw new IllegalArgumentException(variable.toString());
        };
    }

    /// Filled in: with something that is base64, too.
    private static String exampleSecret(String key) {
        JsonNode value = example("secrets").path("stringData").path(key);
        assertFalse(value.isMissingNode(), "the example of secrets has no " + key);
        return value.asText().replaceAll("<[^>]*>", "ZmlsbGVk");
    }
}
