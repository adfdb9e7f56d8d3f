package io.strowger.dispatcher.shell.kafka;

import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.dispatcher.core.delivery.ReceiverStop;
import io.strowger.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Follows `callback.stops`, from its beginning: what this dispatcher said in earlier lives, what
/// the others say, what operators lift. On the thread of the loop.
final class StopReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private final KafkaConsumer<String, byte[]> consumer;
    private final Lanes lanes;
    private final DeliveryWriter writer;
    private final DeliveryTelemetry telemetry;

    StopReader(
            KafkaClients kafka, Lanes lanes, DeliveryWriter writer, DeliveryTelemetry telemetry) {
        this.consumer = kafka.assignedConsumer();
        this.lanes = lanes;
        this.writer = writer;
        this.telemetry = telemetry;
        List<TopicPartition> all = List.of(StopCodec.PARTITION);
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /// Takes what is there, without waiting.
    void read() throws InterruptedException {
        take(Duration.ZERO);
    }

    /// Takes all that is there now. Before events of a partition are posted: its last owner said
    /// that a receiver is gone before it was done with the event that told it.
    void catchUp() throws InterruptedException {
        long end =
                consumer.endOffsets(List.of(StopCodec.PARTITION))
                        .getOrDefault(StopCodec.PARTITION, 0L);
        while (consumer.position(StopCodec.PARTITION) < end) {
            take(POLL);
        }
    }

    private void take(Duration wait) throws InterruptedException {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(wait)) {
            try {
                take(record);
            } catch (UndecodableException | IllegalArgumentException e) {
                String reason = String.valueOf(e.getMessage());
                telemetry.unreadable(record, reason);
                writer.deadLetter(record, reason);
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) throws UndecodableException {
        if (record.value() == null) {
            UUID id = UUID.fromString(record.key());
            lanes.run((owned, now) -> owned.lifted(id));
        } else {
            ReceiverStop stop = StopCodec.CODEC.decode(record.value());
            lanes.run((owned, now) -> owned.learned(stop));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
