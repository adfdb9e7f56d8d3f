package io.strowger.orchestrator.shell.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/// What outlives a process: records that were committed, the offsets committed with them, and who
/// is the youngest owner. `TransactionalLogContract` holds it to what Kafka does.
final class InMemoryBroker {
    private final Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records =
            new HashMap<>();
    private final Map<TopicPartition, Integer> offsets = new HashMap<>();
    private int youngest;

    int newOwner() {
        return ++youngest;
    }

    boolean isYoungest(int owner) {
        return owner == youngest;
    }

    void append(ProducerRecord<String, byte[]> record) {
        TopicPartition partition =
                new TopicPartition(
                        record.topic(), Objects.requireNonNullElse(record.partition(), 0));
        List<ConsumerRecord<String, byte[]>> log =
                records.computeIfAbsent(partition, unused -> new ArrayList<>());
        log.add(
                new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        log.size(),
                        0L,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        record.key(),
                        record.value(),
                        new RecordHeaders(record.headers()),
                        java.util.Optional.empty()));
    }

    List<ConsumerRecord<String, byte[]>> records(TopicPartition partition) {
        return List.copyOf(records.getOrDefault(partition, List.of()));
    }

    /// All records of a topic, those of one partition in their order.
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        return records.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    int offset(TopicPartition partition) {
        return offsets.getOrDefault(partition, 0);
    }

    void commit(Map<TopicPartition, Integer> done) {
        offsets.putAll(done);
    }
}
