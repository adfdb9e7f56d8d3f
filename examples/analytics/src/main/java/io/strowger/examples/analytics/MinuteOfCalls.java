package io.strowger.examples.analytics;

import io.strowger.contracts.event.CallRecord;
import java.time.Duration;
import java.time.Instant;

/// The calls of one number prefix that ended within one minute.
///
/// @param calls that ended
/// @param answered of them
/// @param talkSeconds of those, from the first answer to the end
public record MinuteOfCalls(long calls, long answered, long talkSeconds) {
    static final MinuteOfCalls NONE = new MinuteOfCalls(0, 0, 0);

    MinuteOfCalls plus(CallRecord record) {
        Instant answeredAt = record.answeredAt();
        if (answeredAt == null) {
            return new MinuteOfCalls(calls + 1, answered, talkSeconds);
        }
        return new MinuteOfCalls(
                calls + 1,
                answered + 1,
                talkSeconds + Duration.between(answeredAt, record.endedAt()).toSeconds());
    }

    /// 0..1; of no calls it is 0.
    public double answerRate() {
        return calls == 0 ? 0 : (double) answered / calls;
    }
}
