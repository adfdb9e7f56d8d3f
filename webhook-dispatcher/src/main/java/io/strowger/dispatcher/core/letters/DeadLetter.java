package io.strowger.dispatcher.core.letters;

import io.strowger.contracts.event.EventRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event that was given up.
///
/// @param id its place among the dead letters; grows with time, never used twice
/// @param at when it was given up
/// @param reason why
/// @param origin topic, partition and offset that it came from
/// @param event null: it cannot be read, so it cannot be sent either
/// @param replayed whether its receiver has accepted it since
public record DeadLetter(
        long id,
        Instant at,
        String reason,
        String origin,
        @Nullable EventRecord event,
        boolean replayed) {
    public DeadLetter asReplayed() {
        return new DeadLetter(id, at, reason, origin, event, true);
    }
}
