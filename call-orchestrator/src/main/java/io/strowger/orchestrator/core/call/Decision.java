package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallReply.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What comes of an input.
public sealed interface Decision {
    /// @param events in order; none: nothing changes
    /// @param answer to who asked; null when nobody did
    record Accepted(List<CallEvent> events, @Nullable Answer answer) implements Decision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /// @param detail what exactly was wrong, for people
    record Rejected(CallError error, String detail) implements Decision {}

    static Decision rejected(CallError error) {
        return new Rejected(error, error.message());
    }
}
