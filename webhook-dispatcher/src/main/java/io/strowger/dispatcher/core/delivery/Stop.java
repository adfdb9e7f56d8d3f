package io.strowger.dispatcher.core.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a receiver has said that it wants no more: 410 Gone. One for each lane, as a callback
/// URI belongs to its connection; one for all lanes to an application's subscription.
final class Stop {
    private final boolean shared;
    private @Nullable String reason;
    private Instant until = Instant.MIN;

    /// @param shared whether other lanes have the same
    Stop(boolean shared) {
        this.shared = shared;
    }

    boolean isShared() {
        return shared;
    }

    void say(String why, Instant end) {
        reason = why;
        until = end;
    }

    /// Why nothing more is posted; null while it is.
    @Nullable String reason(Instant now) {
        return now.isBefore(until) ? reason : null;
    }
}
