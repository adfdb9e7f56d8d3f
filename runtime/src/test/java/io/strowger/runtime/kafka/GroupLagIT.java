package io.strowger.runtime.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.kafka.Topics;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupLagIT {
    private static final String GROUP = "webhook-dispatcher";
    private static final String TOPIC = Topics.CALL_EVENTS.name();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long LOOK_NS = Duration.ofMillis(20).toNanos();
    private static final Duration OFTEN = Duration.ofMillis(50);
    @TempDir Path directory;
    private final Telemetry telemetry = new Telemetry();
    private EmbeddedKafka broker;
    private KafkaClients kafka;

    @BeforeEach
    void start() throws Exception {
        Settings settings = SettingsLoader.load(null, Map.of("STROWGER_KAFKA_PARTITIONS", "2"));
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
        kafka = new KafkaClients(broker.bootstrapServers(), settings.kafka());
        try (var admin = kafka.admin()) {
            TopicCreation.ensure(admin, settings.kafka());
        }
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void countsWhatTheGroupHasNotCommittedOverAllPartitions() throws Exception {
        write(0, 5);
        write(1, 2);
        commit(0, 3);

        try (GroupLag lag = new GroupLag(kafka, GROUP, List.of(TOPIC), telemetry, OFTEN)) {
            assertEquals("NaN", lag());
            lag.start();
            await("4.0"::equals);
            commit(0, 5);
            commit(1, 2);
            await("0.0"::equals);
        }
    }

    @Test
    void isUnknownWhileNoBrokerAnswers() throws Exception {
        write(0, 5);
        try (GroupLag lag = new GroupLag(kafka, GROUP, List.of(TOPIC), telemetry, OFTEN)) {
            lag.start();
            await("5.0"::equals);

            broker.close();

            await("NaN"::equals);
        }
    }

    private void write(int partition, int records) throws Exception {
        try (KafkaProducer<String, byte[]> producer = kafka.producer(0)) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(TOPIC, partition, "key", new byte[] {1})).get();
            }
        }
    }

    private void commit(int partition, long offset) {
        TopicPartition at = new TopicPartition(TOPIC, partition);
        try (KafkaConsumer<String, byte[]> consumer = kafka.groupConsumer(GROUP, "test")) {
            consumer.assign(List.of(at));
            consumer.commitSync(Map.of(at, new OffsetAndMetadata(offset)));
        }
    }

    private void await(Predicate<String> wanted) {
        long deadlineNs = System.nanoTime() + SOON.toNanos();
        while (!wanted.test(lag())) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "the lag is " + lag());
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private String lag() {
        return telemetry
                .scrape()
                .lines()
                .filter(line -> line.startsWith("strowger_consumer_lag{"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("none");
    }
}
