package io.strowger.worker.core.sip;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request of the peer inside a dialog, or the part of an [IncomingInvite] that any request has.
///
/// @param exchange names its server transaction, for the answer; never used again
/// @param fromTag the peer's tag
/// @param toTag our tag
/// @param contact the Contact's URI; null: none
/// @param supported option tags of Supported
/// @param required option tags of Require
/// @param sessionExpires value of Session-Expires; null: none
/// @param referTo value of Refer-To; null: none, or more than one
/// @param sdp the body if its type is application/sdp; null: none
/// @param peer host:port it came from
public record IncomingRequest(
        long exchange,
        String sipCallId,
        String method,
        long cseq,
        String fromTag,
        String toTag,
        @Nullable String contact,
        Set<String> supported,
        Set<String> required,
        @Nullable String sessionExpires,
        @Nullable String referTo,
        @Nullable String sdp,
        String peer) {
    public IncomingRequest {
        supported = Set.copyOf(supported);
        required = Set.copyOf(required);
    }

    /// One without Refer-To.
    public IncomingRequest(
            long exchange,
            String sipCallId,
            String method,
            long cseq,
            String fromTag,
            String toTag,
            @Nullable String contact,
            Set<String> supported,
            Set<String> required,
            @Nullable String sessionExpires,
            @Nullable String sdp,
            String peer) {
        this(
                exchange,
                sipCallId,
                method,
                cseq,
                fromTag,
                toTag,
                contact,
                supported,
                required,
                sessionExpires,
                null,
                sdp,
                peer);
    }

    /// The same request, once its server transaction has a name.
    IncomingRequest at(long namedExchange) {
        return new IncomingRequest(
                namedExchange,
                sipCallId,
                method,
                cseq,
                fromTag,
                toTag,
                contact,
                supported,
                required,
                sessionExpires,
                referTo,
                sdp,
                peer);
    }
}
