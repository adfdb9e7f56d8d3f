package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Reads the calls of partitions back from `call.state`. Somebody waits for each of them, so all
/// are read in one go, only the last state of a call is decoded, and that on all cores.
final class StateRestore {
    private static final Duration POLL = Duration.ofMillis(200);
    private final KafkaClients kafka;
    private final TransactionalLog log;
    private final CoordinatorEvents observer;
    private final CallStateCodec codec = new CallStateCodec();

    /// @param state null: it cannot be read, for `reason`
    private record Found(
            ConsumerRecord<String, byte[]> record,
            @Nullable ServerCallId call,
            @Nullable CallState state,
            String reason) {}

    StateRestore(KafkaClients kafka, TransactionalLog log, CoordinatorEvents observer) {
        this.kafka = kafka;
        this.log = log;
        this.observer = observer;
    }

    /// Blocks until the end of the log as it is now; the previous owner's transactions must be
    /// settled. A state that cannot be read costs its call, not the partition: it becomes a dead
    /// letter at each restore and the call is unknown meanwhile. It stays in the topic, so that a
    /// process that can read it, such as a newer one, finds the call again.
    Map<Integer, CallPartition> restore(Collection<Integer> numbers) {
        Map<Integer, CallPartition> partitions = new HashMap<>();
        numbers.forEach(number -> partitions.put(number, new CallPartition()));
        List<Found> last = last(numbers).parallelStream().map(this::decoded).toList();
        for (Found found : last) {
            CallPartition calls = partitions.get(found.record.partition());
            if (calls != null && found.call != null && found.state != null) {
                calls.restore(found.call, found.state);
            } else {
                log.send(DeadLetters.of(found.record, found.reason));
                observer.deadLetter(found.record, found.reason);
            }
        }
        return partitions;
    }

    /// The last record of each call that is not forgotten.
    private List<ConsumerRecord<String, byte[]>> last(Collection<Integer> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        Map<String, ConsumerRecord<String, byte[]>> last = new LinkedHashMap<>();
        List<TopicPartition> sources =
                numbers.stream()
                        .map(number -> new TopicPartition(Topics.CALL_STATE.name(), number))
                        .toList();
        try (KafkaConsumer<String, byte[]> reader = kafka.bulkConsumer()) {
            reader.assign(sources);
            reader.seekToBeginning(sources);
            Map<TopicPartition, Long> ends = reader.endOffsets(sources);
            while (ends.entrySet().stream()
                    .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    String key = record.partition() + "/" + record.key();
                    if (record.value() == null) {
                        last.remove(key);
                    } else {
                        last.put(key, record);
                    }
                }
            }
        }
        return List.copyOf(last.values());
    }

    private Found decoded(ConsumerRecord<String, byte[]> record) {
        try {
            ServerCallId call = ServerCallId.parse(String.valueOf(record.key()));
            return new Found(record, call, codec.decode(record.value()), "");
        } catch (UndecodableException | IllegalArgumentException e) {
            return new Found(record, null, null, String.valueOf(e.getMessage()));
        }
    }
}
