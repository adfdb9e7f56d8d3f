package io.strowger.contracts.media;

/// How a recognition ended.
public enum RecognizeOutcome {
    MAX_TONES,
    STOP_TONE,
    /// A key made a choice.
    CHOICE_BY_TONE,
    /// A phrase made a choice.
    CHOICE_BY_SPEECH,
    /// Something was said.
    SPEECH,
    /// A key that makes no choice.
    WRONG_TONE,
    /// What was said makes no choice.
    NO_CHOICE_MATCHED,
    /// Somebody spoke and was not understood.
    NOT_UNDERSTOOD,
    /// Speech could not be turned into text, as [SpeechFailure] says.
    SPEECH_FAILED,
    /// Neither tone nor word came within the initial silence timeout.
    INITIAL_SILENCE,
    /// The next tone did not come in time; there may be tones.
    INTER_TONE_TIMEOUT,
    CANCELED,
    /// A prompt could not be downloaded or read.
    PROMPT_FAILED,
    /// The leg was gone, or something broke.
    FAILED
}
