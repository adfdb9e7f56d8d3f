package io.strowger.dispatcher.core.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of one attempt to deliver an event.
public sealed interface Answer {
    /// The receiver answered.
    ///
    /// @param status of HTTP, 100..599
    /// @param retryAfter of its `Retry-After` (RFC 9110 10.2.3)
    record Responded(int status, @Nullable Duration retryAfter) implements Answer {}

    /// No answer within `webhooks.timeout`.
    record TimedOut() implements Answer {}

    /// No connection, or one that broke before the answer.
    record Unreachable(String reason) implements Answer {}

    /// Not tried at all, and never to be: the address is not allowed or no address.
    record Refused(String reason) implements Answer {}
}
