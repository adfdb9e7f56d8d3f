package io.strowger.contracts.media;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.placement.Placement;

/// The value of `media.commands`, written to the partition of the placed worker.
///
/// @param orderSequence grows within one placement of the call, from 1: a worker drops what it has
///   seen
public record MediaOrder(
        ServerCallId call, Placement placement, long orderSequence, MediaCommand command) {}
