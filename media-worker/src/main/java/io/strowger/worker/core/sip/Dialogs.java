package io.strowger.worker.core.sip;

import io.strowger.contracts.placement.DialogRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds and carries on dialogs (RFC 3261 12). Pure; the state is the [DialogRecord].
public final class Dialogs {
    private Dialogs() {}

    /// The dialog that a 2xx to our INVITE makes (12.1.2), or null when the answer names no target
    /// or tag and so cannot make one.
    ///
    /// @param localTag our tag
    /// @param localSdp our offer
    public static @Nullable DialogRecord answered(
            SipRequest invite, String localTag, IncomingResponse answer, String transport) {
        if (answer.contact() == null || answer.toTag() == null || answer.sdp() == null) {
            return null;
        }
        return new DialogRecord(
                invite.sipCallId(),
                localTag,
                answer.toTag(),
                untagged(invite.from()),
                untagged(invite.to()),
                answer.contact(),
                answer.recordRoutes().reversed(),
                invite.cseq(),
                -1,
                transport,
                answer.peer(),
                invite.sdp() == null ? "" : invite.sdp(),
                answer.sdp());
    }

    /// The dialog that our 2xx to an INVITE makes (12.1.1).
    ///
    /// @param contact of the INVITE
    /// @param localSdp our answer, or our offer when the INVITE has none
    public static DialogRecord accepted(
            IncomingInvite invite, String contact, String localTag, String localSdp) {
        IncomingRequest request = invite.request();
        return new DialogRecord(
                request.sipCallId(),
                localTag,
                request.fromTag(),
                untagged(invite.to()),
                untagged(invite.from()),
                contact,
                invite.recordRoutes(),
                0,
                request.cseq(),
                invite.transport(),
                request.peer(),
                localSdp,
                request.sdp() == null ? "" : request.sdp());
    }

    /// A request inside the dialog (12.2.1.1) with the next CSeq: see [#sent].
    public static SipRequest request(
            DialogRecord dialog,
            String method,
            @Nullable String contact,
            List<HeaderLine> headers,
            @Nullable String sdp) {
        return new SipRequest(
                method,
                dialog.remoteTarget(),
                dialog.localUri() + ";tag=" + dialog.localTag(),
                dialog.remoteUri() + ";tag=" + dialog.remoteTag(),
                dialog.sipCallId(),
                dialog.localCSeq() + 1,
                dialog.routeSet(),
                contact,
                headers,
                sdp);
    }

    /// The ACK of a 2xx (13.2.2.4): same CSeq number as the INVITE, same credentials.
    ///
    /// @param authorization headers of the INVITE that must be repeated
    /// @param sdp our answer when the 2xx brought an offer; else null
    public static SipRequest ack(
            IncomingResponse answer, List<HeaderLine> authorization, @Nullable String sdp) {
        String target = answer.contact();
        return new SipRequest(
                "ACK",
                target == null ? bareUri(answer.to()) : target,
                answer.from(),
                answer.to(),
                answer.sipCallId(),
                answer.cseq(),
                answer.recordRoutes().reversed(),
                null,
                authorization,
                sdp);
    }

    /// The BYE for a 2xx that nobody wants: a fork's, or one that crossed our CANCEL.
    public static SipRequest byeFor(IncomingResponse answer, List<HeaderLine> headers) {
        SipRequest ack = ack(answer, List.of(), null);
        return new SipRequest(
                "BYE",
                ack.requestUri(),
                ack.from(),
                ack.to(),
                ack.sipCallId(),
                answer.cseq() + 1,
                ack.routes(),
                null,
                headers,
                null);
    }

    /// The dialog after our request with `cseq` left.
    public static DialogRecord sent(DialogRecord dialog, long cseq) {
        return copy(
                dialog,
                dialog.remoteTarget(),
                cseq,
                dialog.remoteCSeq(),
                dialog.localSdp(),
                dialog.remoteSdp());
    }

    /// The dialog after a request of the peer was taken.
    public static DialogRecord received(DialogRecord dialog, long cseq) {
        return copy(
                dialog,
                dialog.remoteTarget(),
                dialog.localCSeq(),
                cseq,
                dialog.localSdp(),
                dialog.remoteSdp());
    }

    /// The dialog with a refreshed target (12.2.1.2, 12.2.2); null: no change.
    public static DialogRecord retargeted(DialogRecord dialog, @Nullable String target) {
        return target == null
                ? dialog
                : copy(
                        dialog,
                        target,
                        dialog.localCSeq(),
                        dialog.remoteCSeq(),
                        dialog.localSdp(),
                        dialog.remoteSdp());
    }

    /// The dialog after a new exchange of session descriptions.
    public static DialogRecord renegotiated(DialogRecord dialog, String local, String remote) {
        return copy(
                dialog,
                dialog.remoteTarget(),
                dialog.localCSeq(),
                dialog.remoteCSeq(),
                local,
                remote);
    }

    private static DialogRecord copy(
            DialogRecord dialog,
            String target,
            long localCSeq,
            long remoteCSeq,
            String localSdp,
            String remoteSdp) {
        return new DialogRecord(
                dialog.sipCallId(),
                dialog.localTag(),
                dialog.remoteTag(),
                dialog.localUri(),
                dialog.remoteUri(),
                target,
                dialog.routeSet(),
                localCSeq,
                remoteCSeq,
                dialog.transport(),
                dialog.peerAddress(),
                localSdp,
                remoteSdp);
    }

    private static String untagged(String nameAddress) {
        int bracket = nameAddress.lastIndexOf('>');
        return bracket < 0 ? nameAddress : nameAddress.substring(0, bracket + 1);
    }

    private static String bareUri(String nameAddress) {
        int open = nameAddress.lastIndexOf('<');
        int close = nameAddress.lastIndexOf('>');
        return open < 0 || close < open ? nameAddress : nameAddress.substring(open + 1, close);
    }
}
