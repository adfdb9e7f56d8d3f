package io.strowger.recording.core.spool;

/// Where audio is kept.
public enum Place {
    /// While it is recorded, and until the store has it.
    SPOOL,
    /// Once finished.
    STORE
}
