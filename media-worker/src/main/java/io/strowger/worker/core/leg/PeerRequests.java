package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.leg.LegState.Unacknowledged;
import io.strowger.worker.core.sip.Dialogs;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.SipMethods;
import io.strowger.worker.core.sip.SipReply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Requests of the peer inside a running dialog (RFC 3261 12.2.2).
final class PeerRequests {
    private static final Set<String> KNOWN_ELSEWHERE =
            Set.of("REGISTER", "SUBSCRIBE", "NOTIFY", "MESSAGE", "PUBLISH", "PRACK");

    private PeerRequests() {}

    static LegDecision decide(Talking state, IncomingRequest request) {
        if (!belongs(state, request) || request.method().equals("CANCEL")) {
            return Strays.request(state, request);
        }
        if (request.method().equals("ACK")) {
            return acknowledged(state, request);
        }
        Unacknowledged answer = state.unacknowledged();
        if (request.method().equals("INVITE")
                && answer != null
                && answer.cseq() == request.cseq()) {
            return LegDecision.to(state, new LegAct.Reply(answer.reply().to(request.exchange())));
        }
        if (request.cseq() <= state.dialog().remoteCSeq()) {
            return reply(state, request, 500, "Server Internal Error");
        }
        Talking next = state.with(Dialogs.received(state.dialog(), request.cseq()));
        Set<String> unknown = new HashSet<>(request.required());
        unknown.remove("timer");
        if (!unknown.isEmpty() && !request.method().equals("BYE")) {
            return reply(
                    next,
                    request,
                    420,
                    "Bad Extension",
                    new HeaderLine("Unsupported", String.join(", ", unknown)));
        }
        return inOrder(next, request);
    }

    static boolean belongs(Talking state, IncomingRequest request) {
        DialogRecord dialog = state.dialog();
        return request.sipCallId().equals(dialog.sipCallId())
                && request.fromTag().equals(dialog.remoteTag())
                && request.toTag().equals(dialog.localTag());
    }

    private static LegDecision inOrder(Talking state, IncomingRequest request) {
        HeaderLine allow = new HeaderLine("Allow", SipMethods.ALLOWED);
        return switch (request.method()) {
            case "BYE" ->
                    reply(state, request, 200, "OK")
                            .thenWith(_ ->
                                    Endings.ofDialog(
                                            state,
                                            new LegEnd(
                                                    Cause.REMOTE_HANG_UP,
                                                    200,
                                                    "the peer hung up")));
            case "INVITE", "UPDATE" -> session(state, request);
            case "REFER" -> Referrals.asked(state, request);
            case "INFO" -> reply(state, request, 200, "OK");
            case "OPTIONS" -> reply(state, request, 200, "OK", allow);
            case String method when KNOWN_ELSEWHERE.contains(method) ->
                    reply(state, request, 405, "Method Not Allowed", allow);
            case String _ -> reply(state, request, 501, "Not Implemented", allow);
        };
    }

    static LegDecision reply(
            Talking state,
            IncomingRequest request,
            int status,
            String reason,
            HeaderLine... lines) {
        return LegDecision.to(
                state,
                new LegAct.Reply(
                        new SipReply(
                                request.exchange(), status, reason, null, List.of(lines), null)));
    }

    /// A re-INVITE or UPDATE (RFC 3261 14.2, RFC 3311 5.2).
    private static LegDecision session(Talking state, IncomingRequest request) {
        Unacknowledged last = state.unacknowledged();
        boolean offerIsOut = last != null && last.offering();
        if (state.pending() != null || offerIsOut && request.sdp() != null) {
            return reply(state, request, 491, "Request Pending");
        }
        SessionTimer.Asked asked = SessionTimer.read(request.sessionExpires());
        if (SessionTimer.isTooShort(asked)) {
            return reply(
                    state,
                    request,
                    422,
                    "Session Interval Too Small",
                    new HeaderLine("Min-SE", Integer.toString(SessionTimer.SMALLEST_SECONDS)));
        }
        Talking aimed = state.with(Dialogs.retargeted(state.dialog(), request.contact()));
        String offer = request.sdp();
        if (offer == null) {
            return withoutOffer(aimed, request, asked);
        }
        return switch (Terms.answer(state.basis(), state.dialog().localSdp(), offer)) {
            case Terms.Refused(var _) -> reply(state, request, 488, "Not Acceptable Here");
            case Terms.Agreed(_, var audio) when Terms.isDowngrade(state.dialog(), audio) ->
                    reply(state, request, 488, "Not Acceptable Here");
            case Terms.Agreed(var answer, var audio) -> {
                DialogRecord dialog = Dialogs.renegotiated(aimed.dialog(), answer, offer);
                yield accepted(aimed.with(dialog), request, asked, answer)
                        .and(new LegAct.Connect(audio))
                        .reporting(updated(aimed, dialog, Terms.isHold(audio)));
            }
        };
    }

    /// A re-INVITE without an offer asks for ours; an UPDATE without one only refreshes.
    private static LegDecision withoutOffer(
            Talking state, IncomingRequest request, SessionTimer.@Nullable Asked asked) {
        return accepted(
                state,
                request,
                asked,
                request.method().equals("INVITE") ? state.dialog().localSdp() : null);
    }

    /// Says 200 to an INVITE or UPDATE; that to an INVITE is repeated until its ACK comes.
    static LegDecision accepted(
            Talking state,
            IncomingRequest request,
            SessionTimer.@Nullable Asked asked,
            @Nullable String sdp,
            HeaderLine... further) {
        List<HeaderLine> lines = new ArrayList<>();
        lines.add(new HeaderLine("Allow", SipMethods.ALLOWED));
        lines.add(new HeaderLine("Supported", "timer"));
        lines.addAll(SessionTimer.answer(request, asked));
        lines.addAll(List.of(further));
        SipReply reply =
                new SipReply(
                        request.exchange(),
                        200,
                        "OK",
                        state.dialog().localTag(),
                        state.basis().local().contact(state.dialog().transport()),
                        lines,
                        sdp);
        LegDecision replied = LegDecision.to(state, new LegAct.Reply(reply));
        if (request.method().equals("INVITE")) {
            long t1 = state.basis().timings().t1().toMillis();
            Unacknowledged waiting =
                    new Unacknowledged(reply, request.cseq(), t1, 0, request.sdp() == null);
            replied =
                    LegDecision.to(state.unacknowledged(waiting), new LegAct.Reply(reply))
                            .and(
                                    new LegAct.Schedule(
                                            LegTimer.ANSWER_AGAIN, state.basis().timings().t1()));
        }
        return replied.thenWith(after -> SessionTimer.refreshed((Talking) after, asked));
    }

    private static LegDecision acknowledged(Talking state, IncomingRequest ack) {
        Unacknowledged answer = state.unacknowledged();
        if (answer == null || answer.cseq() != ack.cseq()) {
            return LegDecision.to(state);
        }
        Talking settled = state.unacknowledged(null);
        LegDecision quiet = LegDecision.to(settled, new LegAct.Unschedule(LegTimer.ANSWER_AGAIN));
        if (!answer.offering()) {
            return quiet;
        }
        String sdp = ack.sdp();
        return quiet.thenWith(_ ->
                sdp == null
                        ? Endings.withBye(
                                settled, TalkingPhase.nonsense("an ACK without an answer"))
                        : renegotiated(
                                settled,
                                Dialogs.renegotiated(
                                        settled.dialog(), settled.dialog().localSdp(), sdp)));
    }

    /// The peer's answer to an offer of ours inside the dialog.
    static LegDecision renegotiated(Talking state, DialogRecord dialog) {
        return switch (Terms.read(dialog.localSdp(), dialog.remoteSdp())) {
            case Terms.Refused(var reason) -> Endings.withBye(state, TalkingPhase.nonsense(reason));
            case Terms.Agreed(_, var audio) when Terms.isDowngrade(state.dialog(), audio) ->
                    Endings.withBye(state, TalkingPhase.nonsense("an answer without its keys"));
            case Terms.Agreed(_, var audio) ->
                    LegDecision.to(state.with(dialog), new LegAct.Connect(audio))
                            .reporting(updated(state, dialog, Terms.isHold(audio)));
        };
    }

    private static MediaEvent updated(Talking state, DialogRecord dialog, boolean onHold) {
        return new MediaEvent.LegUpdated(state.basis().leg(), dialog, onHold);
    }
}
