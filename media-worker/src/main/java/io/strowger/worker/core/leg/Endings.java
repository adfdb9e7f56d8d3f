package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.leg.LegState.Calling;
import io.strowger.worker.core.leg.LegState.Over;
import io.strowger.worker.core.leg.LegState.Seeking;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.sip.Dialogs;
import io.strowger.worker.core.sip.SipRequest;
import java.util.ArrayList;
import java.util.List;

/// The ways out of a leg. The only place that reports `LegEnded`.
final class Endings {
    static final LegEnd NO_ANSWER = new LegEnd(LegEnd.Cause.NO_ANSWER, 487, "no answer");

    private Endings() {}

    static LegDecision withoutDialog(Seeking state, LegEnd end) {
        return over(new Over(state.plan(), Signing.with(null, ""), null, state.trail()), end);
    }

    /// The INVITE is settled, or waited for long enough.
    static LegDecision ofCall(Calling state, LegEnd end) {
        Over over = new Over(state.plan(), state.attempt().signing(), null, state.trail());
        return released(state.attempt(), over(over, end));
    }

    /// The peer ended the dialog, or it is lost: nothing is sent.
    static LegDecision ofDialog(Talking state, LegEnd end) {
        Over over = new Over(state.plan(), state.attempt().signing(), null, ended(state));
        return released(state.attempt(), over(over, end));
    }

    /// We end the dialog: BYE, and the leg counts as ended at once (RFC 3261 15.1.1).
    static LegDecision withBye(Talking state, LegEnd end) {
        SipRequest bye = Dialogs.request(state.dialog(), "BYE", null, List.of(), null);
        Over over =
                new Over(
                        state.plan(),
                        state.attempt().signing(),
                        new Signing.Signed(bye, 0),
                        ended(state));
        return LegDecision.to(state, new LegAct.Send(bye))
                .then(released(state.attempt(), over(over, end)));
    }

    private static Trail ended(Talking state) {
        return state.trail()
                .withEnded(state.dialog().sipCallId() + ";" + state.dialog().remoteTag());
    }

    private static LegDecision released(LegState.Attempt attempt, LegDecision decision) {
        return decision.and(new LegAct.ReleaseTrunk(attempt.trunk().name()));
    }

    private static LegDecision over(Over state, LegEnd end) {
        List<LegAct> acts = new ArrayList<>();
        for (LegTimer timer : LegTimer.values()) {
            if (timer != LegTimer.LINGER) {
                acts.add(new LegAct.Unschedule(timer));
            }
        }
        acts.add(new LegAct.CloseMedia());
        acts.add(new LegAct.Schedule(LegTimer.LINGER, state.plan().timings().linger()));
        return new LegDecision(
                state, acts, List.of(new MediaEvent.LegEnded(state.plan().dial().leg(), end)));
    }
}
