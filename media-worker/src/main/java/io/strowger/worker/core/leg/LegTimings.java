package io.strowger.worker.core.leg;

import java.time.Duration;

/// How long a leg waits.
///
/// @param attempt for the first sign of life of a trunk, before the next one is tried
/// @param cancelGuard for the end of a cancelled INVITE, before the leg is reported as ended
/// @param t1 RFC 3261 T1
/// @param t2 RFC 3261 T2
/// @param linger for late messages of an ended leg
public record LegTimings(
        Duration attempt, Duration cancelGuard, Duration t1, Duration t2, Duration linger) {
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
