package io.strowger.worker.core.lease;

import java.time.Duration;

/// What a worker may do, by the age of its last acknowledged heartbeat. The orchestrator gives a
/// silent worker up and lets another one carry its calls, so a worker that cannot be heard must
/// stop by itself, and must not hang up: the peers may be talking to its successor.
///
/// @param admitFor without an acknowledgement, new calls are taken this long
/// @param speakFor and media is sent this long; longer than `admitFor`
public record Lease(Duration admitFor, Duration speakFor) {
    /// What is still allowed.
    public enum Right {
        /// All.
        FULL,
        /// Running calls go on, new ones are refused.
        NO_NEW_CALLS,
        /// Nothing: all media stops, and the worker starts afresh with a new epoch.
        NONE
    }

    public Lease {
        if (speakFor.compareTo(admitFor) < 0) {
            throw new IllegalArgumentException("a worker speaks at least as long as it admits");
        }
    }

    /// @param ackedAtNs when the last acknowledged heartbeat was sent, steady clock
    public Right at(long ackedAtNs, long nowNs) {
        long ageNs = nowNs - ackedAtNs;
        if (ageNs <= admitFor.toNanos()) {
            return Right.FULL;
        }
        return ageNs <= speakFor.toNanos() ? Right.NO_NEW_CALLS : Right.NONE;
    }
}
