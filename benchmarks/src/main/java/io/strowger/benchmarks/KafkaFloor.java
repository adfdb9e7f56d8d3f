package io.strowger.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Drives [KafkaEcho] from the asking side: a command of 230 bytes out, its reply back, as a
/// gateway sees it.
final class KafkaFloor implements AutoCloseable {
    private static final String COMMANDS = "bench.commands";
    private static final String REPLIES = "bench.replies";
    private final ChildJvm echo;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread reader;
    private final AtomicLong replies = new AtomicLong();
    private volatile Latencies latencies = new Latencies();
    private volatile Semaphore window = new Semaphore(0);
    private volatile boolean stopped;

    KafkaFloor(String bootstrapServers, int partitions) throws Exception {
        createTopics(bootstrapServers, COMMANDS, REPLIES, partitions);
        echo =
                ChildJvm.start(
                        List.of("-Xmx256m", "-XX:+UseSerialGC"),
                        KafkaEcho.class.getName(),
                        List.of(bootstrapServers, COMMANDS, REPLIES),
                        Map.of());
        echo.awaitLine("READY", Duration.ofSeconds(60));
        Properties settings = new Properties();
        settings.putAll(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"));
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("floor-replies")
                        .start(() -> readReplies(bootstrapServers));
    }

    static void createTopics(
            String bootstrapServers, String commands, String replies, int partitions)
            throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(commands, partitions, (short) 1),
                                    new NewTopic(replies, 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    /// Sends at random moments, `ratePerSecond` on average; latency counts from the intended
    /// moment.
    Latencies atRate(double ratePerSecond, Duration duration, long seed) {
        Latencies mine = new Latencies();
        latencies = mine;
        long before = replies.get();
        long sent = Pacer.run(ratePerSecond, duration, seed, this::send);
        awaitReplies(before + sent);
        return mine;
    }

    /// Keeps `inFlight` commands under way.
    ///
    /// @return commands a second
    double saturated(int inFlight, Duration duration) throws InterruptedException {
        window = new Semaphore(inFlight);
        latencies = new Latencies();
        long start = System.nanoTime();
        long before = replies.get();
        for (long i = 0; System.nanoTime() - start < duration.toNanos(); i++) {
            window.acquire();
            send(System.nanoTime(), i);
        }
        return (replies.get() - before) / ((System.nanoTime() - start) / 1e9);
    }

    private void send(long intendedNs, long number) {
        byte[] value = new byte[230];
        ByteBuffer.wrap(value).putLong(intendedNs);
        byte[] key = ("call-" + number % 2000).getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(COMMANDS, key, value));
    }

    private void awaitReplies(long count) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (replies.get() < count) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "the floor lost replies: " + replies.get() + " of " + count);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void readReplies(String bootstrapServers) {
        Properties settings = new Properties();
        settings.putAll(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(REPLIES, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> reply : consumer.poll(Duration.ofMillis(100))) {
                    latencies.add(System.nanoTime() - ByteBuffer.wrap(reply.value()).getLong());
                    replies.incrementAndGet();
                    window.release();
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        reader.join(Duration.ofSeconds(5));
        producer.close();
        echo.close();
    }
}
