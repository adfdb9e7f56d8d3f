package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.leg.LegState.Calling;
import io.strowger.worker.core.leg.LegState.Offered;
import io.strowger.worker.core.leg.LegState.Over;
import io.strowger.worker.core.leg.LegState.Released;
import io.strowger.worker.core.leg.LegState.Seeking;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.sip.Dialogs;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ways out of a leg. The only place that reports `LegEnded` and `LegReleased`.
final class Endings {
    static final LegEnd NO_ANSWER = new LegEnd(LegEnd.Cause.NO_ANSWER, 487, "no answer");

    private Endings() {}

    static LegDecision withoutDialog(Seeking state, LegEnd end) {
        return over(
                new Over(state.plan().basis(), Signing.with(null, ""), null, state.trail()), end);
    }

    /// The INVITE is settled, or waited for long enough.
    static LegDecision ofCall(Calling state, LegEnd end) {
        Over over = new Over(state.plan().basis(), state.attempt().signing(), null, state.trail());
        return released(state.attempt().trunk().name(), over(over, end));
    }

    /// The peer ended the dialog, or it is lost: nothing is sent.
    static LegDecision ofDialog(Talking state, LegEnd end) {
        Over over = new Over(state.basis(), state.line().signing(), null, ended(state));
        return released(state.line().trunk(), over(over, end));
    }

    /// We end the dialog: BYE, and the leg counts as ended at once (RFC 3261 15.1.1).
    static LegDecision withBye(Talking state, LegEnd end) {
        SipRequest bye = Dialogs.request(state.dialog(), "BYE", null, List.of(), null);
        Over over =
                new Over(
                        state.basis(),
                        state.line().signing(),
                        new Signing.Signed(bye, 0),
                        ended(state));
        return LegDecision.to(state, new LegAct.Send(bye))
                .then(released(state.line().trunk(), over(over, end)));
    }

    private static Trail ended(Talking state) {
        return state.trail()
                .withEnded(state.dialog().sipCallId() + ";" + state.dialog().remoteTag());
    }

    /// A call that was offered ends with a final answer, to which nothing more can come.
    static LegDecision ofOffer(Offered state, SipReply reply, LegEnd end) {
        Over over = new Over(state.basis(), state.line().signing(), null, Trail.EMPTY);
        return LegDecision.to(state, new LegAct.Reply(reply))
                .then(released(state.line().trunk(), over(over, end)))
                .and(new LegAct.Forget());
    }

    /// The dialog goes on elsewhere.
    static LegDecision byRelease(Talking state) {
        LegDecision silent =
                closed(
                        new Released(state.basis(), state.trail()),
                        state.basis(),
                        new MediaEvent.LegReleased(state.basis().leg(), state.dialog()));
        return released(state.line().trunk(), silent);
    }

    private static LegDecision released(@Nullable String trunk, LegDecision decision) {
        return trunk == null ? decision : decision.and(new LegAct.ReleaseTrunk(trunk));
    }

    private static LegDecision over(Over state, LegEnd end) {
        return closed(state, state.basis(), new MediaEvent.LegEnded(state.basis().leg(), end));
    }

    private static LegDecision closed(LegState state, LegBasis basis, MediaEvent fact) {
        List<LegAct> acts = new ArrayList<>();
        for (LegTimer timer : LegTimer.values()) {
            if (timer != LegTimer.LINGER) {
                acts.add(new LegAct.Unschedule(timer));
            }
        }
        acts.add(new LegAct.CloseMedia());
        acts.add(new LegAct.Schedule(LegTimer.LINGER, basis.timings().linger()));
        return new LegDecision(state, acts, List.of(fact));
    }
}
