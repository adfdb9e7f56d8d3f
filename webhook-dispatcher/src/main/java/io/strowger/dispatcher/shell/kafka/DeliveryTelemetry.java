package io.strowger.dispatcher.shell.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.telemetry.Spans;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.runtime.telemetry.TraceSpan;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// Counts and logs deliveries: one line an attempt, one for each event given up. Of a receiver only
/// host and port are shown: paths and queries may hold secrets.
final class DeliveryTelemetry {
    private static final Logger LOG = LoggerFactory.getLogger("io.strowger.webhook");
    private static final long MS_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private final Telemetry telemetry;
    private final Spans spans;
    private final Map<Outcome, Counter> attempts = new EnumMap<>(Outcome.class);
    private final Timer lag;

    /// How an attempt ended.
    enum Outcome {
        ACCEPTED,
        REJECTED,
        TIMED_OUT,
        UNREACHABLE,
        REFUSED
    }

    DeliveryTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
        this.spans = telemetry.tracing().of("webhook-dispatcher");
        for (Outcome outcome : Outcome.values()) {
            attempts.put(
                    outcome, telemetry.counter(Telemetry.WEBHOOK_ATTEMPTS, "outcome", outcome));
        }
        this.lag = telemetry.tracedTimer(Telemetry.WEBHOOK_DELIVERY_LAG);
    }

    /// An attempt begins. Of the receiver only scheme, host and port are told.
    ///
    /// @param attempt from 1
    /// @param cause where the event belongs; null: to no trace
    TraceSpan attempting(EventRecord event, int attempt, @Nullable TraceContext cause) {
        if (!spans.isOn()) {
            return TraceSpan.passing(cause);
        }
        URI to = event.callbackUri();
        String type = event.event().getClass().getSimpleName();
        return spans.client("POST " + type, cause)
                .set("http.request.method", "POST")
                .set("http.request.resend_count", attempt - 1L)
                .set("url.scheme", String.valueOf(to.getScheme()))
                .set("server.address", String.valueOf(to.getHost()))
                .set("server.port", port(to))
                .set("strowger.event", type)
                .set("strowger.event_id", event.eventId().toString())
                .set("strowger.server_call_id", event.call().toString());
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /// An attempt is over.
    static void end(TraceSpan span, Answer answer) {
        if (answer instanceof Answer.Responded(int status, var _)) {
            span.set("http.response.status_code", status);
            if (status >= 400) {
                span.fail(Integer.toString(status));
            }
        } else {
            span.fail(outcome(answer).name().toLowerCase(Locale.ROOT));
        }
        span.end();
    }

    /// @param attempt from 1
    void attempted(EventRecord event, int attempt, Answer answer, long tookNs) {
        Outcome outcome = outcome(answer);
        Counter counter = attempts.get(outcome);
        if (counter != null) {
            counter.increment();
        }
        Level level = outcome == Outcome.ACCEPTED ? Level.DEBUG : Level.INFO;
        if (outcome == Outcome.REFUSED || !LOG.isEnabledForLevel(level)) {
            return; // a refused one was never sent: the line of giving it up says all
        }
        LoggingEventBuilder line =
                about(LOG.atLevel(level), event)
                        .addKeyValue("attempt", attempt)
                        .addKeyValue("outcome", outcome)
                        .addKeyValue("durationMs", tookNs / MS_NS);
        if (answer instanceof Answer.Responded(int status, var _)) {
            line = line.addKeyValue("status", status);
        } else if (answer instanceof Answer.Unreachable(var reason)) {
            line = line.addKeyValue(LogFields.REASON, reason);
        }
        line.log("webhook attempt");
    }

    void accepted(EventRecord event, Instant now, TraceSpan span) {
        Duration waited = Duration.between(event.time(), now);
        telemetry.record(lag, Math.max(0, waited.toNanos()), span);
    }

    void stopped(EventRecord event, String reason) {
        about(LOG.atWarn(), event)
                .addKeyValue(LogFields.REASON, reason)
                .log("receiver stopped: its events go to the dead-letter topic from now on");
    }

    void givenUp(EventRecord event, String reason) {
        DeadLetters.count(Topics.CALLBACK_DELIVERIES.name(), telemetry);
        about(LOG.atWarn(), event)
                .addKeyValue(LogFields.REASON, reason)
                .log("webhook given up: moved to the dead-letter topic");
    }

    void unreadable(ConsumerRecord<String, byte[]> record, String reason) {
        DeadLetters.tell(record, reason, telemetry);
    }

    private static LoggingEventBuilder about(LoggingEventBuilder line, EventRecord event) {
        return line.addKeyValue(LogFields.SERVER_CALL_ID, event.call())
                .addKeyValue(LogFields.CALL_CONNECTION_ID, event.connection())
                .addKeyValue(LogFields.CORRELATION_ID, event.correlationId())
                .addKeyValue("eventId", event.eventId())
                .addKeyValue("eventType", event.event().getClass().getSimpleName())
                .addKeyValue("sequence", event.sequence())
                .addKeyValue(
                        "receiver",
                        event.callbackUri().getHost() + ":" + event.callbackUri().getPort());
    }

    private static Outcome outcome(Answer answer) {
        return switch (answer) {
            case Answer.Responded(int status, var _) when status >= 200 && status < 300 ->
                    Outcome.ACCEPTED;
            case Answer.Responded _ -> Outcome.REJECTED;
            case Answer.TimedOut _ -> Outcome.TIMED_OUT;
            case Answer.Unreachable _ -> Outcome.UNREACHABLE;
            case Answer.Refused _ -> Outcome.REFUSED;
        };
    }
}
