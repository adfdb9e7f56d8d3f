package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.partition.CallPartition;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Reads records of `call.state`. Safe for use by many threads.
final class StateReader {
    private final CallStateCodec codec = new CallStateCodec();

    /// What a record says.
    ///
    /// @param call null: cannot be read
    /// @param state null: the call is forgotten, or its state cannot be read
    /// @param fault why it cannot be read; null: it can
    record Found(
            ConsumerRecord<String, byte[]> record,
            @Nullable ServerCallId call,
            @Nullable CallState state,
            @Nullable String fault) {
        /// Of a call, only the last one counts: what cannot be read is unknown.
        void into(CallPartition calls) {
            if (call != null) {
                calls.forget(call);
                if (state != null) {
                    calls.follow(call, state);
                }
            }
        }
    }

    Found read(ConsumerRecord<String, byte[]> record) {
        ServerCallId call = null;
        try {
            call = ServerCallId.parse(String.valueOf(record.key()));
            byte[] value = record.value();
            return new Found(record, call, value == null ? null : codec.decode(value), null);
        } catch (UndecodableException | IllegalArgumentException e) {
            return new Found(record, call, null, String.valueOf(e.getMessage()));
        }
    }
}
