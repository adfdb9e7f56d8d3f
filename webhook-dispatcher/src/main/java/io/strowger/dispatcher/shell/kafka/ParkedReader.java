package io.strowger.dispatcher.shell.kafka;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.dispatcher.core.delivery.Effect;
import io.strowger.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Reads parked events back whose turn has come, on a thread of its own: all that are asked for at
/// one time in one pass over the log.
final class ParkedReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_NS = Duration.ofSeconds(30).toNanos();
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 1_000;
    private final KafkaClients kafka;
    private final Lanes lanes;
    private final Thread thread;
    private volatile boolean stopping;

    ParkedReader(KafkaClients kafka, Lanes lanes) {
        this.kafka = kafka;
        this.lanes = lanes;
        this.thread = Thread.ofPlatform().name("parked-reader").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer()) {
            while (!stopping) {
                Effect.Load first = lanes.loads().poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Effect.Load> wanted = new ArrayList<>(List.of(first));
                    lanes.loads().drainTo(wanted, MOST_AT_ONCE);
                    read(consumer, wanted);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | UndecodableException e) {
            lanes.fail(e);
        }
    }

    private void read(KafkaConsumer<String, byte[]> consumer, List<Effect.Load> wanted)
            throws UndecodableException {
        Map<Integer, TreeMap<Long, Effect.Load>> byPartition = new HashMap<>();
        for (Effect.Load load : wanted) {
            byPartition
                    .computeIfAbsent(load.partition(), unused -> new TreeMap<>())
                    .put(load.parkedOffset(), load);
        }
        for (Map.Entry<Integer, TreeMap<Long, Effect.Load>> entry : byPartition.entrySet()) {
            read(consumer, ParkedCodec.partition(entry.getKey()), entry.getValue());
        }
    }

    private void read(
            KafkaConsumer<String, byte[]> consumer,
            TopicPartition partition,
            TreeMap<Long, Effect.Load> wanted)
            throws UndecodableException {
        consumer.assign(List.of(partition));
        long giveUpNs = System.nanoTime() + PATIENCE_NS;
        while (!wanted.isEmpty() && !stopping) {
            consumer.seek(partition, wanted.firstKey());
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                Effect.Load load = wanted.remove(record.offset());
                if (load != null) {
                    EventRecord event = ParkedCodec.CODEC.decode(record.value()).event();
                    lanes.run((owned, now) -> owned.loaded(load, event, now));
                }
            }
            if (System.nanoTime() - giveUpNs > 0) {
                throw new IllegalStateException("a parked event is not where it was written");
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join(STOP);
    }
}
