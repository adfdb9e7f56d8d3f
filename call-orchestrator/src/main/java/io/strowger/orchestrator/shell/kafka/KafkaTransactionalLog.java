package io.strowger.orchestrator.shell.kafka;

import io.strowger.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// The log in Kafka: a group member and a transactional producer that is fenced by its fixed id, so
/// that of two processes with one ordinal only the younger commits.
final class KafkaTransactionalLog implements TransactionalLog, AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> transactional;
    private final KafkaProducer<String, byte[]> plain;
    private final Map<TopicPartition, OffsetAndMetadata> polled = new HashMap<>();

    /// Blocks until an earlier process of this ordinal is fenced off.
    KafkaTransactionalLog(KafkaClients kafka, String instance) {
        transactional = kafka.transactionalProducer(instance);
        plain = kafka.producer(0);
        consumer = kafka.groupConsumer("call-orchestrator", instance);
        transactional.initTransactions();
    }

    KafkaConsumer<String, byte[]> consumer() {
        return consumer;
    }

    void subscribe(List<String> topics, ConsumerRebalanceListener listener) {
        consumer.subscribe(topics, listener);
    }

    @Override
    public List<ConsumerRecord<String, byte[]>> poll(Duration longest) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(longest)) {
            records.add(record);
            polled.put(
                    new TopicPartition(record.topic(), record.partition()),
                    new OffsetAndMetadata(record.offset() + 1));
        }
        return records;
    }

    /// Partitions that were revoked must not be committed any more.
    void forgetOffsets(TopicPartition partition) {
        polled.remove(partition);
    }

    @Override
    public void begin() {
        transactional.beginTransaction();
    }

    @Override
    public void write(ProducerRecord<String, byte[]> record) {
        transactional.send(record);
    }

    @Override
    public void commit() {
        if (!polled.isEmpty()) {
            transactional.sendOffsetsToTransaction(Map.copyOf(polled), consumer.groupMetadata());
        }
        transactional.commitTransaction();
        polled.clear();
    }

    @Override
    public void send(ProducerRecord<String, byte[]> record) {
        plain.send(record);
    }

    @Override
    public void close() {
        consumer.close(
                org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
        transactional.close(Duration.ofSeconds(2));
        plain.close(Duration.ofSeconds(2));
    }
}
