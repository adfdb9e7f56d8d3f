package io.strowger.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.secrets.PlatformSecretsStore;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingServiceIT {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @Test
    void isReadyAndKeepsCommandsItCannotDoAsDeadLetters(@TempDir Path directory) throws Exception {
        Settings settings = SettingsLoader.load(null, Map.of("STROWGER_KAFKA_PARTITIONS", "2"));
        Health health = new Health();
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory))) {
            KafkaClients kafka = new KafkaClients(broker.bootstrapServers(), settings.kafka());
            try (Admin admin = kafka.admin()) {
                TopicCreation.ensure(admin, settings.kafka());
            }
            RecordingService service =
                    new RecordingService(
                            new ServiceContext(
                                    settings,
                                    kafka,
                                    new PlatformSecretsStore(kafka).load(settings),
                                    health,
                                    new Telemetry(),
                                    InstantSource.system(),
                                    new SecureRandom()));
            service.start();
            try {
                Eventually.holds("ready", WAIT, health::isReady);

                send(kafka, "start recording");

                ConsumerRecord<String, byte[]> letter = awaitLetter(kafka);
                assertEquals("call-1", letter.key());
                assertEquals("start recording", text(letter.value()));
                assertEquals(
                        "recording is not available in this version",
                        text(letter.headers().lastHeader(KafkaHeaders.REASON).value()));
            } finally {
                service.stop();
            }
        }
    }

    private static void send(KafkaClients kafka, String command) {
        try (KafkaProducer<String, byte[]> producer = kafka.producer(0)) {
            producer.send(
                    new ProducerRecord<>(
                            Topics.RECORDING_COMMANDS.name(),
                            "call-1",
                            command.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static ConsumerRecord<String, byte[]> awaitLetter(KafkaClients kafka) {
        List<TopicPartition> partition =
                List.of(new TopicPartition(Topics.RECORDING_COMMANDS.deadLetterName(), 0));
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer()) {
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            Eventually.holds(
                    "a dead letter",
                    WAIT,
                    () -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                        return !found.isEmpty();
                    });
            return found.getFirst();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
