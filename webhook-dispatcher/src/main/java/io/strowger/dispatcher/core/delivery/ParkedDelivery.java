package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.trace.TraceContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The value of `callback.deliveries`: an event that waits there, in the partition of the same
/// number as its own.
///
/// @param sourceOffset in `call.events`: the order of a lane
/// @param since when it was first taken up
/// @param attempts failed so far
/// @param dueAt not to be tried before
/// @param trace that its attempts belong to; null: to none
public record ParkedDelivery(
        long sourceOffset,
        Instant since,
        int attempts,
        Instant dueAt,
        EventRecord event,
        @Nullable TraceContext trace) {
    /// The record's key: unique in its partition, and it names the call.
    public String key() {
        return key(event, sourceOffset);
    }

    static String key(EventRecord event, long sourceOffset) {
        return event.call() + "/" + sourceOffset;
    }
}
