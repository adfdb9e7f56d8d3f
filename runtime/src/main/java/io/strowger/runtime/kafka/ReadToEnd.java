package io.strowger.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Reads what is committed in partitions by now, from their beginnings to their ends, and leaves.
public final class ReadToEnd {
    private static final Duration POLL = Duration.ofMillis(200);

    private ReadToEnd() {}

    /// Gets each record, in the order of its partition.
    public interface Taker<E extends Exception> {
        void take(ConsumerRecord<String, byte[]> record) throws E;
    }

    /// Blocks its caller until all is taken, on whatever thread that is.
    ///
    /// @throws org.apache.kafka.common.KafkaException when the brokers do not answer in time
    public static <E extends Exception> void of(
            KafkaClients kafka, Collection<TopicPartition> partitions, Taker<E> taker) throws E {
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer()) {
            of(consumer, partitions, taker);
        }
    }

    /// The same with a consumer of the caller, which is assigned these partitions then.
    public static <E extends Exception> void of(
            KafkaConsumer<String, byte[]> consumer,
            Collection<TopicPartition> partitions,
            Taker<E> taker)
            throws E {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                taker.take(record);
            }
        }
    }
}
