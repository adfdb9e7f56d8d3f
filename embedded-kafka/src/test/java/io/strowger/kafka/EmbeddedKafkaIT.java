package io.strowger.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final String TOPIC = "kept";

    @Test
    void keepsItsDataAndItsPortOverARestart(@TempDir Path directory) throws Exception {
        String first;
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory))) {
            first = broker.bootstrapServers();
            createTopic(first);
            produce(first, "one");
        }

        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory))) {
            assertEquals(first, broker.bootstrapServers());
            produce(broker.bootstrapServers(), "two");
            assertEquals(List.of("one", "two"), consume(broker.bootstrapServers(), 2));
        }
    }

    @Test
    void refusesASecondBrokerOnTheSameDirectory(@TempDir Path directory) throws Exception {
        EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(directory);
        try (EmbeddedKafka broker = EmbeddedKafka.start(settings)) {
            IOException refused =
                    assertThrows(IOException.class, () -> EmbeddedKafka.start(settings));

            assertTrue(String.valueOf(refused.getMessage()).contains("in use by another broker"));
        }
    }

    @Test
    void keepsWhatItAcknowledgedWhenItsProcessIsKilled(@TempDir Path directory) throws Exception {
        Process child = startChild(directory);
        String servers = awaitServers(child);
        createTopic(servers);
        produce(servers, "before the kill");
        child.destroyForcibly().waitFor();

        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory))) {
            assertEquals(List.of("before the kill"), consume(broker.bootstrapServers(), 1));
        }
    }

    /// The main of the child that is killed.
    public static void main(String[] args) throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(Path.of(args[0])));
        System.out.println("SERVERS " + broker.bootstrapServers());
        Thread.currentThread().join();
    }

    private static Process startChild(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedKafkaIT.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String awaitServers(Process child) throws IOException {
        var lines = child.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("SERVERS ")) {
                return line.substring("SERVERS ".length());
            }
        }
        throw new IOException("the broker's process ended early");
    }

    private static void createTopic(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void produce(String servers, String value) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers, "acks", "all"),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
        }
    }

    private static List<String> consume(String servers, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", servers),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
