package io.strowger.contracts.media;

import io.strowger.contracts.id.WorkerId;
import java.time.Instant;

/// The value of `media.workers`: a worker's heartbeat.
///
/// @param epoch of this process: grows with each start
/// @param sipAddress host:port it is reached at
/// @param maxCalls it takes at most
/// @param calls it carries now
/// @param draining takes no new calls
/// @param at by the worker's clock, for people; age is judged by the reader's
public record WorkerReport(
        WorkerId worker,
        long epoch,
        String sipAddress,
        int maxCalls,
        int calls,
        boolean draining,
        Instant at) {}
