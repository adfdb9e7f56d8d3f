package io.strowger.standalone.chaos;

import java.util.List;
import java.util.Locale;

/// What became of one call.
///
/// @param round from 1
/// @param gapsMs for each phone that should have heard something, the longest that it heard
///   nothing; empty: no phone heard yet
/// @param eventsLost numbers that were skipped
/// @param eventsDoubled deliveries beyond the first
public record Row(
        int round,
        Cell cell,
        Outcome outcome,
        List<Long> gapsMs,
        int eventsLost,
        int eventsDoubled) {
    public Row {
        gapsMs = List.copyOf(gapsMs);
    }

    /// A field of the matrix.
    public record Cell(Fault fault, CallState state, LegKind leg) {}

    /// How a call can have come through, the best first.
    public enum Outcome {
        /// It does what it did.
        SURVIVED,
        /// It, or what it was at, is over, and the application was told.
        ENDED_WITH_EVENT,
        /// The call did not get into its state, before anything broke.
        NOT_REACHED,
        /// Nobody was told that it is over, or a phone was left in a call that is.
        LOST;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Whether the platform kept its word: nothing goes on unknown, no event is missing.
    public boolean isGood() {
        return (outcome == Outcome.SURVIVED || outcome == Outcome.ENDED_WITH_EVENT)
                && eventsLost == 0;
    }

    /// As a line of JSON.
    public String json() {
        return String.format(
                Locale.ROOT,
                "{\"round\":%d,\"fault\":\"%s\",\"state\":\"%s\",\"leg\":\"%s\",\"outcome\":\"%s\","
                        + "\"mediaGapMs\":{\"p50\":%d,\"p95\":%d,\"phones\":%d},"
                        + "\"eventsLost\":%d,\"eventsDoubled\":%d}",
                round,
                cell.fault,
                cell.state,
                cell.leg,
                outcome.word(),
                Matrix.percentile(gapsMs, 50),
                Matrix.percentile(gapsMs, 95),
                gapsMs.size(),
                eventsLost,
                eventsDoubled);
    }
}
