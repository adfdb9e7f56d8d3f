package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.event.EventRecord;
import java.time.Instant;

/// The value of `callback.deliveries`: an event that waits there, in the partition of the same
/// number as its own.
///
/// @param sourceOffset in `call.events`: the order of a lane
/// @param since when it was first taken up
/// @param attempts failed so far
/// @param dueAt not to be tried before
public record ParkedDelivery(
        long sourceOffset, Instant since, int attempts, Instant dueAt, EventRecord event) {
    /// The record's key: unique in its partition, and it names the call.
    public String key() {
        return key(event, sourceOffset);
    }

    static String key(EventRecord event, long sourceOffset) {
        return event.call() + "/" + sourceOffset;
    }
}
