package io.strowger.runtime.telemetry;

import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// The trace of a record, in its headers.
public final class TraceHeaders {
    private TraceHeaders() {}

    /// @return null: the record belongs to no trace, or what it says is malformed
    public static @Nullable TraceContext read(Headers headers) {
        Header traceparent = headers.lastHeader(KafkaHeaders.TRACEPARENT);
        return traceparent == null
                ? null
                : TraceContext.of(
                        text(traceparent), text(headers.lastHeader(KafkaHeaders.TRACESTATE)));
    }

    /// @param trace null: nothing is written
    public static void write(Headers headers, @Nullable TraceContext trace) {
        if (trace == null) {
            return;
        }
        headers.add(
                KafkaHeaders.TRACEPARENT, trace.traceparent().getBytes(StandardCharsets.US_ASCII));
        if (trace.tracestate() != null) {
            headers.add(
                    KafkaHeaders.TRACESTATE,
                    trace.tracestate().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.US_ASCII);
    }
}
