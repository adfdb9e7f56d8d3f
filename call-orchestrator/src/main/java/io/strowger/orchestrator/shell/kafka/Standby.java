package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Follows `call.state` of the partitions that other orchestrators own, on a thread of its own, so
/// that who takes one over reads only what was written last. A state is decoded when its call has
/// been quiet for a second: most are replaced before. All methods may be called by any thread.
final class Standby implements CrashOnlyLoop.Body {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final long QUIET_NS = Duration.ofSeconds(1).toNanos();
    private static final int DECODED_AT_ONCE = 500;
    private static final long BEGINNING = -1;
    private final KafkaClients kafka;
    private final int partitions;
    private final StateReader states = new StateReader();

    /// Of partitions that this process does not own. Guarded by `this`.
    private final Map<Integer, Copy> copies = new HashMap<>();

    /// What is known of a partition.
    static final class Copy {
        final CallPartition calls;

        /// Last records of calls, not decoded yet; who changed longest ago is first.
        private final Map<String, Fresh> fresh = new LinkedHashMap<>();

        /// Last records of calls that cannot be decoded.
        private final Map<String, ConsumerRecord<String, byte[]>> unreadable = new HashMap<>();

        /// All below it is in here.
        private long position;

        /// Whether the reader stands at `position`.
        private boolean placed;

        private Copy(CallPartition calls, long position) {
            this.calls = calls;
            this.position = position;
        }

        private record Fresh(ConsumerRecord<String, byte[]> record, long atNs) {}

        private void take(ConsumerRecord<String, byte[]> record, long nowNs) {
            String key = String.valueOf(record.key());
            unreadable.remove(key);
            fresh.remove(key);
            fresh.put(key, new Fresh(record, nowNs));
        }

        /// Where to read on; empty: from the beginning.
        Optional<Long> position() {
            return position == BEGINNING ? Optional.empty() : Optional.of(position);
        }

        /// What is to be read before what comes from `position` on.
        List<ConsumerRecord<String, byte[]>> fresh() {
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>(unreadable.values());
            fresh.values().forEach(one -> records.add(one.record));
            return records;
        }
    }

    /// @param partitions of `call.state`
    Standby(KafkaClients kafka, int partitions) {
        this.kafka = kafka;
        this.partitions = partitions;
    }

    /// Hands out what is known of a partition that becomes this process' own, and follows it no
    /// more.
    synchronized Copy take(int partition) {
        Copy copy = copies.remove(partition);
        return copy == null ? new Copy(new CallPartition(), BEGINNING) : copy;
    }

    /// A partition may go to somebody else, or come back at once.
    ///
    /// @param calls as they are in the log
    /// @param position below which nothing else is in the log
    synchronized void keep(int partition, CallPartition calls, long position) {
        copies.put(partition, new Copy(calls, position));
    }

    /// Follows all partitions but these.
    synchronized void followAllBut(Set<Integer> own) {
        copies.keySet().removeAll(own);
        for (int partition = 0; partition < partitions; partition++) {
            if (!own.contains(partition)) {
                copies.computeIfAbsent(
                        partition, unused -> new Copy(new CallPartition(), BEGINNING));
            }
        }
    }

    /// Calls of others that go on, as far as they would be there at once.
    synchronized int liveCalls() {
        return copies.values().stream().mapToInt(copy -> copy.calls.liveCalls()).sum();
    }

    @Override
    public void run(CrashOnlyLoop.Life life) {
        lift();
        life.ready(); // without it, a take-over takes longer: no reason to be asked nothing
        try (KafkaConsumer<String, byte[]> consumer = kafka.bulkConsumer()) {
            while (!life.stopping()) {
                place(consumer);
                if (consumer.assignment().isEmpty()) {
                    LockSupport.parkNanos(LOOK.toNanos());
                } else {
                    take(consumer, consumer.poll(LOOK));
                    decodeQuiet(System.nanoTime());
                }
            }
        }
    }

    private synchronized void lift() {
        copies.values().forEach(copy -> copy.placed = false);
    }

    /// The reader goes where copies are that it does not read yet.
    private synchronized void place(KafkaConsumer<String, byte[]> consumer) {
        Set<TopicPartition> wanted = new HashSet<>();
        copies.keySet().forEach(number -> wanted.add(partition(number)));
        if (!wanted.equals(consumer.assignment())) {
            consumer.assign(wanted);
        }
        copies.forEach((number, copy) -> {
            if (!copy.placed) {
                copy.placed = true;
                if (copy.position == BEGINNING) {
                    consumer.seekToBeginning(List.of(partition(number)));
                } else {
                    consumer.seek(partition(number), copy.position);
                }
            }
        });
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(Topics.CALL_STATE.name(), number);
    }

    /// A copy that was taken meanwhile, or begun anew, has nothing to do with these records.
    private synchronized void take(
            KafkaConsumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records) {
        long nowNs = System.nanoTime();
        for (TopicPartition partition : records.partitions()) {
            Copy copy = copies.get(partition.partition());
            if (copy != null && copy.placed) {
                records.records(partition).forEach(record -> copy.take(record, nowNs));
                copy.position = consumer.position(partition);
            }
        }
    }

    /// What cannot be read stays as it is: who takes the partition over makes it a dead letter.
    private synchronized void decodeQuiet(long nowNs) {
        int left = DECODED_AT_ONCE;
        for (Copy copy : copies.values()) {
            Iterator<Copy.Fresh> eldest = copy.fresh.values().iterator();
            while (left > 0 && eldest.hasNext()) {
                Copy.Fresh next = eldest.next();
                if (nowNs - next.atNs < QUIET_NS) {
                    break;
                }
                left--;
                eldest.remove();
                StateReader.Found found = states.read(next.record);
                if (found.fault() == null) {
                    found.into(copy.calls);
                } else {
                    copy.unreadable.put(String.valueOf(next.record.key()), next.record);
                }
            }
        }
    }
}
