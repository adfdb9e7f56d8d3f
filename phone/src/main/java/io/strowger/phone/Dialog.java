package io.strowger.phone;

import io.strowger.media.sdp.LocalSrtp;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dialog (RFC 3261 12) from the phone's side. Only the signalling thread touches it.
final class Dialog {
    final String callId;
    final String localTag;
    final boolean incoming;
    String local = "";
    String remote = "";
    String remoteTag = "";
    String remoteTarget = "";
    List<String> routes = List.of();
    long localCseq = 1;
    @Nullable SipMessage invite;
    @Nullable InetSocketAddress peer;
    String localSdp = "";
    long sdpVersion = 1;
    LocalSrtp srtp = LocalSrtp.OFF;
    byte @Nullable [] finalResponse;
    boolean acknowledged;
    boolean cancelled;

    Dialog(String callId, String localTag, boolean incoming) {
        this.callId = callId;
        this.localTag = localTag;
        this.incoming = incoming;
    }

    /// A request inside the dialog (12.2.1.1).
    SipMessage request(
            String method, long cseq, String via, List<SipMessage.Header> further, String body) {
        List<SipMessage.Header> headers = new ArrayList<>();
        headers.add(new SipMessage.Header("Via", via));
        headers.add(new SipMessage.Header("Max-Forwards", "70"));
        headers.add(new SipMessage.Header("From", local + ";tag=" + localTag));
        headers.add(
                new SipMessage.Header(
                        "To", remoteTag.isEmpty() ? remote : remote + ";tag=" + remoteTag));
        headers.add(new SipMessage.Header("Call-ID", callId));
        headers.add(new SipMessage.Header("CSeq", cseq + " " + method));
        routes.forEach(route -> headers.add(new SipMessage.Header("Route", route)));
        headers.addAll(further);
        return new SipMessage(method + " " + remoteTarget + " SIP/2.0", headers, body);
    }
}
