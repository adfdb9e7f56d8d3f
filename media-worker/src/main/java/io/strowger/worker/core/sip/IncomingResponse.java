package io.strowger.worker.core.sip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A response as it came, well-formed as a message; whether it makes sense is decided by who reads
/// it.
///
/// @param method and `cseq`: of the request that it answers
/// @param from value of From with our tag
/// @param to value of To
/// @param toTag null: none
/// @param contact the first Contact's URI; null: none
/// @param recordRoutes values of Record-Route, top first
/// @param challenges values of WWW-Authenticate and Proxy-Authenticate
/// @param sessionExpires value of Session-Expires; null: none
/// @param sdp the body if its type is application/sdp; null: none
/// @param peer host:port it came from
public record IncomingResponse(
        String sipCallId,
        String method,
        long cseq,
        int status,
        String reason,
        String from,
        String to,
        @Nullable String toTag,
        @Nullable String contact,
        List<String> recordRoutes,
        List<DigestChallenge> challenges,
        @Nullable String sessionExpires,
        @Nullable String sdp,
        String peer) {
    public IncomingResponse {
        recordRoutes = List.copyOf(recordRoutes);
        challenges = List.copyOf(challenges);
    }

    /// The same, from a peer that is reached by these routes before those it named itself.
    ///
    /// @param routes values of Route, in the order of travel
    public IncomingResponse reachedBy(List<String> routes) {
        List<String> recorded = new ArrayList<>(recordRoutes);
        recorded.addAll(routes.reversed());
        return new IncomingResponse(
                sipCallId,
                method,
                cseq,
                status,
                reason,
                from,
                to,
                toTag,
                contact,
                recorded,
                challenges,
                sessionExpires,
                sdp,
                peer);
    }

    /// Below 200: the request goes on.
    public boolean isProvisional() {
        return status < 200;
    }

    /// 200..299.
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
