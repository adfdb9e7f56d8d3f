package io.strowger.contracts.recording;

/// `recordingState` of the API.
public enum RecordingState {
    ACTIVE,
    /// Paused, or over.
    INACTIVE
}
