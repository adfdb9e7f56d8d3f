package io.strowger.worker.core.leg;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.leg.LegState.Referral;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.sip.Dialogs;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.NameAddress;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Transfers that the peer asks for (REFER inside the dialog, RFC 3515), one at a time.
final class Referrals {
    private static final String UNDER_WAY = "active;expires=180";
    private static final String DONE = "terminated;reason=noresource";
    private static final int LONGEST_REASON = 100;

    private Referrals() {}

    static LegDecision asked(Talking state, IncomingRequest refer) {
        if (refer.referTo() == null) {
            return PeerRequests.reply(state, refer, 400, "Bad Refer-To");
        }
        if (state.referral() != null) {
            return PeerRequests.reply(state, refer, 491, "Request Pending");
        }
        String uri = NameAddress.parse(refer.referTo()).uri();
        String lower = uri.toLowerCase(Locale.ROOT);
        if (lower.contains("replaces=")) {
            return PeerRequests.reply(state, refer, 501, "Attended Transfer Not Implemented");
        }
        Optional<Identifier> target = state.basis().directory().target(uri);
        if (target.isEmpty() || lower.contains("method=") && !lower.contains("method=invite")) {
            return PeerRequests.reply(state, refer, 400, "Bad Refer-To");
        }
        SipReply accepted =
                new SipReply(
                        refer.exchange(),
                        202,
                        "Accepted",
                        state.basis().local().contact(state.dialog().transport()),
                        List.of(),
                        null);
        return LegDecision.to(
                        state.referring(new Referral(refer.cseq(), null)),
                        new LegAct.Reply(accepted))
                .thenWith(after -> notify((Talking) after, 100, "Trying"))
                .reporting(new MediaEvent.TransferAsked(state.basis().leg(), target.get()));
    }

    /// Tells the peer how its transfer goes; a final status is the last that it hears.
    static LegDecision notify(Talking state, int status, String reason) {
        Referral referral = state.referral();
        if (referral == null || status < 100 || status > 699) {
            return LegDecision.to(state);
        }
        boolean last = status >= 200;
        SipRequest notice =
                Dialogs.request(
                        state.dialog(),
                        "NOTIFY",
                        state.basis().local().contact(state.dialog().transport()),
                        List.of(
                                new HeaderLine("Event", "refer;id=" + referral.cseq()),
                                new HeaderLine("Subscription-State", last ? DONE : UNDER_WAY),
                                new HeaderLine("Content-Type", "message/sipfrag;version=2.0")),
                        "SIP/2.0 " + status + " " + phrase(reason) + "\r\n");
        return LegDecision.to(
                state.with(Dialogs.sent(state.dialog(), notice.cseq()))
                        .referring(
                                last
                                        ? null
                                        : new Referral(
                                                referral.cseq(), new Signing.Signed(notice, 0))),
                new LegAct.Send(notice));
    }

    private static String phrase(String reason) {
        String line = SipText.isOneLine(reason) ? reason : "";
        return line.substring(0, Math.min(LONGEST_REASON, line.length()));
    }

    /// The peer's word on a NOTIFY: without one the subscription is over (RFC 6665 4.2.2).
    static LegDecision answered(Talking state, IncomingResponse response) {
        Signing.Signed notice = pending(state, response.method(), response.cseq());
        Referral referral = state.referral();
        if (notice == null || referral == null || response.isProvisional()) {
            return LegDecision.to(state);
        }
        return switch (response.status()) {
            case 401, 407 -> challenged(state, referral, notice, response);
            case 481 -> LegDecision.to(state.referring(null));
            default -> LegDecision.to(state.referring(new Referral(referral.cseq(), null)));
        };
    }

    private static LegDecision challenged(
            Talking state, Referral referral, Signing.Signed notice, IncomingResponse response) {
        return state.line()
                .signing()
                .retry(notice, response)
                .map(again -> {
                    SipRequest request = again.signed().request();
                    Talking next =
                            state.with(Dialogs.sent(state.dialog(), request.cseq()))
                                    .with(state.line().with(again.signing()))
                                    .referring(new Referral(referral.cseq(), again.signed()));
                    return LegDecision.to(next, new LegAct.Send(request));
                })
                .orElseGet(() -> LegDecision.to(state.referring(null)));
    }

    /// A NOTIFY of ours got no answer at all.
    static LegDecision failed(Talking state, String method, long cseq) {
        return pending(state, method, cseq) == null
                ? LegDecision.to(state)
                : LegDecision.to(state.referring(null));
    }

    private static Signing.@Nullable Signed pending(Talking state, String method, long cseq) {
        Referral referral = state.referral();
        return referral != null
                        && referral.last() != null
                        && method.equals("NOTIFY")
                        && referral.last().request().cseq() == cseq
                ? referral.last()
                : null;
    }
}
