package io.strowger.contracts.media;

/// Why speech could not be turned into text.
public enum SpeechFailure {
    /// No recogniser is set up.
    NOT_CONFIGURED,
    /// The recogniser took the request for a wrong one: a language or model that it has not...
    BAD_REQUEST,
    /// 401.
    UNAUTHORIZED,
    /// 403.
    FORBIDDEN,
    /// It did not answer in time.
    TIMEOUT,
    /// 429.
    TOO_MANY_REQUESTS,
    /// No connection could be made to it.
    UNREACHABLE,
    /// The connection to it broke.
    INTERRUPTED,
    /// It said something that could not be read, or broke itself.
    FAILED
}
