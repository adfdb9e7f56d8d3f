package io.strowger.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.runtime.settings.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TracingTest {
    private static final TraceContext CAUSE =
            new TraceContext(
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "congo=t61rcWkgMzE");

    /// Nothing listens there.
    private static final Settings.Otlp NOWHERE = new Settings.Otlp("http://127.0.0.1:9");

    @Test
    void handsOnItsCauseWhenItIsOff() {
        try (Telemetry telemetry = new Telemetry()) {
            Spans spans = telemetry.tracing().of("gateway");

            TraceSpan caused = spans.server("GET", CAUSE);
            TraceSpan first = spans.server("GET", null);

            assertFalse(spans.isOn());
            assertSame(CAUSE, caused.context());
            assertSame(TraceSpan.NONE, first);
        }
    }

    @Test
    void goesOnWithTheTraceOfItsCause() {
        try (Telemetry telemetry = new Telemetry(new Settings.Tracing(NOWHERE, 0))) {
            TraceSpan span = telemetry.tracing().of("gateway").server("GET", CAUSE);

            TraceContext context = Objects.requireNonNull(span.context());

            assertTrue(span.isRecording(), "who called records, so we do, too");
            assertEquals(CAUSE.traceId(), context.traceId());
            assertFalse(context.spanId().equals(CAUSE.spanId()), "a span of its own");
            assertEquals(CAUSE.tracestate(), context.tracestate());
        }
    }

    @Test
    void recordsNoneOfTheTracesThatBeginHereAtARatioOfNought() {
        try (Telemetry telemetry = new Telemetry(new Settings.Tracing(NOWHERE, 0))) {
            TraceSpan span = telemetry.tracing().of("gateway").server("GET", null);

            assertFalse(span.isRecording());
            String traceparent = Objects.requireNonNull(span.context()).traceparent();
            int flags = Character.digit(traceparent.charAt(traceparent.length() - 1), 16);
            assertEquals(0, flags & 1, "those who come after record it neither");
        }
    }

    @Test
    void countsSpansThatTheCollectorRefused() throws Exception {
        HttpServer refusing =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        refusing.createContext("/", exchange -> exchange.sendResponseHeaders(400, -1));
        refusing.start();
        String endpoint = "http://127.0.0.1:" + refusing.getAddress().getPort();
        Telemetry telemetry = new Telemetry(new Settings.Tracing(new Settings.Otlp(endpoint), 1));
        telemetry.tracing().of("gateway").server("GET", null).end();

        telemetry.tracing().close();

        String metrics = telemetry.scrape();
        telemetry.close();
        refusing.stop(0);
        assertTrue(metrics.contains("strowger_spans_total{outcome=\"failed\"} 1.0"), metrics);
    }

    @Test
    void isTheSameInTheHeadersOfARecord() {
        RecordHeaders headers = new RecordHeaders();

        TraceHeaders.write(headers, CAUSE);

        assertEquals(CAUSE, TraceHeaders.read(headers));
        assertNull(TraceHeaders.read(new RecordHeaders()));
    }

    @Test
    void isInTheLogLinesOfItsThreadWhileItsScopeIsOpen() {
        try (TraceSpan.LogScope _ = TraceSpan.passing(CAUSE).inLogs()) {
            assertEquals(CAUSE.traceId(), MDC.get("trace_id"));
            assertEquals(CAUSE.spanId(), MDC.get("span_id"));
        }

        assertNull(MDC.get("trace_id"));
        assertNull(MDC.get("span_id"));
    }
}
