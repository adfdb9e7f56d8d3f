package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.leg.LegState.Adopting;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.sip.Dialogs;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.SipSignal;
import java.util.List;

/// A dialog that another call or worker gave away: our re-INVITE tells the peer where its media and
/// its requests go from now on.
final class AdoptingPhase {
    /// What the last owner may have sent after it reported the dialog: a peer refuses a CSeq that
    /// it has seen (RFC 3261 12.2.2).
    static final long CSEQ_LEAP = 1_000;

    private AdoptingPhase() {}

    static LegDecision begin(LegInput.Adopt adoption) {
        Line line =
                new Line(
                        null,
                        Signing.with(
                                adoption.trunk() == null ? null : adoption.trunk().credentials(),
                                adoption.ids().cnonce()),
                        false);
        Talking talking =
                Talking.quiet(
                        adoption.basis()
                                .withSrtp(
                                        Terms.srtp(adoption.dialog(), adoption.ids().mediaKeys())),
                        line,
                        Dialogs.sent(adoption.dialog(), adoption.dialog().localCSeq() + CSEQ_LEAP),
                        Trail.EMPTY);
        return LegDecision.to(new Adopting(talking), new LegAct.OpenMedia(adoption.reportTones()));
    }

    static LegDecision decide(Adopting state, LegInput input) {
        Talking talking = state.talking();
        return switch (input) {
            case LegInput.MediaOpened(int rtpPort) ->
                    invite(talking.with(talking.basis().withPort(rtpPort)));
            case LegInput.MediaRefused() ->
                    Endings.withBye(
                            talking, new LegEnd(Cause.NO_CAPACITY, 0, "no RTP port is free"));
            case LegInput.Fired(var timer) when timer == LegTimer.SESSION_REFRESH ->
                    invite(talking);
            case LegInput.Heard(SipSignal.ResponseArrived(var response))
                    when isRefusal(talking, response) ->
                    refused(talking, response);
            case LegInput.TrunkGranted _,
                    LegInput.TrunkRefused _,
                    LegInput.Start _,
                    LegInput.Order _,
                    LegInput.HangUp _,
                    LegInput.Heard _,
                    LegInput.Fired _ ->
                    after(TalkingPhase.decide(talking, input));
        };
    }

    private static LegDecision invite(Talking talking) {
        String offer = Terms.offer(talking.basis(), talking.dialog().localSdp());
        return after(TalkingPhase.reinvite(talking, offer));
    }

    /// Challenges are answered as usual; that the dialog is gone is dealt with as usual, too.
    private static boolean isRefusal(Talking talking, IncomingResponse response) {
        return TalkingPhase.isPending(talking, response.method(), response.cseq())
                && response.sipCallId().equals(talking.dialog().sipCallId())
                && response.status() >= 300
                && switch (response.status()) {
                    case 401, 407, 408, 481 -> false;
                    default -> true;
                };
    }

    private static LegDecision refused(Talking talking, IncomingResponse response) {
        Talking settled = talking.awaiting(null);
        return response.status() == 491
                ? LegDecision.to(
                        new Adopting(settled),
                        new LegAct.Schedule(
                                LegTimer.SESSION_REFRESH, TalkingPhase.glareWait(talking)))
                : Endings.withBye(
                        settled,
                        new LegEnd(Cause.UNREACHABLE, response.status(), response.reason()));
    }

    /// The leg is up once the peer's answer has changed its media.
    private static LegDecision after(LegDecision decision) {
        if (!(decision.state() instanceof Talking talking)) {
            return decision;
        }
        if (decision.acts().stream().anyMatch(LegAct.Connect.class::isInstance)) {
            return decision.telling(
                    List.of(new MediaEvent.LegAnswered(talking.basis().leg(), talking.dialog())));
        }
        return new LegDecision(new Adopting(talking), decision.acts(), List.of());
    }
}
