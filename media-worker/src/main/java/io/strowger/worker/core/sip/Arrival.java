package io.strowger.worker.core.sip;

import io.strowger.contracts.api.Identifier;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What becomes of an [IncomingInvite], before anything is kept of it.
public sealed interface Arrival {
    /// Nobody takes calls here: it is treated as any request outside a dialog.
    record Closed() implements Arrival {}

    /// A stranger, who hears nothing.
    record Silence() implements Arrival {}

    /// @param headers that go along
    record Refusal(int status, String reason, List<HeaderLine> headers) implements Arrival {
        public Refusal {
            headers = List.copyOf(headers);
        }

        public Refusal(int status, String reason) {
            this(status, reason, List.of());
        }
    }

    /// A call for us, if there is room.
    ///
    /// @param from who calls
    /// @param to who is called
    /// @param trunk that it came over; null: from a user
    /// @param displayName as the caller says; null: nothing said
    /// @param headers for applications
    record Welcome(
            Identifier from,
            Identifier to,
            @Nullable String trunk,
            @Nullable String displayName,
            Map<String, String> headers)
            implements Arrival {
        public Welcome {
            headers = Map.copyOf(headers);
        }
    }
}
