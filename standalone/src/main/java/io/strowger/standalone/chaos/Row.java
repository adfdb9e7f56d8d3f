package io.strowger.standalone.chaos;

import java.util.Locale;

/// What became of one call.
///
/// @param leg how its phones are reached
/// @param mediaGapMs the longest that one of its phones heard nothing; -1: no phone heard yet
/// @param eventsLost numbers that were skipped
/// @param eventsDoubled deliveries beyond the first
public record Row(
        Fault fault,
        CallState state,
        String leg,
        Outcome outcome,
        long mediaGapMs,
        int eventsLost,
        int eventsDoubled) {
    /// How a call can have come through.
    public enum Outcome {
        /// It does what it did.
        SURVIVED,
        /// It, or what it was at, is over, and the application was told.
        ENDED_WITH_EVENT,
        /// Nobody knows.
        LOST
    }

    /// Whether the platform kept its word: nothing goes on unknown, no event is missing.
    public boolean isGood() {
        return outcome != Outcome.LOST && eventsLost == 0;
    }

    /// As a line of JSON.
    public String json() {
        return String.format(
                Locale.ROOT,
                "{\"fault\":\"%s\",\"state\":\"%s\",\"leg\":\"%s\",\"outcome\":\"%s\","
                        + "\"mediaGapMs\":%d,\"eventsLost\":%d,\"eventsDoubled\":%d}",
                fault.word(),
                state.word(),
                leg,
                word(),
                mediaGapMs,
                eventsLost,
                eventsDoubled);
    }

    String word() {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
