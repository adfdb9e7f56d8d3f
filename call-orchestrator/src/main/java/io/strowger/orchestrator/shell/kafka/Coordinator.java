package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.call.RunningCalls;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.CallInput;
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
import java.util.Set;
import java.util.function.Function;
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

    /// Calls that go from one worker to another: so many that all are soon elsewhere, so few that
    /// the others do not wait for them.
    private static final int DISPLACED_CALLS_A_TURN = 200;

    private final TransactionalLog log;
    private final House house;
    private final Surroundings others;
    private final Suspects suspects;
    private final CoordinatorEvents observer;
    private final CallStateCodec stateCodec = new CallStateCodec();
    private final Map<Integer, CallPartition> partitions = new HashMap<>();
    private final Queue<Displaced> displaced = new ArrayDeque<>();

    private int unsettled;

    private record Displaced(int partition, ServerCallId call, CallInput input) {}

    /// @param suspects inputs that broke an earlier life
    public Coordinator(
            TransactionalLog log,
            House house,
            Surroundings others,
            Suspects suspects,
            CoordinatorEvents observer) {
        this.log = log;
        this.house = house;
        this.others = others;
        this.suspects = suspects;
        this.observer = observer;
    }

    /// Takes a partition over with the calls that the log has.
    public void own(int partition, CallPartition calls) {
        partitions.put(partition, calls);
    }

    /// Lets a partition go. What was decided is in the log.
    ///
    /// @return its calls as they are there; empty: it was not owned
    public Optional<CallPartition> disown(int partition) {
        displaced.removeIf(call -> call.partition == partition);
        return Optional.ofNullable(partitions.remove(partition));
    }

    /// Looks for calls whose worker is gone, or wants to be left; they are dealt with in the coming
    /// turns, and found again until they are elsewhere. What counts is where calls are and who
    /// beats now, not when someone was found missing: so a call that is restored after its worker
    /// was lost is found, too.
    public void displace(Predicate<Placement.Process> gone, Predicate<Placement.Process> leaving) {
        if (!displaced.isEmpty()) {
            return; // still at it
        }
        partitions.forEach((number, calls) ->
                calls.processes()
                        .forEach(process -> {
                            if (gone.test(process)) {
                                displace(number, calls, process, CallInput.WorkerLost::new);
                            } else if (leaving.test(process)) {
                                displace(number, calls, process, CallInput.WorkerLeaving::new);
                            }
                        }));
    }

    private void displace(
            int number,
            CallPartition calls,
            Placement.Process process,
            Function<Placement, CallInput> input) {
        calls.placedAt(process)
                .forEach(call ->
                        calls.state(call)
                                .placement()
                                .map(input)
                                .ifPresent(one -> displaced.add(new Displaced(number, call, one))));
    }

    public int liveCalls() {
        return partitions.values().stream().mapToInt(CallPartition::liveCalls).sum();
    }

    /// The partitions that it owns.
    Set<Integer> owned() {
        return Set.copyOf(partitions.keySet());
    }

    /// How many calls of each application go on in each partition that is owned.
    Map<Integer, RunningCalls> running() {
        Map<Integer, RunningCalls> running = new HashMap<>();
        partitions.forEach(
                (number, calls) -> running.put(number, new RunningCalls(calls.running())));
        return running;
    }

    /// How long a poll may last before a timer is due.
    public Duration patience(Instant now) {
        if (!displaced.isEmpty()) {
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
        Turn turn = new Turn(now, house, others, partitions, suspects, observer, stateCodec);
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
        for (int i = 0; i < DISPLACED_CALLS_A_TURN && !displaced.isEmpty(); i++) {
            Displaced next = displaced.remove();
            turn.displaced(next.partition, next.call, next.input);
        }
        unsettled += records.size();
        if (turn.finish(log, records.size(), unsettled >= MOST_UNSETTLED)) {
            unsettled = 0;
        }
    }
}
