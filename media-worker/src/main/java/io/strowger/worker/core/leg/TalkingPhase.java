package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.leg.LegState.Unacknowledged;
import io.strowger.worker.core.sip.Dialogs;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.SipMethods;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// From the answer to the end.
final class TalkingPhase {
    private static final String TIMER_RUN_OUT = "the session was not refreshed";

    private TalkingPhase() {}

    static LegDecision decide(Talking state, LegInput input) {
        return switch (input) {
            case LegInput.Heard(var signal) -> heard(state, signal);
            case LegInput.Fired(var timer) -> fired(state, timer);
            case LegInput.HangUp(var cause, var reason) ->
                    Endings.withBye(state, new LegEnd(cause, 200, reason));
            case LegInput.TrunkGranted(var trunk, _) ->
                    LegDecision.to(state, new LegAct.ReleaseTrunk(trunk.name()));
            case LegInput.Notify(int status, var reason) -> Referrals.notify(state, status, reason);
            case LegInput.Release() -> Endings.byRelease(state);
            case LegInput.Start _, LegInput.Order _, LegInput.Media _, LegInput.TrunkRefused _ ->
                    LegDecision.to(state);
        };
    }

    private static LegDecision heard(Talking state, SipSignal signal) {
        return switch (signal) {
            case SipSignal.RequestArrived(var request) -> PeerRequests.decide(state, request);
            case SipSignal.ResponseArrived(var response) -> response(state, response);
            case SipSignal.RequestFailed(var sipCallId, var method, long cseq, var reason) ->
                    sipCallId.equals(state.dialog().sipCallId()) && isPending(state, method, cseq)
                            ? Endings.ofDialog(state, new LegEnd(Cause.UNREACHABLE, 0, reason))
                            : Referrals.failed(state, method, cseq);
            case SipSignal.InviteRepeated(var invite) -> Strays.merged(state, invite);
        };
    }

    static boolean isPending(Talking state, String method, long cseq) {
        return state.pending() != null
                && state.pending().request().method().equals(method)
                && state.pending().request().cseq() == cseq;
    }

    private static LegDecision response(Talking state, IncomingResponse response) {
        DialogRecord dialog = state.dialog();
        if (!response.sipCallId().equals(dialog.sipCallId())
                || response.isSuccess() && !dialog.remoteTag().equals(response.toTag())) {
            return Strays.heard(state, state.trail(), new SipSignal.ResponseArrived(response));
        }
        if (isPending(state, response.method(), response.cseq())) {
            return ours(state, response);
        }
        if (response.method().equals("NOTIFY")) {
            return Referrals.answered(state, response);
        }
        return response.method().equals("INVITE") && response.isSuccess()
                ? LegDecision.to(state, ack(state, response))
                : LegDecision.to(state);
    }

    /// The way is the dialog's: a re-INVITE does not change it (RFC 3261 12.2.1.2), and a phone
    /// behind a NAT is not where its Contact says.
    private static LegAct ack(Talking state, IncomingResponse response) {
        return new LegAct.SendAck(
                Dialogs.ack(response, state.trail().authorization(), null)
                        .by(state.dialog().routeSet()));
    }

    /// How long to wait after re-INVITEs that met (RFC 3261 14.1): 2.1 to 4 s for who made the
    /// Call-ID, 0 to 2 s for the other, in steps of 10 ms. The tag is as good as a dice.
    static Duration glareWait(Talking state) {
        int dice = state.dialog().localTag().hashCode() ^ Long.hashCode(state.dialog().localCSeq());
        return state.line().owned()
                ? Duration.ofMillis(2_100 + 10L * Math.floorMod(dice, 191))
                : Duration.ofMillis(10L * Math.floorMod(dice, 201));
    }

    /// The peer's word on our own re-INVITE.
    private static LegDecision ours(Talking state, IncomingResponse response) {
        if (response.isProvisional()) {
            return LegDecision.to(state);
        }
        Talking settled = state.awaiting(null);
        return switch (response.status()) {
            case 401, 407 -> challenged(state, response);
            case 408, 481 ->
                    Endings.ofDialog(
                            settled,
                            new LegEnd(Cause.UNREACHABLE, response.status(), response.reason()));
            case 491 ->
                    LegDecision.to(
                            settled,
                            new LegAct.Schedule(LegTimer.SESSION_REFRESH, glareWait(state)));
            default ->
                    response.isSuccess()
                            ? refreshed(settled, response)
                            : SessionTimer.refreshed(settled, null);
        };
    }

    private static LegDecision refreshed(Talking state, IncomingResponse response) {
        LegDecision acknowledged = LegDecision.to(state, ack(state, response));
        if (response.sdp() == null) {
            return acknowledged.thenWith(
                    _ -> Endings.withBye(state, nonsense("an answer without SDP")));
        }
        DialogRecord dialog =
                Dialogs.renegotiated(
                        Dialogs.retargeted(state.dialog(), response.contact()),
                        state.dialog().localSdp(),
                        response.sdp());
        return acknowledged
                .thenWith(_ -> PeerRequests.renegotiated(state, dialog))
                .thenWith(after ->
                        after instanceof Talking talking
                                ? SessionTimer.started(talking, response.sessionExpires())
                                : LegDecision.to(after));
    }

    static LegEnd nonsense(String reason) {
        return new LegEnd(Cause.UNREACHABLE, 200, reason);
    }

    private static LegDecision challenged(Talking state, IncomingResponse response) {
        Signing.Signed pending = java.util.Objects.requireNonNull(state.pending());
        return state.line()
                .signing()
                .retry(pending, response)
                .map(again -> {
                    SipRequest request = again.signed().request();
                    Talking next =
                            state.with(Dialogs.sent(state.dialog(), request.cseq()))
                                    .with(state.line().with(again.signing()))
                                    .with(
                                            state.trail()
                                                    .withAuthorization(
                                                            Signing.authorization(request)))
                                    .awaiting(again.signed());
                    return LegDecision.to(next, new LegAct.Send(request));
                })
                .orElseGet(() -> SessionTimer.refreshed(state.awaiting(null), null));
    }

    private static LegDecision fired(Talking state, LegTimer timer) {
        return switch (timer) {
            case SESSION_REFRESH -> refresh(state);
            case SESSION_EXPIRY ->
                    Endings.withBye(state, new LegEnd(Cause.MEDIA_LOST, 200, TIMER_RUN_OUT));
            case ANSWER_AGAIN -> answerAgain(state);
            case RING, OFFER, RINGING_AGAIN, ATTEMPT, CANCEL_GUARD, STILL_SERVED, LINGER ->
                    LegDecision.to(state);
        };
    }

    /// A re-INVITE with the session as it is (RFC 4028 7.4); put off while one is under way (RFC
    /// 3261 14.1).
    private static LegDecision refresh(Talking state) {
        if (state.refreshing().seconds() == 0) {
            return LegDecision.to(state);
        }
        if (state.pending() != null || state.unacknowledged() != null) {
            return LegDecision.to(
                    state, new LegAct.Schedule(LegTimer.SESSION_REFRESH, glareWait(state)));
        }
        String expires = state.refreshing().seconds() + ";refresher=uac";
        return reinvite(
                state, state.dialog().localSdp(), new HeaderLine("Session-Expires", expires));
    }

    /// @param offer our session description
    static LegDecision reinvite(Talking state, String offer, HeaderLine... further) {
        List<HeaderLine> lines = new ArrayList<>();
        lines.add(new HeaderLine("Allow", SipMethods.ALLOWED));
        lines.add(new HeaderLine("Supported", "timer"));
        lines.addAll(List.of(further));
        String contact = state.basis().local().contact(state.dialog().transport());
        SipRequest request = Dialogs.request(state.dialog(), "INVITE", contact, lines, offer);
        DialogRecord sent = Dialogs.sent(state.dialog(), request.cseq());
        Talking next =
                state.with(Dialogs.renegotiated(sent, offer, sent.remoteSdp()))
                        .with(state.trail().withAuthorization(List.of()))
                        .awaiting(new Signing.Signed(request, 0));
        return LegDecision.to(next, new LegAct.Send(request));
    }

    /// The 2xx to an INVITE is ours to repeat until its ACK comes; without one the dialog ends (RFC
    /// 3261 13.3.1.4, 14.2).
    private static LegDecision answerAgain(Talking state) {
        Unacknowledged answer = state.unacknowledged();
        if (answer == null) {
            return LegDecision.to(state);
        }
        LegTimings timings = state.basis().timings();
        long waited = answer.waited() + answer.again();
        if (waited >= 64 * timings.t1().toMillis()) {
            return Endings.withBye(
                    state, new LegEnd(Cause.UNREACHABLE, 200, "an answer was not acknowledged"));
        }
        long again = Math.min(2 * answer.again(), timings.t2().toMillis());
        Unacknowledged next =
                new Unacknowledged(answer.reply(), answer.cseq(), again, waited, answer.offering());
        return LegDecision.to(
                state.unacknowledged(next),
                new LegAct.ReplyAgain(answer.reply().exchange()),
                new LegAct.Schedule(LegTimer.ANSWER_AGAIN, Duration.ofMillis(again)));
    }
}
