package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.SipSignal;

/// What happens to a leg.
public sealed interface LegInput {
    /// Starts the leg.
    record Ring(LegPlan plan) implements LegInput {}

    /// The answer to [LegAct.SeekTrunk]: a channel of `trunk` is ours until [LegAct.ReleaseTrunk].
    record TrunkGranted(Trunk trunk, AttemptIds ids) implements LegInput {}

    /// The other answer to [LegAct.SeekTrunk].
    record TrunkRefused(LegEnd.Cause cause, String reason) implements LegInput {}

    /// Ends the leg, whatever it does.
    ///
    /// @param cause why, for the report
    record HangUp(LegEnd.Cause cause, String reason) implements LegInput {}

    /// The network did something.
    record Heard(SipSignal signal) implements LegInput {}

    /// A timer that [LegAct.Schedule] asked for is due.
    record Fired(LegTimer timer) implements LegInput {}
}
