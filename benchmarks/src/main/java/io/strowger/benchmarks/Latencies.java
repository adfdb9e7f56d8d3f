package io.strowger.benchmarks;

import java.util.Arrays;

/// Collects durations and tells their percentiles. Safe for use by many threads.
final class Latencies {
    private long[] nanos = new long[1024];
    private int size;

    synchronized void add(long durationNs) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = durationNs;
    }

    synchronized int count() {
        return size;
    }

    /// @param percent 0..100
    /// @return milliseconds; 0 when nothing was collected
    synchronized double percentileMs(double percent) {
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        int index = (int) Math.min(size - 1, Math.ceil(percent / 100 * size) - 1);
        return sorted[Math.max(0, index)] / 1e6;
    }
}
