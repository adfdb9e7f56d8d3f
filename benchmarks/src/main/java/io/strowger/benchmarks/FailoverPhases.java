package io.strowger.benchmarks;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Codec;
import io.strowger.contracts.kafka.Topic;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Where the time goes while calls change workers, as the records of their orders and reports say.
/// All clocks are this machine's. For one thread.
final class FailoverPhases implements AutoCloseable {
    private static final Duration READ = Duration.ofSeconds(5);
    private static final String ORDERS = Topics.MEDIA_COMMANDS.name();
    private static final String REPORTS = Topics.MEDIA_EVENTS.name();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<ServerCallId, Instant> decided = new HashMap<>();
    private final Map<ServerCallId, Instant> carried = new HashMap<>();
    private final Map<ServerCallId, Instant> left = new HashMap<>();

    /// Of what is written from now on.
    FailoverPhases(String bootstrapServers) {
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(ORDERS, REPORTS)) {
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /// Reads what was written since the last time.
    void read() throws UndecodableException {
        decided.clear();
        carried.clear();
        left.clear();
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long deadlineNs = System.nanoTime() + READ.toNanos();
        while (System.nanoTime() - deadlineNs < 0
                && ends.entrySet().stream()
                        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                take(record);
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) throws UndecodableException {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        if (record.topic().equals(ORDERS)) {
            MediaOrder order = decoded(Topics.MEDIA_COMMANDS, record);
            if (order.command() instanceof MediaCommand.AdoptLeg) {
                decided.putIfAbsent(order.call(), at);
            } else if (order.command() instanceof MediaCommand.AbandonCall) {
                left.putIfAbsent(order.call(), at);
            }
        } else {
            MediaReport report = decoded(Topics.MEDIA_EVENTS, record);
            if (report.event() instanceof MediaEvent.LegAnswered) {
                carried.put(report.call(), report.at());
            }
        }
    }

    private static <V> V decoded(Topic<V> topic, ConsumerRecord<String, byte[]> record)
            throws UndecodableException {
        Codec<V> codec = topic.codec();
        return codec.decode(record.value());
    }

    /// From `since` until the new worker was ordered to take the call.
    Latencies decision(Instant since) {
        Latencies latencies = new Latencies();
        decided.values().forEach(at -> latencies.add(nanos(since, at)));
        return latencies;
    }

    /// From there until the last phone of the call had answered it.
    Latencies adoption() {
        return between(decided, carried);
    }

    /// From there until the worker before was told that it is not needed any more.
    Latencies farewell() {
        return between(carried, left);
    }

    private static Latencies between(
            Map<ServerCallId, Instant> from, Map<ServerCallId, Instant> to) {
        Latencies latencies = new Latencies();
        from.forEach((call, began) -> {
            Instant ended = to.get(call);
            if (ended != null) {
                latencies.add(nanos(began, ended));
            }
        });
        return latencies;
    }

    private static long nanos(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toNanos());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
