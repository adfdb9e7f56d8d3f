package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.kafka.Topics;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `strowger topics` against a real broker.
class TopicsIT {
    private static final Duration SOON = Duration.ofSeconds(90);

    @Test
    void saysWhatIsMissingMakesItAndIsContentThen(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka broker = broker(folder)) {
            Ran before = run(broker, "topics");
            Ran creating = run(broker, "topics", "--create");
            Ran after = run(broker, "topics", "--check");

            assertEquals(1, before.exitCode);
            assertTrue(before.says("call.commands.dlq"), before.lines.toString());
            assertTrue(before.says("is missing"));
            assertEquals(0, creating.exitCode, creating.lines.toString());
            assertTrue(creating.says("made " + 2 * Topics.all().size() + " topics"));
            assertEquals(0, after.exitCode, after.lines.toString());
            assertTrue(after.says(", 0 to mend"));
        }
    }

    @Test
    void saysWhatIsOtherwiseThanItShouldBeAndHowToMendIt(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka broker = broker(folder);
                Admin admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic("call.events", 5, (short) 1))).all().get();
            run(broker, "topics", "--create");
            set(admin, "call.state", "cleanup.policy", "delete");
            set(admin, "call.records", "retention.ms", "3600000");
            set(admin, "recording.audio", "retention.ms", "-1");

            Ran looked = run(broker, "topics");

            assertEquals(1, looked.exitCode);
            assertTrue(looked.says("has 5 partitions, not 12"), looked.lines.toString());
            assertTrue(
                    looked.says("has cleanup.policy=delete, not compact"),
                    String.join("\n", looked.lines));
            assertTrue(looked.says("has retention.ms=3600000, not 2592000000"));
            assertTrue(looked.says("3 to mend"), String.join("\n", looked.lines));
            assertFalse(looked.says("has retention.ms=-1"));
        }
    }

    private record Ran(List<String> lines, int exitCode) {
        boolean says(String text) {
            return lines.stream().anyMatch(line -> line.contains(text));
        }
    }

    private static Ran run(EmbeddedKafka broker, String... words) throws Exception {
        try (Command command =
                Command.start(
                        Map.of("STROWGER_KAFKA_BOOTSTRAPSERVERS", broker.bootstrapServers()),
                        words)) {
            List<String> lines = command.awaitEnd(SOON);
            return new Ran(lines, command.exitCode());
        }
    }

    private static void set(Admin admin, String topic, String key, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        admin.incrementalAlterConfigs(
                        Map.of(
                                resource,
                                List.of(
                                        new AlterConfigOp(
                                                new ConfigEntry(key, value),
                                                AlterConfigOp.OpType.SET))))
                .all()
                .get();
        // The broker that answers hears of it from the controller.
        Eventually.holds(
                topic + " has " + key + "=" + value,
                SOON,
                () -> value.equals(present(admin, resource, key)));
    }

    private static String present(Admin admin, ConfigResource resource, String key) {
        try {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            return java.util.Objects.requireNonNull(config).get(key).value();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static EmbeddedKafka broker(Path folder) throws Exception {
        return EmbeddedKafka.start(new EmbeddedKafkaSettings(folder, "127.0.0.1", 0, 0));
    }

    private static Admin admin(EmbeddedKafka broker) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return Admin.create(settings);
    }
}
