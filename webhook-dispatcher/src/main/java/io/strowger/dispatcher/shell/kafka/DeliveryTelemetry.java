package io.strowger.dispatcher.shell.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.kafka.Topics;
import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
        for (Outcome outcome : Outcome.values()) {
            attempts.put(
                    outcome, telemetry.counter(Telemetry.WEBHOOK_ATTEMPTS, "outcome", outcome));
        }
        this.lag = telemetry.timer(Telemetry.WEBHOOK_DELIVERY_LAG);
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

    void accepted(EventRecord event, Instant now) {
        Duration waited = Duration.between(event.time(), now);
        lag.record(waited.isNegative() ? Duration.ZERO : waited);
    }

    void stopped(EventRecord event, String reason) {
        about(LOG.atWarn(), event)
                .addKeyValue(LogFields.REASON, reason)
                .log("receiver stopped: its events go to the dead-letter topic from now on");
    }

    void givenUp(EventRecord event, String reason) {
        deadLetter(Topics.CALLBACK_DELIVERIES.name());
        about(LOG.atWarn(), event)
                .addKeyValue(LogFields.REASON, reason)
                .log("webhook given up: moved to the dead-letter topic");
    }

    void unreadable(ConsumerRecord<String, byte[]> record, String reason) {
        deadLetter(record.topic());
        LOG.atWarn()
                .addKeyValue(LogFields.TOPIC, record.topic())
                .addKeyValue(LogFields.PARTITION, record.partition())
                .addKeyValue(LogFields.OFFSET, record.offset())
                .addKeyValue(LogFields.REASON, reason)
                .log("unreadable record: moved to the dead-letter topic");
    }

    private void deadLetter(String topic) {
        telemetry.counter(Telemetry.DEAD_LETTERS, "topic", topic).increment();
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
