package io.strowger.simulation;

import io.strowger.contracts.kafka.Codec;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.WorkerReport;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/// The log: what was committed, in the order of its partition, each record seen by readers a moment
/// after it was written. Who reads is woken when there is something to read.
final class SimKafka {
    static final int PARTITIONS = 2;
    private final World world;
    private final SplittableRandom random;
    private final int longestDelayMs;
    private final Map<TopicPartition, Partition> partitions = new LinkedHashMap<>();
    private final Map<String, List<ConsumerRecord<String, byte[]>>> topics = new LinkedHashMap<>();
    private final Map<String, Map<TopicPartition, Long>> committed = new LinkedHashMap<>();
    private final Map<byte[], WorkerReport> heartbeats = new IdentityHashMap<>();
    private long downUntilMs;

    private static final class Partition {
        final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        final List<Long> visibleAtMs = new ArrayList<>();
        final List<Reader> readers = new ArrayList<>();
    }

    /// Somebody who waits for records.
    private record Reader(SimProcess process, Runnable wake) {}

    /// @param longestDelayMs from a write to its first reader
    SimKafka(World world, SplittableRandom random, int longestDelayMs) {
        this.world = world;
        this.random = random;
        this.longestDelayMs = longestDelayMs;
    }

    boolean isUp() {
        return world.time.nowMs() >= downUntilMs;
    }

    void goDown(long ms) {
        world.trace("kafka", () -> "is away for " + ms + " ms");
        downUntilMs = Math.max(downUntilMs, world.time.nowMs() + ms);
    }

    /// Where a record belongs that names no partition.
    static int partitionOf(String key) {
        return Math.floorMod(key.hashCode(), PARTITIONS);
    }

    /// @return the record's offset
    long append(ProducerRecord<String, byte[]> record) {
        int number = record.partition() == null ? partitionOf(record.key()) : record.partition();
        TopicPartition name = new TopicPartition(record.topic(), number);
        Partition partition = partition(name);
        long offset = partition.records.size();
        long visibleAtMs = world.time.nowMs() + 1 + random.nextInt(longestDelayMs);
        if (offset > 0) {
            visibleAtMs = Math.max(visibleAtMs, partition.visibleAtMs.getLast());
        }
        partition.records.add(consumed(record, name, offset));
        partition.visibleAtMs.add(visibleAtMs);
        topics.computeIfAbsent(record.topic(), unused -> new ArrayList<>())
                .add(partition.records.getLast());
        world.judge.written(partition.records.getLast());
        partition.readers.removeIf(reader -> !reader.process.isAlive());
        for (Reader reader : partition.readers) {
            world.time.at(visibleAtMs, () -> reader.process.run(reader.wake));
        }
        return offset;
    }

    /// A heartbeat: there are so many that they are kept as they are, unencoded.
    void append(WorkerReport report) {
        byte[] name = new byte[0];
        heartbeats.put(name, report);
        append(
                new ProducerRecord<>(
                        Topics.MEDIA_WORKERS.name(),
                        0,
                        Integer.toString(report.worker().ordinal()),
                        name));
    }

    WorkerReport heartbeat(ConsumerRecord<String, byte[]> record) {
        return Objects.requireNonNull(heartbeats.get(record.value()));
    }

    private static ConsumerRecord<String, byte[]> consumed(
            ProducerRecord<String, byte[]> record, TopicPartition at, long offset) {
        return new ConsumerRecord<>(
                at.topic(),
                at.partition(),
                offset,
                0L,
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers()),
                Optional.empty());
    }

    /// From now on `wake` is run when there is something to read.
    void listen(TopicPartition name, SimProcess process, Runnable wake) {
        partition(name).readers.add(new Reader(process, wake));
    }

    /// What can be read.
    List<ConsumerRecord<String, byte[]>> read(TopicPartition name, long from) {
        Partition partition = partition(name);
        int to = (int) from;
        while (to < partition.records.size()
                && partition.visibleAtMs.get(to) <= world.time.nowMs()) {
            to++;
        }
        return List.copyOf(partition.records.subList((int) from, to));
    }

    /// All there is, to be read or not.
    List<ConsumerRecord<String, byte[]>> all(TopicPartition name) {
        return partition(name).records;
    }

    /// Where the next record will be.
    long end(TopicPartition name) {
        return partition(name).records.size();
    }

    /// All there is of a topic, as it was written.
    List<ConsumerRecord<String, byte[]>> all(String topic) {
        return topics.getOrDefault(topic, List.of());
    }

    long offset(String group, TopicPartition partition) {
        return committed.getOrDefault(group, Map.of()).getOrDefault(partition, 0L);
    }

    void commit(String group, Map<TopicPartition, Long> offsets) {
        committed.computeIfAbsent(group, unused -> new LinkedHashMap<>()).putAll(offsets);
    }

    private Partition partition(TopicPartition name) {
        return partitions.computeIfAbsent(name, unused -> new Partition());
    }

    static <V> V decoded(Codec<V> codec, byte @Nullable [] value) {
        if (value == null) {
            throw new AssertionError("no value");
        }
        try {
            return codec.decode(value);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }
}
