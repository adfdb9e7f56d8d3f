package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.orchestrator.core.call.CallEvent;
import io.strowger.orchestrator.core.call.CallInput;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.call.Decision;
import io.strowger.runtime.telemetry.TraceSpan;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Told what the coordinator does, for logs and metrics. Called on its thread, before the commit.
public interface CoordinatorEvents {
    /// A decision begins. What comes of it belongs to the span, which is ended when that has left,
    /// or as failed when the turn is: so whatever a reader may see of it has its parent.
    ///
    /// @param cause where the input belongs; null: to no trace
    default TraceSpan deciding(ServerCallId call, CallInput input, @Nullable TraceContext cause) {
        return TraceSpan.passing(cause);
    }

    void decided(CallRequest request, Decision decision);

    void changed(ServerCallId call, CallState before, CallState after, List<CallEvent> events);

    void deadLetter(ConsumerRecord<String, byte[]> record, String reason);

    /// An input that is no record was left out.
    void skipped(String input, String reason);

    /// @param records polled in the turn
    void committed(int records);
}
