package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.trace.TraceContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of a parked event when its partition is taken over.
///
/// @param event null: left in the log until it is its turn
/// @param parkedOffset of its record in `callback.deliveries`
public record Restored(
        String key,
        LaneKey lane,
        long sourceOffset,
        Instant since,
        int attempts,
        Instant dueAt,
        long parkedOffset,
        @Nullable EventRecord event,
        @Nullable TraceContext trace) {
    /// @param keepEvent whether there is room for it in memory
    public static Restored of(ParkedDelivery parked, long parkedOffset, boolean keepEvent) {
        return new Restored(
                parked.key(),
                LaneKey.of(parked.event()),
                parked.sourceOffset(),
                parked.since(),
                parked.attempts(),
                parked.dueAt(),
                parkedOffset,
                keepEvent ? parked.event() : null,
                parked.trace());
    }
}
