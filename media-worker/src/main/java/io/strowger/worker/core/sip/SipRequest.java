package io.strowger.worker.core.sip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request of ours, complete but for Via and Max-Forwards, which belong to the transport.
///
/// @param requestUri e.g. `sip:+15550100001@trunk.example`
/// @param from value of From, with our tag
/// @param to value of To, with the peer's tag inside a dialog
/// @param routes values of Route, in order
/// @param contact value of Contact; null: none is sent
/// @param sdp the body, application/sdp unless `headers` have another Content-Type; null: none
public record SipRequest(
        String method,
        String requestUri,
        String from,
        String to,
        String sipCallId,
        long cseq,
        List<String> routes,
        @Nullable String contact,
        List<HeaderLine> headers,
        @Nullable String sdp) {
    public SipRequest {
        routes = List.copyOf(routes);
        headers = List.copyOf(headers);
    }

    /// The same request by another way.
    public SipRequest by(List<String> others) {
        return new SipRequest(
                method, requestUri, from, to, sipCallId, cseq, others, contact, headers, sdp);
    }

    /// The same request as a new transaction with one more header, e.g. after a challenge (RFC 3261
    /// 22.2).
    public SipRequest again(long newCSeq, HeaderLine further) {
        List<HeaderLine> all = new ArrayList<>(headers);
        all.removeIf(line -> line.name().equals(further.name()));
        all.add(further);
        return new SipRequest(
                method, requestUri, from, to, sipCallId, newCSeq, routes, contact, all, sdp);
    }
}
