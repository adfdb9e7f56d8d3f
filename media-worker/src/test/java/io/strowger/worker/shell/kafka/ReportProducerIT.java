package io.strowger.worker.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.placement.Placement;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.Records;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportProducerIT {
    private static final ServerCallId CALL = new ServerCallId(7, 0);
    private final Telemetry telemetry = new Telemetry();
    @TempDir Path directory;

    @Test
    void losesNothingAndKeepsTheOrderWhileTheBrokerIsAway() throws Exception {
        Settings settings = SettingsLoader.load(null, Map.of());
        Health health = new Health();
        KafkaClients kafka;
        ReportProducer reports;
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory))) {
            kafka = new KafkaClients(broker.bootstrapServers(), settings.kafka());
            try (var admin = kafka.admin()) {
                TopicCreation.ensure(admin, settings.kafka());
            }
            reports = new ReportProducer(kafka, telemetry, health.check("reports"));
            IntStream.range(0, 100).forEach(i -> reports.report(report(i)));
        }
        IntStream.range(100, 3_000).forEach(i -> reports.report(report(i)));

        List<Integer> read;
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory))) {
            read = read(kafka, 3_000);
            reports.close();
            assertTrue(broker.bootstrapServers().contains(":"));
        }

        assertEquals(IntStream.range(0, 3_000).boxed().toList(), read);
        assertEquals(0, reports.lost());
    }

    @Test
    void countsWhatFindsNoRoomAndIsNotReadyMeanwhile() throws Exception {
        Health health = new Health();
        MockProducer<String, byte[]> stuck =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        stuck.sendException =
                new org.apache.kafka.common.errors.RecordTooLargeException("never taken");
        ReportProducer reports = new ReportProducer(stuck, 10, telemetry, health.check("reports"));

        synchronized (stuck) {
            IntStream.range(0, 20).forEach(i -> reports.report(report(i)));
            assertFalse(health.isReady());
            assertTrue(reports.lost() >= 9, "lost " + reports.lost());
        }

        Eventually.holds(
                "room again",
                Duration.ofSeconds(10),
                () -> reports.waiting() == 0 && health.isReady());
        assertEquals(20, reports.lost(), "what Kafka refuses for good counts too");
        reports.close();
    }

    private static List<Integer> read(KafkaClients kafka, int count) {
        List<Integer> read = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (KafkaConsumer<String, byte[]> consumer =
                Records.reader(kafka, Topics.MEDIA_EVENTS.name())) {
            while (read.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    MediaReport report = Records.decoded(Topics.MEDIA_EVENTS, record);
                    read.add(((MediaEvent.LegProgressed) report.event()).sipStatus());
                }
            }
        }
        return read;
    }

    private static MediaReport report(int number) {
        return new MediaReport(
                CALL,
                new Placement(new WorkerId(0), 1, 1),
                Instant.EPOCH,
                new MediaEvent.LegProgressed(new LegId(1), number));
    }
}
