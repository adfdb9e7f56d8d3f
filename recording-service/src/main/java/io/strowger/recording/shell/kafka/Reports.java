package io.strowger.recording.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.telemetry.Spans;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.runtime.telemetry.TraceHeaders;
import io.strowger.runtime.telemetry.TraceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/// Writes facts and dead letters. For the reading thread.
final class Reports {
    private final Producer<String, byte[]> producer;
    private final Inbox inbox;
    private final Telemetry telemetry;
    private final Spans spans;
    private final List<Future<?>> letters = new ArrayList<>();

    Reports(Producer<String, byte[]> producer, Inbox inbox, Telemetry telemetry) {
        this.producer = producer;
        this.inbox = inbox;
        this.telemetry = telemetry;
        this.spans = telemetry.tracing().of("recording-service");
    }

    /// What becomes of a command begins.
    TraceSpan span(ConsumerRecord<String, byte[]> record, RecordingCommand command) {
        TraceContext cause = TraceHeaders.read(record.headers());
        return spans.isOn()
                ? spans.consumer("recording " + command.getClass().getSimpleName(), cause)
                        .set("strowger.server_call_id", command.recording().call().toString())
                        .set("strowger.recording_id", command.recording().toString())
                : TraceSpan.passing(cause);
    }

    /// Writes a fact.
    ///
    /// @param span of what it is the end of; over with it
    /// @param durable run by the reading thread once it cannot be lost; when it could not be
    ///   written, this life ends
    void event(RecordingEvent event, TraceSpan span, Runnable durable) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.RECORDING_EVENTS.name(),
                        event.recording().call().toString(),
                        Topics.RECORDING_EVENTS.codec().encode(event));
        TraceHeaders.write(record.headers(), span.context());
        span.set("strowger.outcome", event.getClass().getSimpleName());
        producer.send(
                record,
                (written, failed) -> {
                    if (failed == null) {
                        span.end();
                        inbox.add(durable);
                    } else {
                        inbox.add(() -> {
                            throw new KafkaException("a fact could not be written", failed);
                        });
                    }
                });
    }

    /// Puts a record that cannot be read aside.
    void bury(ConsumerRecord<String, byte[]> record, String reason) {
        letters.add(producer.send(DeadLetters.of(record, reason)));
        DeadLetters.tell(record, reason, telemetry);
    }

    /// Waits until all dead letters are durable.
    void awaitLetters() {
        try {
            for (Future<?> letter : letters) {
                letter.get();
            }
            letters.clear();
        } catch (ExecutionException e) {
            throw new KafkaException("a dead letter could not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
