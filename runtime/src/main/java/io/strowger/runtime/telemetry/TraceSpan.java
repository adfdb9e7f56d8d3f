package io.strowger.runtime.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.trace.TraceContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Something that takes a while and belongs to a trace. Passed from hand to hand, never looked up
/// from the thread. When nothing is traced it only hands on the place in somebody else's trace, if
/// there is one, and all else does nothing. Safe for use by many threads.
public final class TraceSpan {
    /// Belongs to no trace.
    public static final TraceSpan NONE = new TraceSpan(null, null);

    private static final String TRACE_ID = "trace_id";
    private static final String SPAN_ID = "span_id";
    private final @Nullable Span span;
    private final @Nullable TraceContext context;

    private TraceSpan(@Nullable Span span, @Nullable TraceContext context) {
        this.span = span;
        this.context = context;
    }

    /// Is no span: what follows belongs where `cause` does.
    public static TraceSpan passing(@Nullable TraceContext cause) {
        return cause == null ? NONE : new TraceSpan(null, cause);
    }

    static TraceSpan of(Span span) {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance()
                .inject(
                        Context.root().with(span),
                        headers,
                        (carrier, name, value) -> {
                            if (carrier != null) {
                                carrier.put(name, value);
                            }
                        });
        return new TraceSpan(
                span,
                TraceContext.of(
                        headers.get(KafkaHeaders.TRACEPARENT),
                        headers.get(KafkaHeaders.TRACESTATE)));
    }

    /// What is handed on to whatever this causes; null: no trace.
    public @Nullable TraceContext context() {
        return context;
    }

    /// Whether attributes are kept: ask before one costs something to make.
    public boolean isRecording() {
        return span != null && span.isRecording();
    }

    /// Adds a fact.
    ///
    /// @param key as in `docs/tracing.md`
    public TraceSpan set(String key, String value) {
        if (span != null) {
            span.setAttribute(key, value);
        }
        return this;
    }

    public TraceSpan set(String key, long value) {
        if (span != null) {
            span.setAttribute(key, value);
        }
        return this;
    }

    /// Gives it another name, when more is known.
    public TraceSpan rename(String name) {
        if (span != null) {
            span.updateName(name);
        }
        return this;
    }

    /// Marks it as failed.
    ///
    /// @param type of the failure, from a small set of words
    public TraceSpan fail(String type) {
        if (span != null) {
            span.setStatus(StatusCode.ERROR).setAttribute("error.type", type);
        }
        return this;
    }

    /// It is over; later calls change nothing. One that is never ended is never exported.
    public void end() {
        if (span != null) {
            span.end();
        }
    }

    /// Puts `trace_id` and `span_id` into the log lines of this thread until the scope is closed.
    /// For threads that do one thing from start to end; never on an event loop.
    public LogScope inLogs() {
        if (context == null) {
            return LogScope.NONE;
        }
        MDC.put(TRACE_ID, context.traceId());
        MDC.put(SPAN_ID, context.spanId());
        return LogScope.OPEN;
    }

    /// Whether it is exported: what an exemplar may point to.
    @Nullable SpanContext sampled() {
        SpanContext known = span == null ? null : span.getSpanContext();
        return known != null && known.isSampled() ? known : null;
    }

    /// See [#inLogs].
    public enum LogScope implements AutoCloseable {
        NONE,
        OPEN;

        @Override
        public void close() {
            if (this == OPEN) {
                MDC.remove(TRACE_ID);
                MDC.remove(SPAN_ID);
            }
        }
    }
}
