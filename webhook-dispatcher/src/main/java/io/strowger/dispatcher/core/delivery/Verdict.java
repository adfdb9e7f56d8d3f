package io.strowger.dispatcher.core.delivery;

import java.time.Duration;

/// What an [Answer] means for the event.
public sealed interface Verdict {
    /// The longest `Retry-After` that is honoured.
    Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    /// Any 2xx.
    record Accepted() implements Verdict {}

    /// Try again, not before `atLeast` from now.
    record Retry(Duration atLeast, String reason) implements Verdict {}

    /// Never try this event again.
    record GiveUp(String reason) implements Verdict {}

    /// Never try an event of this connection there again: 410 Gone.
    record StopReceiver(String reason) implements Verdict {}

    /// Redirects are failures like any other: following one would hand the signed event to an
    /// address that nobody checked.
    static Verdict of(Answer answer) {
        return switch (answer) {
            case Answer.Responded(int status, var _) when status >= 200 && status < 300 ->
                    new Accepted();
            case Answer.Responded(int status, var _) when status == 410 ->
                    new StopReceiver("the receiver answered 410 Gone");
            case Answer.Responded(int status, var retryAfter) ->
                    new Retry(
                            retryAfter == null ? Duration.ZERO : clamped(retryAfter),
                            "the receiver answered " + status);
            case Answer.TimedOut() -> new Retry(Duration.ZERO, "no answer in time");
            case Answer.Unreachable(var reason) -> new Retry(Duration.ZERO, reason);
            case Answer.Refused(var reason) -> new GiveUp(reason);
        };
    }

    private static Duration clamped(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    }
}
