package io.strowger.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.runtime.kafka.TopicPlan;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The topics of the manifests are those that the services expect. The files are this test's own
/// work: it fails when one is stale, and leaves the right text in `target`.
class TopicManifestsTest {
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void theTopicsOfAnOverlayAreThoseOfItsSettings(String overlay) throws IOException {
        Settings settings =
                SettingsLoader.load(
                        null, ManifestsTest.environment(Overlay.named(overlay), "gateway"));

        String wanted = manifests(settings.kafka());

        Path copy = Path.of("target", overlay + "-topics.yaml");
        Files.writeString(copy, wanted);
        Path file = Yaml.root().resolve("deploy/kubernetes/overlays/" + overlay + "/topics.yaml");
        assertEquals(
                wanted, Yaml.text(file), "stale: copy " + copy.toAbsolutePath() + " to " + file);
    }

    private static String manifests(Settings.Kafka settings) {
        StringBuilder text =
                new StringBuilder(
                        "# Written by TopicManifestsTest from the topics in the code: do not edit.\n");
        String between = "";
        for (TopicPlan plan : TopicPlan.all(settings)) {
            text.append(between)
                    .append("apiVersion: kafka.strimzi.io/v1\n")
                    .append("kind: KafkaTopic\n")
                    .append("metadata:\n  name: ")
                    .append(plan.name())
                    .append("\n  namespace: strowger\n")
                    .append("  labels: {strimzi.io/cluster: strowger}\n")
                    .append("spec:\n  partitions: ")
                    .append(plan.partitions())
                    .append("\n  replicas: ")
                    .append(plan.replication())
                    .append("\n  config:\n");
            new TreeMap<>(plan.configs())
                    .forEach((key, value) ->
                            text.append("    ")
                                    .append(key)
                                    .append(": ")
                                    .append(value)
                                    .append('\n'));
            between = "---\n";
        }
        return text.toString();
    }
}
