package io.strowger.worker.core.leg;

import io.strowger.worker.core.leg.LegState.Over;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipSignal;

/// After the report: protocol upkeep only.
final class OverPhase {
    private OverPhase() {}

    static LegDecision decide(Over state, LegInput input) {
        return switch (input) {
            case LegInput.Fired(var timer) when timer == LegTimer.LINGER ->
                    LegDecision.to(state, new LegAct.Forget());
            case LegInput.TrunkGranted(var trunk, _) ->
                    LegDecision.to(state, new LegAct.ReleaseTrunk(trunk.name()));
            case LegInput.Heard(SipSignal.ResponseArrived(var response))
                    when response.method().equals("BYE") ->
                    byeAnswered(state, response);
            case LegInput.Heard(SipSignal.RequestArrived(var request))
                    when request.method().equals("BYE") && isOurs(state, request) ->
                    LegDecision.to(
                            state, new LegAct.Reply(SipReply.of(request.exchange(), 200, "OK")));
            case LegInput.Heard(var signal) -> Strays.heard(state, state.trail(), signal);
            case LegInput.Start _,
                    LegInput.Order _,
                    LegInput.Media _,
                    LegInput.TrunkRefused _,
                    LegInput.HangUp _,
                    LegInput.Fired _ ->
                    LegDecision.to(state);
        };
    }

    /// BYEs that cross each other are both answered with 200.
    private static boolean isOurs(Over state, IncomingRequest bye) {
        return state.trail().ended().contains(bye.sipCallId() + ";" + bye.fromTag());
    }

    private static LegDecision byeAnswered(Over state, IncomingResponse response) {
        Signing.Signed bye = state.bye();
        if (bye == null
                || response.isProvisional()
                || !bye.request().sipCallId().equals(response.sipCallId())
                || bye.request().cseq() != response.cseq()) {
            return LegDecision.to(state);
        }
        return state.signing()
                .retry(bye, response)
                .map(retry ->
                        LegDecision.to(
                                new Over(
                                        state.basis(),
                                        retry.signing(),
                                        retry.signed(),
                                        state.trail()),
                                new LegAct.Send(retry.signed().request())))
                .orElseGet(() ->
                        LegDecision.to(
                                new Over(state.basis(), state.signing(), null, state.trail())));
    }
}
