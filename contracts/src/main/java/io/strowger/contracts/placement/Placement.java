package io.strowger.contracts.placement;

import io.strowger.contracts.id.WorkerId;

/// Where the media of a call is: one process of one worker. Everything that is told to or reported
/// by a worker carries it, so that a process that was given up is recognised.
///
/// @param worker whose partition of `media.commands` is written
/// @param workerEpoch of the worker's process: grows with each start
/// @param placementEpoch grows by one each time this call is placed anew; 1 at first
public record Placement(WorkerId worker, long workerEpoch, int placementEpoch) {
    /// One process of a worker.
    public record Process(WorkerId worker, long epoch) {}

    /// The process that the call is placed at.
    public Process process() {
        return new Process(worker, workerEpoch);
    }

    /// The same process, for another call or another time.
    public Placement withPlacementEpoch(int epoch) {
        return new Placement(worker, workerEpoch, epoch);
    }
}
