package io.strowger.runtime.telemetry;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/// Begins the spans of one service. When nothing is traced, none: what it gives then only hands on
/// the cause. Safe for use by many threads.
public final class Spans {
    /// Of a service that traces nothing.
    public static final Spans OFF = new Spans(null);

    private final @Nullable Tracer tracer;

    Spans(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /// Whether spans are made at all.
    public boolean isOn() {
        return tracer != null;
    }

    /// A request that somebody makes of us.
    ///
    /// @param cause where it belongs; null: a trace begins here
    public TraceSpan server(String name, @Nullable TraceContext cause) {
        return begin(name, SpanKind.SERVER, cause);
    }

    /// A request of ours.
    public TraceSpan client(String name, @Nullable TraceContext cause) {
        return begin(name, SpanKind.CLIENT, cause);
    }

    /// A record that is written.
    public TraceSpan producer(String name, @Nullable TraceContext cause) {
        return begin(name, SpanKind.PRODUCER, cause);
    }

    /// What is done about a record.
    public TraceSpan consumer(String name, @Nullable TraceContext cause) {
        return begin(name, SpanKind.CONSUMER, cause);
    }

    /// What is done of our own accord.
    public TraceSpan internal(String name, @Nullable TraceContext cause) {
        return begin(name, SpanKind.INTERNAL, cause);
    }

    private TraceSpan begin(String name, SpanKind kind, @Nullable TraceContext cause) {
        if (tracer == null) {
            return TraceSpan.passing(cause);
        }
        return TraceSpan.of(
                tracer.spanBuilder(name).setSpanKind(kind).setParent(parent(cause)).startSpan());
    }

    private static Context parent(@Nullable TraceContext cause) {
        return cause == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), cause, Spans::header);
    }

    private static @Nullable String header(@Nullable TraceContext cause, String name) {
        if (cause == null) {
            return null;
        }
        return name.equals(KafkaHeaders.TRACEPARENT) ? cause.traceparent() : cause.tracestate();
    }
}
