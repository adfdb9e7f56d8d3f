package io.strowger.worker.shell.kafka;

import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.telemetry.TraceHeaders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Reads this worker's partition of `media.commands`, from its end at the start: whatever stands
/// before was meant for a process that is gone. After a failure it goes on where it was.
public final class OrderConsumer implements CrashOnlyLoop.Body {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long FROM_END = -1;

    private final KafkaClients kafka;
    private final TopicPartition partition;
    private final WorkerEpoch epoch;
    private final BiConsumer<MediaOrder, @Nullable TraceContext> orders;
    private final ReportProducer letters;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final LongAdder stale = new LongAdder();
    private long nextOffset = FROM_END;

    /// @param orders with the trace of each, if it belongs to one; must not block
    /// @param letters takes what cannot be read
    public OrderConsumer(
            KafkaClients kafka,
            WorkerId worker,
            WorkerEpoch epoch,
            BiConsumer<MediaOrder, @Nullable TraceContext> orders,
            ReportProducer letters) {
        this.kafka = kafka;
        this.partition = new TopicPartition(Topics.MEDIA_COMMANDS.name(), worker.ordinal());
        this.epoch = epoch;
        this.orders = orders;
        this.letters = letters;
    }

    /// Opens when every order that is written from now on will be seen. Heartbeats, which invite
    /// orders, wait for it.
    CountDownLatch listening() {
        return listening;
    }

    /// Whether every order that is written from now on will be seen.
    public boolean isListening() {
        return listening.getCount() == 0;
    }

    /// Orders for another life of this worker.
    public long stale() {
        return stale.sum();
    }

    @Override
    public void run(CrashOnlyLoop.Life life) {
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer()) {
            consumer.assign(List.of(partition));
            if (nextOffset == FROM_END) {
                consumer.seekToEnd(List.of(partition));
                nextOffset = consumer.position(partition);
            } else {
                consumer.seek(partition, nextOffset);
            }
            listening.countDown();
            life.ready();
            while (!life.stopping()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    take(record);
                    nextOffset = record.offset() + 1;
                }
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            byte[] value = record.value() == null ? new byte[0] : record.value();
            MediaOrder order = Topics.MEDIA_COMMANDS.codec().decode(value);
            if (epoch.isFor(order)) {
                orders.accept(order, TraceHeaders.read(record.headers()));
            } else {
                stale.increment();
            }
        } catch (UndecodableException e) {
            letters.deadLetter(record, String.valueOf(e.getMessage()));
        }
    }
}
