package io.strowger.worker.shell.kafka;

import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.ReadToEnd;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/// Finds the epoch of the process that held this worker's place before.
public final class EpochReader {
    private EpochReader() {}

    /// An epoch above every earlier one of `worker`, whatever the clock did in between.
    public static WorkerEpoch above(KafkaClients kafka, WorkerId worker, long nowMs) {
        return WorkerEpoch.above(last(kafka, worker), nowMs);
    }

    private static long last(KafkaClients kafka, WorkerId worker) {
        TopicPartition partition = new TopicPartition(Topics.MEDIA_WORKERS.name(), 0);
        String key = Integer.toString(worker.ordinal());
        AtomicLong epoch = new AtomicLong();
        ReadToEnd.of(
                kafka,
                List.of(partition),
                record -> {
                    if (key.equals(record.key()) && record.value() != null) {
                        epoch.accumulateAndGet(epochOf(record.value()), Math::max);
                    }
                });
        return epoch.get();
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
