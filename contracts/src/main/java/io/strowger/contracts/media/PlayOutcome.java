package io.strowger.contracts.media;

/// How a play ended.
public enum PlayOutcome {
    COMPLETED,
    CANCELED,
    /// A source could not be downloaded.
    FETCH_FAILED,
    /// A source is no audio that we can read.
    BAD_FORMAT,
    /// A text could not be spoken: no speech service, or it failed.
    SPEECH_FAILED,
    /// The legs were gone, or something broke.
    FAILED
}
