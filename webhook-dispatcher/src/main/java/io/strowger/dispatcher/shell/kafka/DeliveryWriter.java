package io.strowger.dispatcher.shell.kafka;

import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.dispatcher.core.delivery.Effect;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.telemetry.TraceHeaders;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Writes parked events, dead letters and stops, in the order the lanes say; on the thread of the
/// loop.
final class DeliveryWriter implements AutoCloseable {
    private static final int LINGER_MS = 2;
    private final KafkaProducer<String, byte[]> producer;
    private final Lanes lanes;

    DeliveryWriter(KafkaClients kafka, Lanes lanes) {
        this.producer = kafka.producer(LINGER_MS);
        this.lanes = lanes;
    }

    /// Loads what the first writes would have to wait for.
    void warmUp() {
        producer.partitionsFor(Topics.CALLBACK_DELIVERIES.name());
        producer.partitionsFor(Topics.CALLBACK_DELIVERIES.deadLetterName());
        producer.partitionsFor(Topics.CALLBACK_STOPS.name());
    }

    /// Hands all waiting writes to the producer.
    void writeAll() {
        for (Effect next = lanes.pollWrite(); next != null; next = lanes.pollWrite()) {
            write(next);
        }
    }

    private void write(Effect effect) {
        switch (effect) {
            case Effect.Park park ->
                    send(
                            waiting(
                                    park.partition(),
                                    park.parked().key(),
                                    ParkedCodec.CODEC.encode(park.parked())),
                            offset -> lanes.run((owned, now) -> owned.parked(park, offset)));
            case Effect.Forget(int partition, var key) ->
                    producer.send(
                            new ProducerRecord<>(
                                    Topics.CALLBACK_DELIVERIES.name(), partition, key, null),
                            (unused, failed) -> check(failed));
            case Effect.Bury bury ->
                    send(
                            letter(bury),
                            unused -> lanes.run((owned, now) -> owned.buried(bury, now)));
            case Effect.Stop said ->
                    send(
                            stop(said.stop().id(), StopCodec.CODEC.encode(said.stop())),
                            unused -> lanes.run((owned, now) -> owned.stopped(said)));
            case Effect.Lift(var id) ->
                    producer.send(stop(id, null), (unused, failed) -> check(failed));
            case Effect.Post _, Effect.Load _ ->
                    throw new IllegalStateException("no write: " + effect);
        }
    }

    private void send(ProducerRecord<String, byte[]> record, LongConsumer written) {
        producer.send(
                record,
                (metadata, failed) -> {
                    check(failed);
                    if (failed == null) {
                        written.accept(metadata.offset());
                    }
                });
    }

    private void check(@Nullable Exception failed) {
        if (failed != null) {
            lanes.fail(failed);
        }
    }

    private static ProducerRecord<String, byte[]> waiting(int partition, String key, byte[] value) {
        return new ProducerRecord<>(Topics.CALLBACK_DELIVERIES.name(), partition, key, value);
    }

    private static ProducerRecord<String, byte[]> stop(UUID id, byte @Nullable [] value) {
        return new ProducerRecord<>(Topics.CALLBACK_STOPS.name(), 0, id.toString(), value);
    }

    private static ProducerRecord<String, byte[]> letter(Effect.Bury bury) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        Topics.CALLBACK_DELIVERIES.deadLetterName(),
                        bury.event().call().toString(),
                        Topics.CALL_EVENTS.codec().encode(bury.event()));
        String origin =
                Topics.CALL_EVENTS.name() + "/" + bury.partition() + "/" + bury.sourceOffset();
        letter.headers().add(KafkaHeaders.REASON, bury.reason().getBytes(StandardCharsets.UTF_8));
        letter.headers().add(KafkaHeaders.ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
        TraceHeaders.write(letter.headers(), bury.trace());
        return letter;
    }

    /// Returns when the unreadable record is a durable dead letter: its offset may be passed then.
    void deadLetter(ConsumerRecord<String, byte[]> record, String reason)
            throws InterruptedException {
        try {
            producer.send(DeadLetters.of(record, reason)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a dead letter cannot be written", e);
        }
    }

    void forget(int partition, String key) {
        write(new Effect.Forget(partition, key));
    }

    /// Returns when everything handed over is durable.
    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
