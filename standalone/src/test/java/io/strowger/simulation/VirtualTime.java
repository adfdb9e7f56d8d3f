package io.strowger.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/// The one queue of all that is to happen. What is due at the same moment happens in the order it
/// was asked for. May be run from inside a task: that is how a process is held up in the middle of
/// a step while the others go on.
final class VirtualTime implements InstantSource {
    static final long MS = 1_000_000;
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long nowNs;
    private long number;

    private record Due(long atNs, long number, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return atNs != other.atNs
                    ? Long.compare(atNs, other.atNs)
                    : Long.compare(number, other.number);
        }
    }

    /// Steady, from 0.
    long nowNs() {
        return nowNs;
    }

    long nowMs() {
        return nowNs / MS;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nowNs);
    }

    void after(long delayMs, Runnable task) {
        at(nowMs() + delayMs, task);
    }

    /// @param atMs not before now
    void at(long atMs, Runnable task) {
        queue.add(new Due(Math.max(nowNs, atMs * MS), number++, task));
    }

    /// Lets everything happen that is due up to this moment.
    void runUntil(long untilMs) {
        while (!queue.isEmpty() && queue.peek().atNs <= untilMs * MS) {
            Due next = queue.remove();
            nowNs = Math.max(nowNs, next.atNs);
            next.task.run();
        }
        nowNs = Math.max(nowNs, untilMs * MS);
    }
}
