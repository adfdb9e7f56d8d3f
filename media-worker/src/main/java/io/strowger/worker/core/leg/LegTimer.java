package io.strowger.worker.core.leg;

/// The timers of a leg; each runs at most once at a time.
public enum LegTimer {
    /// The target rings too long.
    RING,
    /// Nobody said what is to become of an incoming call.
    OFFER,
    /// The caller must hear again that it rings (RFC 3261 13.3.1.1).
    RINGING_AGAIN,
    /// The trunk has not said anything about our INVITE.
    ATTEMPT,
    /// Our CANCEL has not ended the INVITE.
    CANCEL_GUARD,
    /// Our 2xx to an INVITE has not been acknowledged (RFC 3261 13.3.1.4).
    ANSWER_AGAIN,
    /// The last worker of a leg serves it no more, whether its peer has turned here or not.
    STILL_SERVED,
    /// It is ours to refresh the session (RFC 4028 7.2, 10), or to send a re-INVITE again that met
    /// one of the peer (RFC 3261 14.1).
    SESSION_REFRESH,
    /// The peer has not refreshed the session in time.
    SESSION_EXPIRY,
    /// Late messages of the ended leg need no answer any more.
    LINGER
}
