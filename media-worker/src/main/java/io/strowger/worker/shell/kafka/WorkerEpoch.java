package io.strowger.worker.shell.kafka;

import java.util.concurrent.atomic.AtomicLong;

/// The epoch of this worker's present life. Orders of other epochs are not for it. Safe for use by
/// many threads.
public final class WorkerEpoch {
    private final AtomicLong epoch;

    /// @param first larger than that of any earlier process in this worker's place
    public WorkerEpoch(long first) {
        this.epoch = new AtomicLong(first);
    }

    public long get() {
        return epoch.get();
    }

    /// Begins a new life.
    ///
    /// @param nowMs wall clock: keeps epochs growing over restarts
    public long next(long nowMs) {
        return epoch.updateAndGet(last -> Math.max(last + 1, nowMs));
    }
}
