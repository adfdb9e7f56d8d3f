package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.Moment.House;
import io.strowger.orchestrator.core.partition.CallPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// One turn after the other: poll, decide each record in order, then the last state of each touched
/// call, all events, orders and replies, and the offsets in one transaction. Keeps no memory that
/// the log does not have: drop it and restore. For one thread.
public final class Coordinator {
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final int TIMERS_A_TURN = 500;

    /// Records that changed nothing and would be read again at a restart.
    private static final int MOST_UNSETTLED = 1000;

    private static final int LOST_CALLS_A_TURN = 200;
    private final TransactionalLog log;
    private final House house;
    private final Supplier<Optional<Placement>> candidates;
    private final Suspects suspects;
    private final CoordinatorEvents observer;
    private final CallStateCodec stateCodec = new CallStateCodec();
    private final Map<Integer, CallPartition> partitions = new HashMap<>();
    private final Queue<LostCall> lost = new ArrayDeque<>();

    private int unsettled;

    private record LostCall(int partition, ServerCallId call, Placement placement) {}

    /// @param candidates where a new call would go now
    /// @param suspects inputs that broke an earlier life
    public Coordinator(
            TransactionalLog log,
            House house,
            Supplier<Optional<Placement>> candidates,
            Suspects suspects,
            CoordinatorEvents observer) {
        this.log = log;
        this.house = house;
        this.candidates = candidates;
        this.suspects = suspects;
        this.observer = observer;
    }

    /// Takes a partition over with the calls that the log has.
    public void own(int partition, CallPartition calls) {
        partitions.put(partition, calls);
    }

    /// Lets a partition go. What was decided is in the log.
    public void disown(int partition) {
        partitions.remove(partition);
        lost.removeIf(call -> call.partition == partition);
    }

    /// Looks for calls whose worker is gone; they are dealt with in the coming turns. What counts
    /// is where calls are and who beats now, not when someone was found missing: so a call that is
    /// restored after its worker was lost is found, too.
    public void giveUp(Predicate<Placement.Process> gone) {
        if (!lost.isEmpty()) {
            return; // still at it
        }
        partitions.forEach((number, calls) ->
                calls.processes().stream()
                        .filter(gone)
                        .flatMap(process -> calls.placedAt(process).stream())
                        .forEach(call ->
                                calls.state(call)
                                        .placement()
                                        .ifPresent(
                                                at -> lost.add(new LostCall(number, call, at)))));
    }

    public int liveCalls() {
        return partitions.values().stream().mapToInt(CallPartition::liveCalls).sum();
    }

    /// How long a poll may last before a timer is due.
    public Duration patience(Instant now) {
        if (!lost.isEmpty()) {
            return Duration.ZERO;
        }
        Instant next =
                partitions.values().stream()
                        .map(CallPartition::nextDue)
                        .min(Instant::compareTo)
                        .orElse(Instant.MAX);
        if (next.isAfter(now.plus(LONGEST_POLL))) {
            return LONGEST_POLL;
        }
        return next.isBefore(now) ? Duration.ZERO : Duration.between(now, next);
    }

    /// One turn.
    ///
    /// @param clock asked after the poll, once
    public void turn(Instant before, Supplier<Instant> clock) {
        List<ConsumerRecord<String, byte[]>> records = log.poll(patience(before));
        Instant now = clock.get();
        Turn turn = new Turn(now, house, candidates, partitions, suspects, observer, stateCodec);
        try {
            take(turn, records, now);
        } finally {
            turn.over();
        }
    }

    private void take(Turn turn, List<ConsumerRecord<String, byte[]>> records, Instant now) {
        records.forEach(turn::record);
        partitions.forEach((number, calls) ->
                calls.takeDue(now, TIMERS_A_TURN).forEach(due -> turn.timer(number, due)));
        for (int i = 0; i < LOST_CALLS_A_TURN && !lost.isEmpty(); i++) {
            LostCall next = lost.remove();
            turn.lost(next.partition, next.call, next.placement);
        }
        unsettled += records.size();
        if (turn.finish(log, records.size(), unsettled >= MOST_UNSETTLED)) {
            unsettled = 0;
        }
    }
}
