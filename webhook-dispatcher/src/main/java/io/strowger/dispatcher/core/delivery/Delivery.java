package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.trace.TraceContext;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One event on its way. Opaque to the shell: a handle that its answers come back with.
public final class Delivery {
    private static final long NOT_PARKED = -1;
    final Lane lane;
    final String key;
    final long sourceOffset;
    final Instant since;
    final @Nullable TraceContext trace;
    private @Nullable EventRecord event;
    int attempts;
    Instant dueAt;
    private long parkedOffset = NOT_PARKED;
    private int writes;
    private boolean everParked;
    boolean burying;
    boolean finished;

    Delivery(Lane lane, long sourceOffset, Instant since, Arrival arrival) {
        EventRecord event = arrival.event();
        this.lane = lane;
        this.key = ParkedDelivery.key(event, sourceOffset);
        this.sourceOffset = sourceOffset;
        this.since = since;
        this.trace = arrival.trace();
        this.dueAt = since;
        this.event = event;
    }

    Delivery(Lane lane, Restored restored) {
        this.lane = lane;
        this.key = restored.key();
        this.sourceOffset = restored.sourceOffset();
        this.since = restored.since();
        this.trace = restored.trace();
        this.attempts = restored.attempts();
        this.dueAt = restored.dueAt();
        this.event = restored.event();
        this.parkedOffset = restored.parkedOffset();
        this.everParked = true;
    }

    boolean isLoaded() {
        return event != null;
    }

    EventRecord event() {
        return Objects.requireNonNull(event, "an event that was left in the log");
    }

    void load(EventRecord read) {
        event = read;
    }

    /// @throws IllegalStateException when it is nowhere else
    void unload() {
        if (!isDurable() || writes > 0) {
            throw new IllegalStateException("not in the log yet: " + key);
        }
        event = null;
    }

    ParkedDelivery park() {
        everParked = true;
        writes++;
        return new ParkedDelivery(sourceOffset, since, attempts, dueAt, event(), trace);
    }

    void written(long offset) {
        writes--;
        parkedOffset = offset;
    }

    /// Whether it was parked or is being parked.
    boolean isParked() {
        return everParked;
    }

    boolean isBeingWritten() {
        return writes > 0;
    }

    boolean isDurable() {
        return parkedOffset != NOT_PARKED;
    }

    long parkedOffset() {
        return parkedOffset;
    }
}
