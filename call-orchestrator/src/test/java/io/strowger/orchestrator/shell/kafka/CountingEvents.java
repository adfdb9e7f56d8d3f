package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.orchestrator.core.call.CallEvent;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.call.Decision;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Counts what must not pass silently.
final class CountingEvents implements CoordinatorEvents {
    int deadLetters;
    int skipped;

    @Override
    public void decided(CallRequest request, Decision decision) {}

    @Override
    public void changed(
            ServerCallId call, CallState before, CallState after, List<CallEvent> events) {}

    @Override
    public void deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
        deadLetters++;
    }

    @Override
    public void skipped(String input, String reason) {
        skipped++;
    }

    @Override
    public void committed(int records) {}
}
