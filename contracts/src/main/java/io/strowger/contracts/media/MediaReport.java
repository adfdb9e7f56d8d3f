package io.strowger.contracts.media;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.placement.Placement;
import java.time.Instant;

/// The value of `media.events`.
///
/// @param placement as in the order that this belongs to; of another placement than the call's
///   present one: ignored
/// @param at when it happened at the worker
public record MediaReport(ServerCallId call, Placement placement, Instant at, MediaEvent event) {}
