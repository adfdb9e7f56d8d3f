package io.strowger.worker.core.leg;

import io.strowger.worker.core.leg.LegState.Released;
import io.strowger.worker.core.sip.Dialogs;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipSignal;

/// After the dialog was given away. What the peer asks is left to who has it now: it asks again.
/// Only what nobody else can say is said here.
final class ReleasedPhase {
    private ReleasedPhase() {}

    static LegDecision decide(Released state, LegInput input) {
        return switch (input) {
            case LegInput.Fired(var timer) when timer == LegTimer.LINGER ->
                    LegDecision.to(state, new LegAct.Forget());
            case LegInput.TrunkGranted(var trunk, _) ->
                    LegDecision.to(state, new LegAct.ReleaseTrunk(trunk.name()));
            // The peer is gone: who has the dialog will be told so by its own re-INVITE.
            case LegInput.Heard(SipSignal.RequestArrived(var request))
                    when request.method().equals("BYE") ->
                    LegDecision.to(
                            state, new LegAct.Reply(SipReply.of(request.exchange(), 200, "OK")));
            case LegInput.Heard(SipSignal.ResponseArrived(var response))
                    when response.method().equals("INVITE") && response.isSuccess() ->
                    LegDecision.to(
                            state,
                            new LegAct.SendAck(
                                    Dialogs.ack(response, state.trail().authorization(), null)));
            case LegInput.Start _,
                    LegInput.Order _,
                    LegInput.Media _,
                    LegInput.TrunkRefused _,
                    LegInput.HangUp _,
                    LegInput.Heard _,
                    LegInput.Fired _ ->
                    LegDecision.to(state);
        };
    }
}
