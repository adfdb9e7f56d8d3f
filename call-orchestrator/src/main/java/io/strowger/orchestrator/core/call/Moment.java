package io.strowger.orchestrator.core.call;

import io.strowger.contracts.media.Placement;
import io.strowger.orchestrator.core.directory.Directory;
import java.time.Instant;
import java.util.Optional;

/// What a decision needs beside the state and the input.
///
/// @param now read once a batch
/// @param candidate where a new call would be placed; empty: no worker has room
public record Moment(Instant now, House house, Optional<Placement> candidate) {
    /// What is the same for all decisions of an installation.
    public record House(Limits limits, Directory directory, ContextSeal contexts) {}

    /// Makes `incomingCallContext`.
    public interface ContextSeal {
        String seal(io.strowger.contracts.id.ServerCallId call, Instant expiresAt);
    }

    Limits limits() {
        return house.limits();
    }
}
