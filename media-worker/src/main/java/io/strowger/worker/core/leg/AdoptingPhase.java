package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.worker.core.leg.LegState.Adopting;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.sip.Dialogs;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.SipSignal;
import java.time.Duration;
import java.util.List;

/// A dialog that another call or worker gave away, or that a worker had which is gone: our
/// re-INVITE tells the peer where its media and its requests go from now on. Until it answers what
/// both agreed on last holds, so each hears the other at once; unless the last owner speaks to it
/// until then: we only listen, as its packets may be here before its answer.
final class AdoptingPhase {
    /// What the last owner may have sent after it reported the dialog: a peer refuses a CSeq that
    /// it has seen (RFC 3261 12.2.2).
    static final long CSEQ_LEAP = 1_000;

    /// 32 seconds and more: by then a transaction of the peer has timed out.
    private static final int MOST_REFUSALS = 40;

    private static final Duration AGAIN = Duration.ofMillis(800);

    /// As long as a worker that leaves goes on with a peer that does not turn.
    private static final Duration STILL_SERVED = Duration.ofSeconds(5);

    /// As long as a peer may take to connect again whose connection went with the last owner.
    private static final Duration CONNECTING = Duration.ofSeconds(32);

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
        return LegDecision.to(
                new Adopting(talking, 0, adoption.stillServed()),
                new LegAct.OpenMedia(adoption.reports()));
    }

    static LegDecision decide(Adopting state, LegInput input) {
        Talking talking = state.talking();
        return switch (input) {
            case LegInput.MediaOpened(int rtpPort) -> opened(state, rtpPort);
            case LegInput.MediaRefused() ->
                    Endings.withBye(
                            talking, new LegEnd(Cause.NO_CAPACITY, 0, "no RTP port is free"));
            case LegInput.Fired(var timer) when timer == LegTimer.STILL_SERVED ->
                    connected(LegDecision.to(state), talking.dialog(), false);
            case LegInput.Fired(var timer) when timer == LegTimer.ATTEMPT ->
                    Endings.ofDialog(
                            talking,
                            new LegEnd(Cause.UNREACHABLE, 0, "no connection to the phone"));
            case LegInput.Heard(SipSignal.RequestFailed failed)
                    when isUnconnected(talking, failed) ->
                    LegDecision.to(
                            state.with(talking.awaiting(null)),
                            new LegAct.Schedule(LegTimer.SESSION_REFRESH, AGAIN));
            case LegInput.Fired(var timer) when timer == LegTimer.SESSION_REFRESH ->
                    invite(state, talking);
            case LegInput.Heard(SipSignal.ResponseArrived(var response))
                    when isRefusal(talking, response) ->
                    refused(state, response);
            case LegInput.TrunkGranted _,
                    LegInput.TrunkRefused _,
                    LegInput.Start _,
                    LegInput.Order _,
                    LegInput.HangUp _,
                    LegInput.Heard _,
                    LegInput.Fired _ ->
                    after(state, TalkingPhase.decide(talking, input));
        };
    }

    private static LegDecision opened(Adopting state, int rtpPort) {
        Talking talking = state.talking();
        LegDecision invited = invite(state, talking.with(talking.basis().withPort(rtpPort)));
        if (isConnected(talking)) {
            invited = invited.and(new LegAct.Schedule(LegTimer.ATTEMPT, CONNECTING));
        }
        if (state.stillServed()) {
            invited = invited.and(new LegAct.Schedule(LegTimer.STILL_SERVED, STILL_SERVED));
        }
        return connected(invited, talking.dialog(), state.stillServed());
    }

    private static LegDecision invite(Adopting state, Talking talking) {
        String offer = Terms.offer(talking.basis(), talking.dialog().localSdp());
        return after(state, TalkingPhase.reinvite(talking, offer));
    }

    private static LegDecision connected(
            LegDecision invited, DialogRecord agreed, boolean stillServed) {
        return Terms.read(agreed.localSdp(), agreed.remoteSdp())
                        instanceof Terms.Agreed(_, var audio)
                ? invited.and(new LegAct.Connect(stillServed ? audio.silent() : audio))
                : invited;
    }

    private static boolean isConnected(Talking talking) {
        return !talking.dialog().transport().equals("udp");
    }

    /// Our request found no connection to go by; one may be there soon.
    private static boolean isUnconnected(Talking talking, SipSignal.RequestFailed failed) {
        return isConnected(talking)
                && failed.sipCallId().equals(talking.dialog().sipCallId())
                && TalkingPhase.isPending(talking, failed.method(), failed.cseq());
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

    /// A peer that waits for an answer to a request of its own, which the last owner will not give
    /// any more, says 491 or 500 (RFC 3261 14.2) until it gives up.
    private static LegDecision refused(Adopting state, IncomingResponse response) {
        Talking settled = state.talking().awaiting(null);
        Duration wait =
                switch (response.status()) {
                    case 491 -> TalkingPhase.glareWait(state.talking());
                    case 500, 503, 504 -> AGAIN;
                    default -> null;
                };
        return wait != null && state.refusals() < MOST_REFUSALS
                ? LegDecision.to(
                        new Adopting(settled, state.refusals() + 1, state.stillServed()),
                        new LegAct.Schedule(LegTimer.SESSION_REFRESH, wait))
                : Endings.withBye(
                        settled,
                        new LegEnd(Cause.UNREACHABLE, response.status(), response.reason()));
    }

    /// The leg is up once the peer's answer has changed its media.
    private static LegDecision after(Adopting before, LegDecision decision) {
        if (!(decision.state() instanceof Talking talking)) {
            return decision;
        }
        if (decision.acts().stream().anyMatch(LegAct.Connect.class::isInstance)) {
            return decision.and(
                            new LegAct.Unschedule(LegTimer.STILL_SERVED),
                            new LegAct.Unschedule(LegTimer.ATTEMPT))
                    .telling(
                            List.of(
                                    new MediaEvent.LegAnswered(
                                            talking.basis().leg(), talking.dialog())));
        }
        return new LegDecision(before.with(talking), decision.acts(), List.of());
    }
}
