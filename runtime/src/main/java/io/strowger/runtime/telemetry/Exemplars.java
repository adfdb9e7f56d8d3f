package io.strowger.runtime.telemetry;

import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells the registry which span a value belongs to, for the moment in which it is recorded: the
/// registry asks for it on the recording thread, and there is no other way to hand it over.
final class Exemplars implements SpanContext {
    private final ThreadLocal<io.opentelemetry.api.trace.SpanContext> current = new ThreadLocal<>();

    void record(Timer timer, long ns, TraceSpan span) {
        io.opentelemetry.api.trace.SpanContext sampled = span.sampled();
        if (sampled == null) {
            timer.record(ns, TimeUnit.NANOSECONDS);
            return;
        }
        current.set(sampled);
        try {
            timer.record(ns, TimeUnit.NANOSECONDS);
        } finally {
            current.remove();
        }
    }

    @Override
    public @Nullable String getCurrentTraceId() {
        io.opentelemetry.api.trace.SpanContext span = current.get();
        return span == null ? null : span.getTraceId();
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        io.opentelemetry.api.trace.SpanContext span = current.get();
        return span == null ? null : span.getSpanId();
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return current.get() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        // Sampling is decided when a trace begins: there is nothing to keep.
    }
}
