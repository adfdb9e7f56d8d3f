package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.worker.core.leg.LegState.Attempt;
import io.strowger.worker.core.leg.LegState.Calling;
import io.strowger.worker.core.leg.LegState.Seeking;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.sip.Dialogs;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// From the INVITE to its final response.
final class CallingPhase {
    private CallingPhase() {}

    static LegDecision begin(Seeking state, LegInput.TrunkGranted granted) {
        LegPlan plan =
                state.plan()
                        .withSrtp(Terms.srtp(granted.trunk().srtp(), granted.ids().mediaKeys()));
        SipRequest invite =
                Invites.invite(plan, granted.trunk(), granted.ids(), Terms.offer(plan.basis(), ""));
        Attempt attempt =
                new Attempt(
                        granted.trunk(),
                        granted.ids(),
                        new Signing.Signed(invite, 0),
                        Signing.with(granted.trunk().credentials(), granted.ids().cnonce()));
        return LegDecision.to(
                new Calling(plan, attempt, state.tried(), false, 0, null, state.trail()),
                new LegAct.Schedule(LegTimer.ATTEMPT, plan.timings().attempt()),
                new LegAct.Send(invite));
    }

    static LegDecision decide(Calling state, LegInput input) {
        return switch (input) {
            case LegInput.Heard(var signal) -> heard(state, signal);
            case LegInput.Fired(var timer) -> fired(state, timer);
            case LegInput.HangUp(var cause, var reason) ->
                    state.goodbye() == null
                            ? cancel(state, new LegEnd(cause, 487, reason))
                            : LegDecision.to(state);
            case LegInput.TrunkGranted(var trunk, _) ->
                    LegDecision.to(state, new LegAct.ReleaseTrunk(trunk.name()));
            case LegInput.Start _, LegInput.Order _, LegInput.Media _, LegInput.TrunkRefused _ ->
                    LegDecision.to(state);
        };
    }

    private static LegDecision heard(Calling state, SipSignal signal) {
        SipRequest invite = state.attempt().sent().request();
        return switch (signal) {
            case SipSignal.ResponseArrived(var response)
                    when response.method().equals("INVITE")
                            && response.sipCallId().equals(invite.sipCallId())
                            && response.cseq() == invite.cseq() ->
                    response(state, response);
            case SipSignal.RequestFailed(var sipCallId, var method, long cseq, var reason)
                    when method.equals("INVITE")
                            && sipCallId.equals(invite.sipCallId())
                            && cseq == invite.cseq() ->
                    failed(state, new LegEnd(LegEnd.Cause.UNREACHABLE, 0, reason));
            case SipSignal.ResponseArrived(var late)
                    when late.isProvisional() && late.sipCallId().equals(invite.sipCallId()) ->
                    LegDecision.to(state);
            case SipSignal other -> Strays.heard(state, state.trail(), other);
        };
    }

    private static LegDecision response(Calling calling, IncomingResponse response) {
        if (response.isProvisional()) {
            return provisional(calling, response);
        }
        int status = response.status();
        LegEnd goodbye = calling.goodbye();
        if (goodbye == null && (status == 401 || status == 407)) {
            return challenged(calling, response);
        }
        Calling state = settled(calling);
        if (response.isSuccess()) {
            return goodbye == null
                    ? answered(state, response)
                    : Strays.answer(state, state.trail(), response)
                            .thenWith(after -> Endings.ofCall((Calling) after, goodbye));
        }
        if (goodbye != null) {
            return Endings.ofCall(state, goodbye);
        }
        return status >= 500 && status < 600
                ? failed(state, LegMachine.refusal(status, response.reason()))
                : Endings.ofCall(state, LegMachine.refusal(status, response.reason()));
    }

    private static Calling settled(Calling state) {
        SipRequest invite = state.attempt().sent().request();
        return state.with(
                state.trail()
                        .withSettled(invite.sipCallId())
                        .withAuthorization(Signing.authorization(invite)));
    }

    private static LegDecision provisional(Calling state, IncomingResponse response) {
        LegAct alive = new LegAct.Unschedule(LegTimer.ATTEMPT);
        if (state.goodbye() != null) {
            return LegDecision.to(state.heard(state.progress()), alive)
                    .thenWith(after -> Strays.answer(after, ((Calling) after).trail(), response));
        }
        int status = response.status();
        if (status == 100 || status == state.progress()) {
            return LegDecision.to(state.heard(state.progress()), alive);
        }
        return LegDecision.to(state.heard(status), alive)
                .reporting(new MediaEvent.LegProgressed(state.plan().dial().leg(), status));
    }

    private static LegDecision challenged(Calling state, IncomingResponse response) {
        Optional<Signing.Retry> retry =
                state.attempt().signing().retry(state.attempt().sent(), response);
        return retry.map(again ->
                        LegDecision.to(
                                state.with(
                                        new Attempt(
                                                state.attempt().trunk(),
                                                state.attempt().ids(),
                                                again.signed(),
                                                again.signing())),
                                new LegAct.Send(again.signed().request())))
                .orElseGet(() ->
                        Endings.ofCall(
                                settled(state),
                                LegMachine.refusal(response.status(), response.reason())));
    }

    /// This trunk is of no use now: the next one is tried (never after a 4xx or 6xx, which is the
    /// target's own word).
    private static LegDecision failed(Calling state, LegEnd failure) {
        if (state.goodbye() != null) {
            return Endings.ofCall(state, state.goodbye());
        }
        Set<String> tried = new HashSet<>(state.tried());
        tried.add(state.attempt().trunk().name());
        return LegDecision.to(
                new Seeking(state.plan(), tried, failure, state.trail()),
                new LegAct.Unschedule(LegTimer.ATTEMPT),
                new LegAct.ReleaseTrunk(state.attempt().trunk().name()),
                new LegAct.SeekTrunk(state.plan().dial().target(), tried));
    }

    private static LegDecision answered(Calling state, IncomingResponse response) {
        SipRequest invite = state.attempt().sent().request();
        String transport = state.attempt().trunk().uri().transport();
        DialogRecord dialog =
                Dialogs.answered(invite, state.attempt().ids().localTag(), response, transport);
        Trail trail = state.trail();
        if (dialog == null) {
            return unusable(state, response, "an answer without Contact, tag or SDP");
        }
        return switch (Terms.read(dialog.localSdp(), dialog.remoteSdp())) {
            case Terms.Refused(var reason) -> unusable(state, response, reason);
            case Terms.Agreed(_, var audio) -> {
                Talking talking =
                        Talking.quiet(state.plan().basis(), state.attempt().line(), dialog, trail);
                LegDecision decision =
                        LegDecision.to(
                                        talking,
                                        new LegAct.SendAck(
                                                Dialogs.ack(response, trail.authorization(), null)),
                                        new LegAct.Unschedule(LegTimer.RING),
                                        new LegAct.Unschedule(LegTimer.ATTEMPT),
                                        new LegAct.Connect(audio))
                                .reporting(
                                        new MediaEvent.LegAnswered(
                                                state.plan().dial().leg(), dialog));
                yield decision.thenWith(
                        after -> SessionTimer.started((Talking) after, response.sessionExpires()));
            }
        };
    }

    private static LegDecision unusable(Calling state, IncomingResponse response, String reason) {
        LegEnd end = new LegEnd(LegEnd.Cause.UNREACHABLE, response.status(), reason);
        return Strays.answer(state, state.trail(), response)
                .thenWith(after -> Endings.ofCall((Calling) after, end));
    }

    private static LegDecision fired(Calling state, LegTimer timer) {
        return switch (timer) {
            case RING ->
                    state.goodbye() == null
                            ? cancel(state, Endings.NO_ANSWER)
                            : LegDecision.to(state);
            case ATTEMPT ->
                    state.heard()
                            ? LegDecision.to(state)
                            : failed(
                                    state,
                                    new LegEnd(LegEnd.Cause.UNREACHABLE, 0, "the trunk is silent"));
            case CANCEL_GUARD ->
                    state.goodbye() == null
                            ? LegDecision.to(state)
                            : Endings.ofCall(state, state.goodbye());
            case OFFER,
                    RINGING_AGAIN,
                    ANSWER_AGAIN,
                    STILL_SERVED,
                    SESSION_REFRESH,
                    SESSION_EXPIRY,
                    LINGER ->
                    LegDecision.to(state);
        };
    }

    /// CANCEL must wait for a provisional response (RFC 3261 9.1); the wait is bounded by the
    /// guard.
    private static LegDecision cancel(Calling state, LegEnd goodbye) {
        String sipCallId = state.attempt().ids().sipCallId();
        Calling parting = state.parting(goodbye);
        LegDecision waiting =
                LegDecision.to(
                        parting,
                        new LegAct.Unschedule(LegTimer.RING),
                        new LegAct.Unschedule(LegTimer.ATTEMPT),
                        new LegAct.Schedule(
                                LegTimer.CANCEL_GUARD, state.plan().timings().cancelGuard()));
        return state.heard()
                ? waiting.then(
                        LegDecision.to(
                                parting.with(parting.trail().withSettled(sipCallId)),
                                new LegAct.Cancel(sipCallId)))
                : waiting;
    }
}
