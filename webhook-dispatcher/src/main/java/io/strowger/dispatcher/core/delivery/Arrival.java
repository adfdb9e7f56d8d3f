package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/// A record of `call.events`.
///
/// @param trace that it belongs to, all its attempts too; null: to none
public record Arrival(EventRecord event, @Nullable TraceContext trace) {}
