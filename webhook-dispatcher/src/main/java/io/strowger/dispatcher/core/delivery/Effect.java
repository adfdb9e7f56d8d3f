package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.trace.TraceContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the shell is to do; what it says back is named at each. Writes to the log must keep their
/// order.
public sealed interface Effect {
    /// POST the event; then [Deliveries#answered].
    ///
    /// @param attempt from 1
    record Post(Delivery delivery, EventRecord event, int attempt) implements Effect {
        /// Null: in no trace.
        public @Nullable TraceContext trace() {
            return delivery.trace;
        }
    }

    /// Write `parked` to `callback.deliveries`; then [Deliveries#parked].
    record Park(Delivery delivery, int partition, ParkedDelivery parked) implements Effect {}

    /// Write null for `key` to `callback.deliveries`. Nothing to say back.
    record Forget(int partition, String key) implements Effect {}

    /// Write the event to the dead letters; then [Deliveries#buried].
    record Bury(
            Delivery delivery, int partition, long sourceOffset, EventRecord event, String reason)
            implements Effect {
        /// Null: in no trace.
        public @Nullable TraceContext trace() {
            return delivery.trace;
        }
    }

    /// Write `stop` to `callback.stops`; then [Deliveries#stopped].
    record Stop(Delivery delivery, ReceiverStop stop) implements Effect {}

    /// Write null for the stop to `callback.stops`: it is over. Nothing to say back.
    record Lift(UUID id) implements Effect {}

    /// Read the record at `parkedOffset` of `callback.deliveries`; then [Deliveries#loaded].
    record Load(Delivery delivery, int partition, long parkedOffset) implements Effect {}
}
