package io.strowger.dispatcher.shell.kafka;

import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.dispatcher.core.delivery.Restored;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.ReadToEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Reads a partition of `callback.deliveries` from beginning to end: what waits there.
final class ParkedRestore {
    private static final int MOST_KEPT = 2_000;
    private final KafkaClients kafka;
    private final DeliveryWriter writer;
    private final DeliveryTelemetry telemetry;

    ParkedRestore(KafkaClients kafka, DeliveryWriter writer, DeliveryTelemetry telemetry) {
        this.kafka = kafka;
        this.writer = writer;
        this.telemetry = telemetry;
    }

    /// By partition. Of many only where they are: they are read again at their turn.
    Map<Integer, List<Restored>> restore(List<Integer> numbers) throws InterruptedException {
        Map<Integer, Map<String, Restored>> waiting = new HashMap<>();
        numbers.forEach(number -> waiting.put(number, new HashMap<>()));
        List<TopicPartition> partitions = numbers.stream().map(ParkedCodec::partition).toList();
        ReadToEnd.<InterruptedException>of(
                kafka,
                partitions,
                record -> {
                    Map<String, Restored> ofPartition = waiting.get(record.partition());
                    if (ofPartition != null) {
                        take(record, ofPartition);
                    }
                });
        Map<Integer, List<Restored>> found = new HashMap<>();
        waiting.forEach((number, byKey) -> found.put(number, new ArrayList<>(byKey.values())));
        return found;
    }

    private void take(ConsumerRecord<String, byte[]> record, Map<String, Restored> waiting)
            throws InterruptedException {
        if (record.value() == null) {
            waiting.remove(record.key());
            return;
        }
        try {
            waiting.put(
                    record.key(),
                    Restored.of(
                            ParkedCodec.CODEC.decode(record.value()),
                            record.offset(),
                            waiting.size() < MOST_KEPT));
        } catch (UndecodableException e) {
            String reason = String.valueOf(e.getMessage());
            telemetry.unreadable(record, reason);
            writer.deadLetter(record, reason);
            writer.forget(record.partition(), record.key());
        }
    }
}
