package io.strowger.recording.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.telemetry.Telemetry;
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
    private final List<Future<?>> letters = new ArrayList<>();

    Reports(Producer<String, byte[]> producer, Inbox inbox, Telemetry telemetry) {
        this.producer = producer;
        this.inbox = inbox;
        this.telemetry = telemetry;
    }

    /// Writes a fact.
    ///
    /// @param durable run by the reading thread once it cannot be lost; when it could not be
    ///   written, this life ends
    void event(RecordingEvent event, Runnable durable) {
        producer.send(
                new ProducerRecord<>(
                        Topics.RECORDING_EVENTS.name(),
                        event.recording().call().toString(),
                        Topics.RECORDING_EVENTS.codec().encode(event)),
                (written, failed) ->
                        inbox.add(
                                failed == null
                                        ? durable
                                        : () -> {
                                            throw new KafkaException(
                                                    "a fact could not be written", failed);
                                        }));
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
