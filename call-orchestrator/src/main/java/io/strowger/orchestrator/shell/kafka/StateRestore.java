package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Reads the calls of one partition back from `call.state`.
final class StateRestore {
    private final KafkaClients kafka;
    private final CallStateCodec codec = new CallStateCodec();

    StateRestore(KafkaClients kafka) {
        this.kafka = kafka;
    }

    /// Blocks until the end of the log as it is now; the previous owner's transactions must be
    /// settled.
    ///
    /// @throws IllegalStateException when a state cannot be read: a call must not be forgotten
    ///   silently
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
        ServerCallId call = ServerCallId.parse(record.key());
        if (record.value() == null) {
            calls.forget(call);
            return;
        }
        try {
            calls.restore(call, codec.decode(record.value()));
        } catch (UndecodableException e) {
            throw new IllegalStateException(
                    "the state of call "
                            + call
                            + " at offset "
                            + record.offset()
                            + " cannot be read",
                    e);
        }
    }
}
