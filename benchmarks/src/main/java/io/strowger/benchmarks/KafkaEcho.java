package io.strowger.benchmarks;

import io.strowger.runtime.log.Logging;
import io.strowger.runtime.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The least that a decided command can cost: read from one topic, write to another, offsets and
/// reply in one transaction, no logic. The same client settings as the orchestrator's. Started in a
/// JVM of its own: `KafkaEcho BOOTSTRAP FROM TO`.
final class KafkaEcho {
    private KafkaEcho() {}

    public static void main(String[] args) {
        Logging.configure(new Settings.Log("WARN", "text"));
        run(args[0], args[1], args[2], () -> System.out.println("READY"));
    }

    /// Echoes until the thread is interrupted.
    ///
    /// @param ready told when records are taken from now on
    static void run(String bootstrapServers, String from, String to, Runnable ready) {
        Properties producing = new Properties();
        producing.putAll(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "transactional.id", "bench-echo-" + from,
                        "transaction.timeout.ms", "10000",
                        "retry.backoff.ms", "2",
                        "max.in.flight.requests.per.connection", "1",
                        "linger.ms", "0",
                        "acks", "all"));
        Properties consuming = new Properties();
        consuming.putAll(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "group.id", "bench-echo-" + from,
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "max.poll.records", "500"));
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                producing, new ByteArraySerializer(), new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(
                                consuming,
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer())) {
            producer.initTransactions();
            consumer.subscribe(List.of(from));
            ready.run();
            while (!Thread.currentThread().isInterrupted()) {
                echo(producer, consumer, to);
            }
        }
    }

    private static void echo(
            KafkaProducer<byte[], byte[]> producer,
            KafkaConsumer<byte[], byte[]> consumer,
            String to) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        if (records.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        producer.beginTransaction();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            producer.send(
                    new ProducerRecord<>(
                            to, 0, null, record.key(), record.value(), record.headers()));
            next.put(
                    new TopicPartition(record.topic(), record.partition()),
                    new OffsetAndMetadata(record.offset() + 1));
        }
        producer.sendOffsetsToTransaction(next, consumer.groupMetadata());
        producer.commitTransaction();
    }
}
