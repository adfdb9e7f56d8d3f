package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.leg.LegState.Answering;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.leg.LegState.Unacknowledged;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.util.List;

/// From our 200 to its ACK: the dialog is there and everything goes as when talking, but that the
/// leg counts as answered, and may be hung up, only once the caller knows (RFC 3261 13.3.1.4, 15).
final class AnsweringPhase {
    private AnsweringPhase() {}

    static LegDecision decide(Answering state, LegInput input) {
        return switch (input) {
            case LegInput.HangUp(var cause, var reason) ->
                    LegDecision.to(
                            state.goodbye() == null
                                    ? new Answering(
                                            state.invite(),
                                            state.talking(),
                                            new LegEnd(cause, 200, reason))
                                    : state);
            case LegInput.Heard(SipSignal.InviteRepeated(var invite)) -> repeated(state, invite);
            case LegInput.Heard(SipSignal.RequestArrived(var request))
                    when request.method().equals("INVITE") || request.method().equals("REFER") ->
                    overtaking(state, request);
            case LegInput.TrunkGranted _,
                    LegInput.TrunkRefused _,
                    LegInput.Start _,
                    LegInput.Order _,
                    LegInput.Media _,
                    LegInput.Heard _,
                    LegInput.Fired _ ->
                    after(state, TalkingPhase.decide(state.talking(), input));
        };
    }

    private static LegDecision repeated(Answering state, IncomingInvite invite) {
        Unacknowledged answer = state.talking().unacknowledged();
        return answer != null && invite.isCopy(state.invite())
                ? LegDecision.to(
                        state, new LegAct.Reply(answer.reply().to(invite.request().exchange())))
                : Strays.merged(state, invite);
    }

    /// Who asks for more knows that it is answered (RFC 3261 14.1): its ACK was overtaken or is
    /// lost. The 200 is repeated until it comes.
    private static LegDecision overtaking(Answering state, IncomingRequest request) {
        Talking talking = state.talking();
        Unacknowledged answer = talking.unacknowledged();
        boolean offering = answer == null || answer.offering();
        if (offering || !PeerRequests.belongs(talking, request)) {
            return after(state, PeerRequests.reply(talking, request, 491, "Request Pending"));
        }
        if (state.goodbye() != null) {
            return PeerRequests.reply(talking, request, 491, "Request Pending")
                    .then(Endings.withBye(talking, state.goodbye()));
        }
        return LegDecision.to(talking)
                .reporting(answered(talking))
                .then(PeerRequests.decide(talking, request));
    }

    private static LegDecision after(Answering state, LegDecision decision) {
        LegEnd goodbye = state.goodbye();
        if (!(decision.state() instanceof Talking talking)) {
            return goodbye == null ? decision : decision.telling(List.of(ended(state, goodbye)));
        }
        if (talking.unacknowledged() != null) {
            return new LegDecision(state.with(talking), decision.acts(), List.of());
        }
        if (goodbye != null) {
            return decision.telling(List.of()).then(Endings.withBye(talking, goodbye));
        }
        return decision.telling(List.of(answered(talking)));
    }

    private static MediaEvent answered(Talking talking) {
        return new MediaEvent.LegAnswered(talking.basis().leg(), talking.dialog());
    }

    private static MediaEvent ended(Answering state, LegEnd end) {
        return new MediaEvent.LegEnded(state.talking().basis().leg(), end);
    }
}
