package io.strowger.orchestrator.core.call;

import java.time.Duration;

/// How long things may take.
///
/// @param ringTimeout for an outbound call
/// @param maxDuration of a call
/// @param endedRetention how long an ended call is remembered
/// @param repeatabilityRetention and one that a repeatable request made
public record Limits(
        Duration ringTimeout,
        Duration maxDuration,
        Duration endedRetention,
        Duration repeatabilityRetention) {
    /// The worker ends the ringing by itself; this much later we do.
    static final Duration RING_BACKSTOP = Duration.ofSeconds(10);

    /// From asking all legs to end to giving them up.
    static final Duration DISCONNECTING = Duration.ofSeconds(5);

    /// Answers remembered a call, beside that of its creation.
    static final int REMEMBERED_ANSWERS = 32;

    /// Operations that may wait in a call.
    static final int OPERATIONS = 64;
}
