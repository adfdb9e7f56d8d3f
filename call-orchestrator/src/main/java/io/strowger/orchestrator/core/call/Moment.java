package io.strowger.orchestrator.core.call;

import io.strowger.contracts.media.Placement;
import java.time.Instant;
import java.util.Optional;

/// What a decision needs beside the state and the input.
///
/// @param now read once a batch
/// @param candidate where a new call would be placed; empty: no worker has room
public record Moment(Instant now, Limits limits, Optional<Placement> candidate) {}
