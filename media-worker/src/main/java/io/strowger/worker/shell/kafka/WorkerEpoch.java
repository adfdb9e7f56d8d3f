package io.strowger.worker.shell.kafka;

import io.strowger.contracts.media.MediaOrder;
import java.util.concurrent.atomic.AtomicLong;

/// The epoch of this worker's present life. Orders of other epochs are not for it. Safe for use by
/// many threads.
public final class WorkerEpoch {
    private final AtomicLong epoch;

    /// @param first larger than that of any earlier process in this worker's place
    public WorkerEpoch(long first) {
        this.epoch = new AtomicLong(first);
    }

    /// One above every earlier one, whatever the clock did in between.
    ///
    /// @param last of an earlier process in this worker's place; 0: there was none
    /// @param nowMs wall clock
    public static WorkerEpoch above(long last, long nowMs) {
        return new WorkerEpoch(Math.max(nowMs, last + 1));
    }

    /// Whether the order is for this life: others were given to a process that is gone.
    public boolean isFor(MediaOrder order) {
        return order.placement().workerEpoch() == get();
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
