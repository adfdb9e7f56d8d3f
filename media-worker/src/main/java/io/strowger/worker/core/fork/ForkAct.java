package io.strowger.worker.core.fork;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;

/// What a forked leg wants done, in the order given.
public sealed interface ForkAct {
    /// Tell a fact of the leg.
    record Report(MediaEvent fact) implements ForkAct {}

    /// End one branch.
    record HangUp(int branch, LegEnd.Cause cause, String reason) implements ForkAct {}
}
