package io.strowger.worker.core.leg;

/// The timers of a leg; each runs at most once at a time.
public enum LegTimer {
    /// The target rings too long.
    RING,
    /// The trunk has not said anything about our INVITE.
    ATTEMPT,
    /// Our CANCEL has not ended the INVITE.
    CANCEL_GUARD,
    /// Our 2xx to a re-INVITE has not been acknowledged (RFC 3261 13.3.1.4).
    ANSWER_AGAIN,
    /// It is ours to refresh the session (RFC 4028 7.2, 10).
    SESSION_REFRESH,
    /// The peer has not refreshed the session in time.
    SESSION_EXPIRY,
    /// Late messages of the ended leg need no answer any more.
    LINGER
}
