package io.strowger.standalone.platform;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Reads `call.events` without a group and turns each record into a line.
public final class EventTail implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private final KafkaClients kafka;
    private final @Nullable ServerCallId wanted;
    private final Consumer<String> lines;
    private volatile boolean stopped;

    private EventTail(KafkaClients kafka, @Nullable ServerCallId wanted, Consumer<String> lines) {
        this.kafka = kafka;
        this.wanted = wanted;
        this.lines = lines;
    }

    /// @param wanted only this call's events, from the first one on; null: all from now on
    /// @param lines gets each line, on the tail's own thread
    public static EventTail start(
            KafkaClients kafka, @Nullable ServerCallId wanted, Consumer<String> lines) {
        EventTail tail = new EventTail(kafka, wanted, lines);
        Thread.ofPlatform().daemon().name("event-tail").start(tail::run);
        return tail;
    }

    private void run() {
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer()) {
            String topic = Topics.CALL_EVENTS.name();
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            if (wanted == null) {
                consumer.seekToEnd(partitions);
            } else {
                consumer.seekToBeginning(partitions);
            }
            while (!stopped) {
                consumer.poll(Duration.ofMillis(200)).forEach(this::line);
            }
        }
    }

    private void line(ConsumerRecord<String, byte[]> record) {
        if (wanted != null && !wanted.toString().equals(record.key())) {
            return;
        }
        try {
            lines.accept(describe(Topics.CALL_EVENTS.codec().decode(record.value())));
        } catch (UndecodableException e) {
            lines.accept(
                    "unreadable record at partition "
                            + record.partition()
                            + " offset "
                            + record.offset()
                            + ": "
                            + e.getMessage());
        }
    }

    /// One event for people.
    static String describe(EventRecord event) {
        var result = event.result();
        return String.format(
                Locale.ROOT,
                "%s  %s  #%-3d %s%s%s",
                TIME.format(event.time()),
                event.connection() == null ? event.call() : event.connection(),
                event.sequence(),
                event.event(),
                result == null ? "" : "  " + result.code() + "/" + result.subCode(),
                event.operationContext() == null ? "" : "  context=" + event.operationContext());
    }

    @Override
    public void close() {
        stopped = true;
    }
}
