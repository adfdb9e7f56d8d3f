package io.strowger.orchestrator.core.call;

/// The timers that a call can have, at most one of each.
public enum TimerName {
    RING,
    MAX_DURATION,
    DISCONNECTING,
    /// Its worker is lost and no other has room.
    FAILOVER,
    /// A worker that leaves serves phones that do not turn to the new one.
    HAND_OVER,
    RECORDING_STOP,
    RETENTION
}
