package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.orchestrator.core.call.CallEvent;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.call.Decision;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Told what the coordinator does, for logs and metrics. Called on its thread, before the commit.
public interface CoordinatorEvents {
    void decided(CallRequest request, Decision decision);

    void changed(ServerCallId call, CallState before, CallState after, List<CallEvent> events);

    void deadLetter(ConsumerRecord<String, byte[]> record, String reason);

    /// An input that is no record was left out.
    void skipped(String input, String reason);

    /// @param records polled in the turn
    void committed(int records);
}
