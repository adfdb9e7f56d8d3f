package io.strowger.simulation;

import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.orchestrator.core.call.CallEvent;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.call.Decision;
import io.strowger.orchestrator.core.call.Limits;
import io.strowger.orchestrator.core.call.Moment.House;
import io.strowger.orchestrator.core.directory.Directory;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.orchestrator.core.placement.Workers;
import io.strowger.orchestrator.shell.kafka.CallStateCodec;
import io.strowger.orchestrator.shell.kafka.Coordinator;
import io.strowger.orchestrator.shell.kafka.CoordinatorEvents;
import io.strowger.orchestrator.shell.kafka.Suspects;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// An orchestrator: the coordinator as it is, on a log that may fail at each of its steps, and what
/// it knows of the workers, read from their heartbeats.
final class SimOrchestrator extends SimProcess {
    private static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofHours(24),
                    0,
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(48));
    private static final Duration LOST_AFTER = Duration.ofMillis(1500);
    private static final long LAG_MS = 400;
    private static final long NEW_LIFE_MS = 300;
    private static final TopicPartition HEARTBEATS =
            new TopicPartition(Topics.MEDIA_WORKERS.name(), 0);
    private final SplittableRandom random;
    private final House house;
    private final Suspects suspects = new Suspects();
    private final Workers workers = new Workers(LOST_AFTER.toNanos());
    private final CallStateCodec codec = new CallStateCodec();
    private final long heartbeatsAtStart;
    private long heartbeatsRead;
    private long lookedMs;
    private long turnDueMs = Long.MAX_VALUE;
    private @Nullable SimTransactionalLog log;
    private @Nullable Coordinator coordinator;

    SimOrchestrator(World world, String name, SplittableRandom random) {
        super(world, name);
        this.random = random;
        this.house = house();
        this.heartbeatsAtStart = world.kafka.end(HEARTBEATS);
        this.lookedMs = world.time.nowMs();
    }

    private static House house() {
        return new House(
                LIMITS,
                new Directory(
                        Map.of(Caller.CALLED, Receivers.COMING),
                        Map.of(),
                        Set.of(),
                        false,
                        List.of(Receivers.GRID)),
                (call, expiresAt) -> call + " " + expiresAt,
                new CallIds(World.ID_KEY)::callFor);
    }

    void start() {
        world.trace(name, () -> "starts");
        live();
        look();
    }

    /// A life of the loop begins; nothing of the one before counts but the suspects.
    private void live() {
        log = new SimTransactionalLog(this, random.split());
        coordinator =
                new Coordinator(
                        log,
                        house,
                        () -> workers.choose(random, world.time.nowNs()),
                        suspects,
                        new Watcher());
        wake(0);
    }

    /// A turn is due when there are records, a timer is, or a poll would be over.
    private void wake(long inMs) {
        long dueMs = world.time.nowMs() + inMs;
        if (dueMs < turnDueMs) {
            turnDueMs = dueMs;
            later(
                    inMs,
                    () -> {
                        if (turnDueMs == dueMs) {
                            turnDueMs = Long.MAX_VALUE;
                            turn();
                        }
                    });
        }
    }

    void recordsCame() {
        wake(random.nextInt(10));
    }

    private void turn() {
        Coordinator present = coordinator;
        if (present == null) {
            return;
        }
        try {
            present.turn(world.time.instant(), world.time::instant);
            long patienceMs = present.patience(world.time.instant()).toMillis();
            wake(Math.max(1, patienceMs < 100 ? patienceMs : world.lookMs()));
        } catch (SimTransactionalLog.Broken e) {
            world.trace(name, () -> "begins anew: " + e.getMessage());
            endLife();
        } catch (Killed e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            world.judge.broken(name, e);
            endLife();
        }
    }

    private void endLife() {
        SimTransactionalLog present = log;
        if (present != null) {
            present.close();
        }
        log = null;
        coordinator = null;
        later(NEW_LIFE_MS, this::live);
    }

    /// Told inside a poll. Of each call the last state counts, as the topic is compacted.
    void own(int partition) {
        Map<String, ConsumerRecord<String, byte[]>> last = new LinkedHashMap<>();
        world.kafka
                .all(new TopicPartition(Topics.CALL_STATE.name(), partition))
                .forEach(record -> last.put(record.key(), record));
        CallPartition calls = new CallPartition();
        for (ConsumerRecord<String, byte[]> record : last.values()) {
            if (record.value() != null) {
                calls.follow(
                        ServerCallId.parse(record.key()), SimKafka.decoded(codec, record.value()));
            }
        }
        calls.arm();
        world.judge.restored(name, partition, calls);
        world.trace(name, () -> "owns partition " + partition);
        if (coordinator != null) {
            coordinator.own(partition, calls);
        }
    }

    /// Told inside a poll.
    void disown(int partition) {
        world.trace(name, () -> "gives partition " + partition + " away");
        if (coordinator != null) {
            coordinator.disown(partition);
        }
    }

    /// What the reader of the heartbeats does every 100 ms.
    private void look() {
        long nowNs = world.time.nowNs();
        if (hasKafka()) {
            readHeartbeats(nowNs);
        }
        if (workers.allSilent(nowNs) && !hasKafka()) {
            workers.wasBlind(nowNs);
        }
        if (heartbeatsRead >= heartbeatsAtStart) {
            workers.watching(nowNs);
            long sinceMs = world.time.nowMs() - lookedMs;
            boolean lagged = sinceMs > LAG_MS + world.lookMs();
            workers.takeLost(nowNs, lagged ? sinceMs * VirtualTime.MS : 0)
                    .forEach(lost -> {
                        world.trace(name, () -> "takes " + lost + " for lost");
                        world.judge.takenForLost(name, lost);
                    });
        }
        lookedMs = world.time.nowMs();
        if (coordinator != null) {
            coordinator.displace(
                    process -> workers.isGone(process, world.time.nowNs()), workers::isLeaving);
        }
        later(world.lookMs(), this::look);
    }

    private void readHeartbeats(long nowNs) {
        for (ConsumerRecord<String, byte[]> record : world.kafka.read(HEARTBEATS, heartbeatsRead)) {
            heartbeatsRead = record.offset() + 1;
            if (record.value() == null) {
                var _ = workers.left(new WorkerId(Integer.parseInt(record.key())));
            } else {
                workers.heard(
                                world.kafka.heartbeat(record),
                                nowNs,
                                record.offset() >= heartbeatsAtStart)
                        .forEach(lost -> world.trace(name, () -> "finds " + lost + " replaced"));
            }
        }
    }

    @Override
    void died() {
        coordinator = null;
    }

    /// Passes on what was decided, to be held against what is restored later.
    private final class Watcher implements CoordinatorEvents {
        @Override
        public void decided(CallRequest request, Decision decision) {
            // Answers are seen where they arrive.
        }

        @Override
        public void changed(
                ServerCallId call, CallState before, CallState after, List<CallEvent> events) {
            if (log != null) {
                log.changed(call, after);
            }
        }

        @Override
        public void deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
            world.judge.wrong("a dead letter of " + record.topic() + ": " + reason);
        }

        @Override
        public void skipped(String input, String reason) {
            world.judge.wrong(input + " was left out: " + reason);
        }

        @Override
        public void committed(int records) {
            // The log has seen it.
        }
    }
}
