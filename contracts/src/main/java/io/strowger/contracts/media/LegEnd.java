package io.strowger.contracts.media;

/// How a leg ended.
///
/// @param sipStatus final status of the INVITE (300..699), or 200 after an answered leg's BYE; 0:
///   no SIP answer at all
/// @param reason the peer's reason phrase, or ours
public record LegEnd(Cause cause, int sipStatus, String reason) {
    /// Who or what ended it.
    public enum Cause {
        /// The peer sent BYE.
        REMOTE_HANG_UP,
        /// We were told to hang up or to cancel.
        LOCAL_HANG_UP,
        /// The peer refused: busy, declined, unknown...
        REFUSED,
        /// It rang and nobody answered in time.
        NO_ANSWER,
        /// No route to the target: no trunk, no registration.
        NO_ROUTE,
        /// The peer was not reachable or answered nonsense.
        UNREACHABLE,
        /// No RTP came for too long, or the session timer ran out.
        MEDIA_LOST,
        /// This worker admits no more calls now.
        NO_CAPACITY,
        /// The worker itself failed.
        WORKER_FAILURE
    }
}
