package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/// Reads the calls of partitions back from `call.state`, as far as the standby does not have them.
/// Somebody waits for each of them, so all are read in one go, only the last state of a call is
/// decoded, and that on all cores.
final class StateRestore {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PATIENCE_S = 30;
    private final KafkaClients kafka;
    private final Standby standby;
    private final TransactionalLog log;
    private final CoordinatorEvents observer;
    private final StateReader states = new StateReader();

    /// A partition as it was read.
    ///
    /// @param end all below it is known
    record Restored(CallPartition calls, long end) {}

    StateRestore(
            KafkaClients kafka, Standby standby, TransactionalLog log, CoordinatorEvents observer) {
        this.kafka = kafka;
        this.standby = standby;
        this.log = log;
        this.observer = observer;
    }

    /// Blocks until the end of the log as it is now, what is not committed yet included: it is
    /// waited for until it is, or is taken back. A state that cannot be read costs its call, not
    /// the partition: it becomes a dead letter at each restore and the call is unknown meanwhile.
    /// It stays in the topic, so that a process that can read it, such as a newer one, finds the
    /// call again.
    Map<Integer, Restored> restore(Collection<Integer> numbers) {
        if (numbers.isEmpty()) {
            return Map.of();
        }
        Map<Integer, CallPartition> partitions = new HashMap<>();
        Map<TopicPartition, Standby.Copy> copies = new HashMap<>();
        Map<String, ConsumerRecord<String, byte[]>> last = new LinkedHashMap<>();
        for (int number : numbers) {
            Standby.Copy copy = standby.take(number);
            copies.put(new TopicPartition(Topics.CALL_STATE.name(), number), copy);
            partitions.put(number, copy.calls);
            copy.fresh().forEach(record -> last.put(key(record), record));
        }
        Map<TopicPartition, Long> ends = readOn(copies, last);
        List<StateReader.Found> found = last.values().parallelStream().map(states::read).toList();
        for (StateReader.Found one : found) {
            CallPartition calls = partitions.get(one.record().partition());
            if (calls != null) {
                one.into(calls);
            }
            String fault = one.fault();
            if (fault != null) {
                log.send(DeadLetters.of(one.record(), fault));
                observer.deadLetter(one.record(), fault);
            }
        }
        Map<Integer, Restored> restored = new HashMap<>();
        ends.forEach((source, end) -> {
            CallPartition calls = partitions.get(source.partition());
            if (calls != null) {
                calls.arm();
                restored.put(source.partition(), new Restored(calls, end));
            }
        });
        return restored;
    }

    private static String key(ConsumerRecord<String, byte[]> record) {
        return record.partition() + "/" + record.key();
    }

    /// @return where each was read to
    private Map<TopicPartition, Long> readOn(
            Map<TopicPartition, Standby.Copy> copies,
            Map<String, ConsumerRecord<String, byte[]>> last) {
        Map<TopicPartition, Long> ends = ends(copies.keySet());
        try (KafkaConsumer<String, byte[]> reader = kafka.bulkConsumer()) {
            reader.assign(copies.keySet());
            copies.forEach((source, copy) ->
                    copy.position()
                            .ifPresentOrElse(
                                    position -> reader.seek(source, position),
                                    () -> reader.seekToBeginning(List.of(source))));
            while (ends.entrySet().stream()
                    .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    last.put(key(record), record);
                }
            }
            Map<TopicPartition, Long> readTo = new HashMap<>();
            copies.keySet().forEach(source -> readTo.put(source, reader.position(source)));
            return readTo;
        }
    }

    /// Also of what is not committed: a commit of the last owner may be certain before readers are
    /// shown it, in each partition at another moment.
    private Map<TopicPartition, Long> ends(Collection<TopicPartition> sources) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        sources.forEach(source -> asked.put(source, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        try (Admin admin = kafka.admin()) {
            admin.listOffsets(asked)
                    .all()
                    .get(PATIENCE_S, TimeUnit.SECONDS)
                    .forEach((source, end) -> ends.put(source, end.offset()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the end of call.state cannot be asked for", e);
        }
        return ends;
    }
}
