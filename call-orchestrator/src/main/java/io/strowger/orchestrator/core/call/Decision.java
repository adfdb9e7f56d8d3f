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

        @Override
        public Refused answer() {
            return new Refused(error, detail);
        }
    }

    /// What who asked is told; null when nobody did.
    @Nullable Answer answer();

    /// Its answer, when that is a refusal; nothing else changes then but what is remembered.
    default Optional<Refused> refusal() {
        return answer() instanceof Refused refused ? Optional.of(refused) : Optional.empty();
    }

    static Decision rejected(CallError error) {
        return new Rejected(error, error.message());
    }
}
