package io.strowger.worker.core.media;

import org.jspecify.annotations.Nullable;

/// What is told of the keys of a leg, and was told before it was here.
///
/// @param on each press is told
/// @param told how many were told: the next has the number behind them
/// @param lastPress that was told, as in [io.strowger.contracts.media.MediaEvent.ToneReceived]; its
///   other packets begin no new one; null: none
public record ToneReports(boolean on, int told, @Nullable Long lastPress) {
    /// Of a leg that begins here.
    public static ToneReports of(boolean on) {
        return new ToneReports(on, 0, null);
    }
}
