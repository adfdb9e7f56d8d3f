package io.strowger.contracts.media;

/// How a recognition ended.
public enum RecognizeOutcome {
    MAX_TONES,
    STOP_TONE,
    /// No tone came within the initial silence timeout.
    INITIAL_SILENCE,
    /// The next tone did not come in time; there may be tones.
    INTER_TONE_TIMEOUT,
    CANCELED,
    /// A prompt could not be downloaded or read.
    PROMPT_FAILED,
    /// The leg was gone, or something broke.
    FAILED
}
