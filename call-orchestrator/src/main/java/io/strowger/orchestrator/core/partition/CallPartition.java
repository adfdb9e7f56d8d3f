package io.strowger.orchestrator.core.partition;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.CallEvent;
import io.strowger.orchestrator.core.call.CallEvolution;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.call.CallState.NotCreated;
import io.strowger.orchestrator.core.call.TimerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/// The calls of one partition in memory. Timers are part of each call's state; the queue here only
/// says which to look at next and is rebuilt at a restore. For one thread.
public final class CallPartition {
    private static final CallState NOT_CREATED = new NotCreated();
    private final Map<ServerCallId, CallState> states = new HashMap<>();
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final Map<Placement.Process, Integer> placed = new HashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private int live;

    /// A timer that is, or was, set.
    public record Due(ServerCallId call, TimerName name, Instant at) {}

    /// Takes over a state read from the log; the last one of a call counts. No timer runs until
    /// [#arm].
    public void follow(ServerCallId call, CallState state) {
        put(call, state);
    }

    /// The timers of all calls run from now on.
    public void arm() {
        queue.clear();
        states.forEach((call, state) ->
                state.timers().forEach((name, at) -> queue.add(new Due(call, name, at))));
    }

    /// The state was deleted from the log.
    public void forget(ServerCallId call) {
        put(call, NOT_CREATED);
    }

    public CallState state(ServerCallId call) {
        return states.getOrDefault(call, NOT_CREATED);
    }

    /// Applies decided facts.
    ///
    /// @return the state after them
    public CallState apply(ServerCallId call, List<CallEvent> events) {
        CallState before = state(call);
        CallState after = before;
        for (CallEvent event : events) {
            after = CallEvolution.evolve(after, event);
        }
        put(call, after);
        Map<TimerName, Instant> known = before.timers();
        after.timers()
                .forEach((name, at) -> {
                    if (!at.equals(known.get(name))) {
                        queue.add(new Due(call, name, at));
                    }
                });
        return after;
    }

    private void put(ServerCallId call, CallState state) {
        CallState before =
                state instanceof NotCreated ? states.remove(call) : states.put(call, state);
        live += (state.isGoingOn() ? 1 : 0) - (before != null && before.isGoingOn() ? 1 : 0);
        if (before != null) {
            before.placement().ifPresent(at -> count(placed, at.process(), -1));
            before.countsFor().ifPresent(application -> count(running, application, -1));
        }
        state.placement().ifPresent(at -> count(placed, at.process(), 1));
        state.countsFor().ifPresent(application -> count(running, application, 1));
    }

    /// Takes the timers that are due and still set, oldest first.
    ///
    /// @param most how many at most
    public List<Due> takeDue(Instant now, int most) {
        List<Due> due = new ArrayList<>();
        while (due.size() < most && !queue.isEmpty() && !queue.peek().at().isAfter(now)) {
            Due next = queue.remove();
            if (next.at().equals(state(next.call()).timers().get(next.name()))) {
                due.add(next);
            }
        }
        return due;
    }

    /// When the next timer may be due; [Instant#MAX]: none is set.
    public Instant nextDue() {
        Due next = queue.peek();
        return next == null ? Instant.MAX : next.at();
    }

    private static <K> void count(Map<K, Integer> counts, K key, int change) {
        int calls = counts.getOrDefault(key, 0) + change;
        if (calls == 0) {
            counts.remove(key);
        } else {
            counts.put(key, calls);
        }
    }

    /// Calls of an application that go on.
    public int running(String application) {
        return running.getOrDefault(application, 0);
    }

    /// Calls of each application that has one.
    public Map<String, Integer> running() {
        return Map.copyOf(running);
    }

    /// Where calls are placed.
    public Set<Placement.Process> processes() {
        return Set.copyOf(placed.keySet());
    }

    /// Calls whose media is there. Looks at all calls: for when a worker was lost.
    public List<ServerCallId> placedAt(Placement.Process process) {
        return states.entrySet().stream()
                .filter(entry ->
                        entry.getValue()
                                .placement()
                                .filter(one -> one.process().equals(process))
                                .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Calls that are not over.
    public int liveCalls() {
        return live;
    }
}
