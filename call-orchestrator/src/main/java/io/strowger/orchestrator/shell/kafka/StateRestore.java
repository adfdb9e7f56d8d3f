package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Reads the calls of one partition back from `call.state`.
final class StateRestore {
    private final KafkaClients kafka;
    private final TransactionalLog log;
    private final CoordinatorEvents observer;
    private final CallStateCodec codec = new CallStateCodec();

    StateRestore(KafkaClients kafka, TransactionalLog log, CoordinatorEvents observer) {
        this.kafka = kafka;
        this.log = log;
        this.observer = observer;
    }

    /// Blocks until the end of the log as it is now; the previous owner's transactions must be
    /// settled. A state that cannot be read costs its call, not the partition: it becomes a dead
    /// letter at each restore and the call is unknown meanwhile. It stays in the topic, so that a
    /// process that can read it, such as a newer one, finds the call again.
    CallPartition restore(int partition) {
        CallPartition calls = new CallPartition();
        TopicPartition source = new TopicPartition(Topics.CALL_STATE.name(), partition);
        try (KafkaConsumer<String, byte[]> reader = kafka.assignedConsumer()) {
            reader.assign(List.of(source));
            reader.seekToBeginning(List.of(source));
            long end = reader.endOffsets(List.of(source)).getOrDefault(source, 0L);
            while (reader.position(source) < end) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(Duration.ofMillis(200))) {
                    restore(calls, record);
                }
            }
        }
        return calls;
    }

    private void restore(CallPartition calls, ConsumerRecord<String, byte[]> record) {
        try {
            ServerCallId call = ServerCallId.parse(String.valueOf(record.key()));
            calls.forget(call);
            if (record.value() != null) {
                calls.restore(call, codec.decode(record.value()));
            }
        } catch (UndecodableException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            log.send(DeadLetters.of(record, reason));
            observer.deadLetter(record, reason);
        }
    }
}
