package io.strowger.worker.core.leg;

import java.time.Duration;

/// How long a leg waits.
///
/// @param attempt for the first sign of life of a trunk, before the next one is tried
/// @param cancelGuard for the end of a cancelled INVITE, before the leg is reported as ended
/// @param t1 RFC 3261 T1
/// @param t2 RFC 3261 T2
/// @param linger for late messages of an ended leg
/// @param offer for a word about an incoming call, before it is refused
public record LegTimings(
        Duration attempt,
        Duration cancelGuard,
        Duration t1,
        Duration t2,
        Duration linger,
        Duration offer) {
    private static final Duration OFFER = Duration.ofSeconds(10);

    /// With the usual wait for a word about an incoming call.
    public LegTimings(
            Duration attempt, Duration cancelGuard, Duration t1, Duration t2, Duration linger) {
        this(attempt, cancelGuard, t1, t2, linger, OFFER);
    }

    /// What fits the public internet.
    public static LegTimings standard() {
        return new LegTimings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(4),
                Duration.ofSeconds(32));
    }
}
