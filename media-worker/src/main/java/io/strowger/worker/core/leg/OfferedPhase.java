package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.worker.core.leg.LegState.Answering;
import io.strowger.worker.core.leg.LegState.Offered;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.Dialogs;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipSignal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// From somebody's INVITE to our final answer (RFC 3261 13.3).
final class OfferedPhase {
    private static final Duration RING_EVERY = Duration.ofMinutes(1);

    /// Who rings so long was forgotten.
    private static final int MOST_RINGS = 10;

    private static final HeaderLine LATER = new HeaderLine("Retry-After", "5");

    private OfferedPhase() {}

    static LegDecision begin(LegInput.Arrive arrival) {
        Arrival.Welcome welcome = arrival.welcome();
        Signing signing =
                Signing.with(
                        arrival.trunk() == null ? null : arrival.trunk().credentials(),
                        arrival.ids().cnonce());
        String trunk = arrival.trunk() == null ? null : arrival.trunk().name();
        Offered offered =
                new Offered(
                        arrival.basis()
                                .withSrtp(Terms.srtp(arrival.srtp(), arrival.ids().mediaKeys())),
                        arrival.invite(),
                        new Line(trunk, signing, false),
                        arrival.ids().localTag(),
                        0);
        return LegDecision.to(
                        offered,
                        new LegAct.Reply(reply(offered, 100, "Trying", null)),
                        new LegAct.Schedule(LegTimer.OFFER, arrival.basis().timings().offer()))
                .reporting(
                        new MediaEvent.LegOffered(
                                arrival.basis().leg(),
                                welcome.from(),
                                welcome.to(),
                                welcome.trunk(),
                                welcome.displayName(),
                                welcome.headers()));
    }

    static LegDecision decide(Offered state, LegInput input) {
        return switch (input) {
            case LegInput.SayRinging() -> state.rung() == 0 ? ring(state) : LegDecision.to(state);
            case LegInput.Answer(boolean reportTones) ->
                    LegDecision.to(state, new LegAct.OpenMedia(ToneReports.of(reportTones)));
            case LegInput.MediaOpened(int rtpPort) -> answer(state, rtpPort);
            case LegInput.MediaRefused() ->
                    refuse(state, new LegEnd(Cause.NO_CAPACITY, 503, "no RTP port is free"), LATER);
            case LegInput.Reject(int status, var reason) ->
                    refuse(state, new LegEnd(Cause.LOCAL_HANG_UP, status, reason));
            case LegInput.HangUp(var cause, var reason) ->
                    refuse(
                            state,
                            new LegEnd(cause, cause == Cause.WORKER_FAILURE ? 503 : 487, reason));
            case LegInput.Fired(var timer) -> fired(state, timer);
            case LegInput.Heard(var signal) -> heard(state, signal);
            case LegInput.TrunkGranted(var trunk, _) ->
                    LegDecision.to(state, new LegAct.ReleaseTrunk(trunk.name()));
            case LegInput.Start _, LegInput.Order _, LegInput.TrunkRefused _ ->
                    LegDecision.to(state);
        };
    }

    private static LegDecision ring(Offered state) {
        if (state.rung() == MOST_RINGS) {
            return refuse(state, new LegEnd(Cause.NO_ANSWER, 480, "nobody answered"));
        }
        SipReply ringing =
                reply(
                        state,
                        180,
                        "Ringing",
                        state.basis().local().contact(state.invite().transport()),
                        Invites.callHeader(state.basis().call()));
        return LegDecision.to(
                state.rungAgain(),
                new LegAct.Unschedule(LegTimer.OFFER),
                new LegAct.Reply(ringing),
                new LegAct.Schedule(LegTimer.RINGING_AGAIN, RING_EVERY));
    }

    private static LegDecision fired(Offered state, LegTimer timer) {
        return switch (timer) {
            case OFFER ->
                    refuse(
                            state,
                            new LegEnd(Cause.NO_ANSWER, 503, "nobody decided about the call"),
                            LATER);
            case RINGING_AGAIN -> ring(state);
            case RING,
                    ATTEMPT,
                    CANCEL_GUARD,
                    ANSWER_AGAIN,
                    STILL_SERVED,
                    SESSION_REFRESH,
                    SESSION_EXPIRY,
                    LINGER ->
                    LegDecision.to(state);
        };
    }

    private static LegDecision heard(Offered state, SipSignal signal) {
        return switch (signal) {
            case SipSignal.RequestArrived(var request) when isItsCancel(state, request) ->
                    LegDecision.to(
                                    state,
                                    new LegAct.Reply(
                                            new SipReply(
                                                    request.exchange(),
                                                    200,
                                                    "OK",
                                                    state.localTag(),
                                                    null,
                                                    List.of(),
                                                    null)))
                            .then(
                                    Endings.ofOffer(
                                            state,
                                            reply(state, 487, "Request Terminated", null),
                                            new LegEnd(
                                                    Cause.REMOTE_HANG_UP,
                                                    487,
                                                    "the caller gave up")));
            case SipSignal.RequestArrived(var request) when isEarlyBye(state, request) ->
                    LegDecision.to(
                                    state,
                                    new LegAct.Reply(SipReply.of(request.exchange(), 200, "OK")))
                            .then(
                                    Endings.ofOffer(
                                            state,
                                            reply(state, 487, "Request Terminated", null),
                                            new LegEnd(
                                                    Cause.REMOTE_HANG_UP,
                                                    487,
                                                    "the caller hung up")));
            case SipSignal.RequestArrived(var request) -> Strays.unknown(state, request);
            case SipSignal.InviteRepeated(var invite) ->
                    invite.isCopy(state.invite())
                            ? LegDecision.to(
                                    state,
                                    new LegAct.Reply(
                                            SipReply.of(
                                                    invite.request().exchange(), 100, "Trying")))
                            : Strays.merged(state, invite);
            case SipSignal.ResponseArrived _, SipSignal.RequestFailed _ -> LegDecision.to(state);
        };
    }

    private static boolean isItsCancel(Offered state, IncomingRequest request) {
        IncomingRequest invite = state.invite().request();
        return request.method().equals("CANCEL")
                && request.cseq() == invite.cseq()
                && request.fromTag().equals(invite.fromTag());
    }

    /// A caller may also end the dialog that our 180 made (RFC 3261 15).
    private static boolean isEarlyBye(Offered state, IncomingRequest request) {
        return request.method().equals("BYE")
                && request.fromTag().equals(state.invite().request().fromTag())
                && request.toTag().equals(state.localTag());
    }

    /// Says 200 with our session description: the answer to the caller's offer, or an offer when
    /// there is none.
    private static LegDecision answer(Offered offered, int rtpPort) {
        LegBasis basis = offered.basis().withPort(rtpPort);
        String offer = offered.invite().request().sdp();
        if (offer == null) {
            return accept(offered, basis, Terms.offer(basis, ""), null);
        }
        return switch (Terms.answer(basis, "", offer)) {
            case Terms.Agreed(var answer, var audio) -> accept(offered, basis, answer, audio);
            case Terms.Refused(var reason) ->
                    refuse(offered, new LegEnd(Cause.UNREACHABLE, 488, reason));
        };
    }

    private static LegDecision accept(
            Offered offered, LegBasis basis, String sdp, @Nullable NegotiatedAudio audio) {
        IncomingInvite invite = offered.invite();
        Talking talking =
                Talking.quiet(
                        basis,
                        offered.line(),
                        Dialogs.accepted(
                                invite,
                                Objects.requireNonNull(invite.request().contact()),
                                offered.localTag(),
                                sdp),
                        Trail.EMPTY);
        LegDecision ready =
                LegDecision.to(
                        talking,
                        new LegAct.Unschedule(LegTimer.OFFER),
                        new LegAct.Unschedule(LegTimer.RINGING_AGAIN));
        LegDecision connected = audio == null ? ready : ready.and(new LegAct.Connect(audio));
        LegDecision said =
                PeerRequests.accepted(
                        talking,
                        invite.request(),
                        SessionTimer.read(invite.request().sessionExpires()),
                        sdp,
                        Invites.callHeader(basis.call()));
        Answering next = new Answering(invite, (Talking) said.state(), null);
        return connected.then(said).then(LegDecision.to(next));
    }

    /// The status phrase says no more than the standard does, but for refusals that were ordered.
    private static LegDecision refuse(Offered state, LegEnd end, HeaderLine... lines) {
        String phrase =
                switch (end.sipStatus()) {
                    case 480 -> "Temporarily Unavailable";
                    case 487 -> "Request Terminated";
                    case 488 -> "Not Acceptable Here";
                    case 503 -> "Service Unavailable";
                    default -> end.reason();
                };
        return Endings.ofOffer(state, reply(state, end.sipStatus(), phrase, null, lines), end);
    }

    private static SipReply reply(
            Offered state,
            int status,
            String reason,
            @Nullable String contact,
            HeaderLine... lines) {
        return new SipReply(
                state.invite().request().exchange(),
                status,
                reason,
                state.localTag(),
                contact,
                List.of(lines),
                null);
    }
}
