package io.strowger.orchestrator.core.call;

/// The timers that a call can have, at most one of each.
public enum TimerName {
    RING,
    MAX_DURATION,
    DISCONNECTING,
    RECORDING_STOP,
    RETENTION
}
