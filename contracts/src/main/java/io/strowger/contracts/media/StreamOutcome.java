package io.strowger.contracts.media;

/// How a stream ended.
public enum StreamOutcome {
    /// It was told to end.
    STOPPED,
    /// The address is not to be connected to, or the application refused the request: 400, 404...
    BAD_REQUEST,
    /// 401.
    UNAUTHORIZED,
    /// 403.
    FORBIDDEN,
    /// 408 or 504, or no answer in time.
    TIMEOUT,
    /// 429.
    TOO_MANY_REQUESTS,
    /// No connection was ever made.
    UNREACHABLE,
    /// The connection broke and could not be made again.
    INTERRUPTED,
    /// The application closed the connection as one that has done its work (1000, RFC 6455 7.4.1).
    CLOSED_BY_PEER,
    /// Something broke in the worker.
    FAILED
}
