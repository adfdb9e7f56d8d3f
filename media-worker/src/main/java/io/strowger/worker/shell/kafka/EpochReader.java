package io.strowger.worker.shell.kafka;

import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Finds the epoch of the process that held this worker's place before.
public final class EpochReader {
    private static final Duration POLL = Duration.ofMillis(200);

    private EpochReader() {}

    /// An epoch above every earlier one of `worker`, whatever the clock did in between.
    public static WorkerEpoch above(KafkaClients kafka, WorkerId worker, long nowMs) {
        return WorkerEpoch.above(last(kafka, worker), nowMs);
    }

    private static long last(KafkaClients kafka, WorkerId worker) {
        TopicPartition partition = new TopicPartition(Topics.MEDIA_WORKERS.name(), 0);
        String key = Integer.toString(worker.ordinal());
        long epoch = 0;
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (end != null && consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (key.equals(record.key()) && record.value() != null) {
                        epoch = Math.max(epoch, epochOf(record.value()));
                    }
                }
            }
        }
        return epoch;
    }

    /// A heartbeat that cannot be read has no epoch to go above.
    private static long epochOf(byte[] value) {
        try {
            return Topics.MEDIA_WORKERS.codec().decode(value).epoch();
        } catch (UndecodableException e) {
            return 0;
        }
    }
}
