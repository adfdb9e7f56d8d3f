package io.strowger.worker.core.lease;

import java.time.Duration;

/// What a worker may do, by the age of its last acknowledged heartbeat. The orchestrator gives a
/// silent worker up and lets another one carry its calls, so a worker that cannot be heard must
/// take care, and must not hang up: the peers may be talking to its successor.
///
/// It cannot tell whether it is cut off or Kafka is away for everybody. But its peers can: a phone
/// that was taken over speaks to the successor. So a worker that cannot be heard goes on speaking
/// to those that still speak to it.
///
/// @param admitFor without an acknowledgement, new calls are taken this long
/// @param speakFor and the peers are believed to be ours this long; longer than `admitFor`
public record Lease(Duration admitFor, Duration speakFor) {
    /// What is still allowed.
    public enum Right {
        /// All.
        FULL,
        /// Running calls go on, new ones are refused.
        NO_NEW_CALLS,
        /// Each leg goes on for as long as its peer is heard.
        ADRIFT,
        /// Nothing: this process was stopped for so long that others have its calls. What its
        /// sockets hold is old and proves nothing. All media stops, and the worker starts afresh
        /// with a new epoch.
        NONE
    }

    public Lease {
        if (speakFor.compareTo(admitFor) < 0) {
            throw new IllegalArgumentException("a worker speaks at least as long as it admits");
        }
    }

    /// @param ackedAtNs when the last acknowledged heartbeat was sent, steady clock
    /// @param lookedAtNs when this was asked before
    public Right at(long ackedAtNs, long lookedAtNs, long nowNs) {
        long ageNs = nowNs - ackedAtNs;
        if (ageNs <= admitFor.toNanos()) {
            return Right.FULL;
        }
        if (ageNs <= speakFor.toNanos()) {
            return Right.NO_NEW_CALLS;
        }
        return nowNs - lookedAtNs > speakFor.toNanos() ? Right.NONE : Right.ADRIFT;
    }
}
