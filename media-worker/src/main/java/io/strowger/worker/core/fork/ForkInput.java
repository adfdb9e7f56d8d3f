package io.strowger.worker.core.fork;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;

/// What happens to a forked leg.
public sealed interface ForkInput {
    /// A branch reported a fact, as if it were the whole leg.
    ///
    /// @param branch from 0
    record Told(int branch, MediaEvent fact) implements ForkInput {}

    /// Ends the leg, whatever it does.
    record HangUp(LegEnd.Cause cause, String reason) implements ForkInput {}
}
