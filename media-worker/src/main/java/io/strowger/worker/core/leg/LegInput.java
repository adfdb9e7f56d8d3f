package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.SipSignal;
import org.jspecify.annotations.Nullable;

/// What happens to a leg.
public sealed interface LegInput {
    /// How a leg begins.
    sealed interface Start extends LegInput {}

    /// What is ordered of a leg that was offered, or that is up.
    sealed interface Order extends LegInput {}

    /// The answers to [LegAct.OpenMedia].
    sealed interface Media extends LegInput {}

    /// Starts the leg by calling.
    record Ring(LegPlan plan) implements Start {}

    /// Starts the leg with a call that came in.
    ///
    /// @param trunk whose channel is ours until [LegAct.ReleaseTrunk]; null: from a user
    /// @param srtp of the trunk's, or of users' media
    /// @param ids with the peer's Call-ID
    record Arrive(
            LegBasis basis,
            IncomingInvite invite,
            Arrival.Welcome welcome,
            @Nullable Trunk trunk,
            SrtpPolicy srtp,
            AttemptIds ids)
            implements Start {}

    /// Starts the leg with a dialog that another call or worker gave away.
    ///
    /// @param stillServed by who has it: nothing is said to the peer before it has turned here
    /// @param trunk that the peer belongs to, for its challenges; null: none
    record Adopt(
            LegBasis basis,
            DialogRecord dialog,
            ToneReports reports,
            boolean stillServed,
            @Nullable Trunk trunk,
            AttemptIds ids)
            implements Start {}

    /// Tells the caller that it rings.
    record SayRinging() implements Order {}

    /// Takes the call.
    record Answer(boolean reportTones) implements Order {}

    /// Refuses the call.
    record Reject(int status, String reason) implements Order {}

    /// Tells the peer how the transfer goes that it asked for.
    record Notify(int status, String reason) implements Order {}

    /// Gives the dialog away without a word to the peer.
    record Release() implements Order {}

    /// The leg has RTP.
    record MediaOpened(int rtpPort) implements Media {}

    /// No RTP port is free.
    record MediaRefused() implements Media {}

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
