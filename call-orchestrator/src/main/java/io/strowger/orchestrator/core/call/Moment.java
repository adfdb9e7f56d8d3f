package io.strowger.orchestrator.core.call;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.directory.Directory;
import java.time.Instant;
import java.util.Optional;

/// What a decision needs beside the state and the input.
///
/// @param now read once a batch
/// @param candidate where a call would be placed, if this decision places one; empty: no worker has
///   room
/// @param counts how many calls go on
public record Moment(Instant now, House house, Optional<Placement> candidate, Counts counts) {
    /// How many calls there are beside the one that is decided about.
    public interface Counts {
        /// Calls of an application that go on now.
        int running(String application);
    }

    /// What is the same for all decisions of an installation.
    ///
    /// @param newCalls the id of a call that begins in the course of another one, by a text that
    ///   names it
    public record House(
            Limits limits, Directory directory, ContextSeal contexts, CallNames newCalls) {}

    /// Makes ids of calls: the same for the same text.
    public interface CallNames {
        ServerCallId callFor(String text);
    }

    /// Makes `incomingCallContext`.
    public interface ContextSeal {
        String seal(ServerCallId call, Instant expiresAt);
    }

    Limits limits() {
        return house.limits();
    }
}
