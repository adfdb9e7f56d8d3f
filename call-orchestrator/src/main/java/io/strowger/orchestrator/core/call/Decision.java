package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Refused;
import java.util.List;
import java.util.Optional;
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
    record Rejected(CallError error, String detail) implements Decision {
        /// Whether it says something about the request: what is asked again with the same
        /// Repeatability-Request-ID is then refused again. Else about a moment that passes.
        boolean isFinal() {
            return error.status() < 500 && error != CallError.TOO_MANY_REQUESTS;
        }
    }

    /// What who asked is told who is refused; nothing else changes then but what is remembered.
    default Optional<Refused> refusal() {
        return switch (this) {
            case Rejected(var error, var detail) -> Optional.of(new Refused(error, detail));
            case Accepted(var _, var answer) ->
                    answer instanceof Refused refused ? Optional.of(refused) : Optional.empty();
        };
    }

    static Decision rejected(CallError error) {
        return new Rejected(error, error.message());
    }
}
