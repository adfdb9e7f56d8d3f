package io.strowger.orchestrator.core.call;

import java.time.Duration;

/// How long things may take, and how many there may be.
///
/// @param ringTimeout for an outbound call
/// @param incomingRingTimeout for a call to an application
/// @param maxDuration of a call
/// @param maxConcurrent calls of one application at a time; 0: any number
/// @param endedRetention how long an ended call is remembered
/// @param repeatabilityRetention and one that a repeatable request made
/// @param recordingRetention how long finished files are kept
public record Limits(
        Duration ringTimeout,
        Duration incomingRingTimeout,
        Duration maxDuration,
        int maxConcurrent,
        Duration endedRetention,
        Duration repeatabilityRetention,
        Duration recordingRetention) {
    /// The worker ends the ringing by itself; this much later we do.
    static final Duration RING_BACKSTOP = Duration.ofSeconds(10);

    /// From asking all legs to end to giving them up.
    static final Duration DISCONNECTING = Duration.ofSeconds(5);

    /// How long a call whose worker is lost waits for another one.
    static final Duration FAILOVER = Duration.ofSeconds(10);

    /// How long a worker that leaves serves phones that do not turn to the new one, which speaks to
    /// them by then.
    static final Duration HAND_OVER = Duration.ofSeconds(5);

    /// A worker is found lost this long after it fell silent, at most: what it may not have played
    /// any more is played again.
    static final Duration UNHEARD = Duration.ofSeconds(2);

    /// From telling the worker to answer a caller to giving up.
    static final Duration ANSWERING = Duration.ofSeconds(40);

    /// People who are in a call or rung, at once.
    static final int PARTICIPANTS = 350;

    /// ... and in all its life.
    static final int LEGS = 2_000;

    /// Answers remembered a call, beside its first: to requests that a client may repeat under the
    /// same id. Some 100 to 600 bytes each of a record that is written at each change of the call.
    static final int REPEATABLE_ANSWERS = 256;

    /// ... and to all others, which only the platform itself may ask twice, within seconds.
    static final int REMEMBERED_ANSWERS = 32;

    /// Operations that may wait in a call.
    static final int OPERATIONS = 64;

    /// Characters of prompts and contexts that may wait in a call: its state is one record of the
    /// log, and a record that is too large could never be written.
    static final long WAITING_CHARACTERS = 500_000;

    /// From telling the worker to end a recording to finishing with what reached Kafka.
    static final Duration RECORDING_STOP = Duration.ofSeconds(30);

    /// Recordings of a call in all its life.
    static final int RECORDINGS = 64;

    /// Pauses of a recording.
    static final int PAUSES = 500;

    /// Gaps of a recording that a call remembers.
    static final int LOSSES = 200;

    /// A creation that is older was given up by its gateway: nobody waits for it any more.
    static final Duration STALE_CREATION = Duration.ofSeconds(60);
}
