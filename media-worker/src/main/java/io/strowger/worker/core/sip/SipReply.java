package io.strowger.worker.core.sip;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A response of ours to an [IncomingRequest].
///
/// @param exchange of the request; it can be answered again after a status below 200
/// @param toTag ours, for a request that has none; null: any
/// @param contact value of Contact; null: none is sent
/// @param sdp the body; null: none
public record SipReply(
        long exchange,
        int status,
        String reason,
        @Nullable String toTag,
        @Nullable String contact,
        List<HeaderLine> headers,
        @Nullable String sdp) {
    public SipReply {
        headers = List.copyOf(headers);
    }

    /// To a request that has our tag, or needs none.
    public SipReply(
            long exchange,
            int status,
            String reason,
            @Nullable String contact,
            List<HeaderLine> headers,
            @Nullable String sdp) {
        this(exchange, status, reason, null, contact, headers, sdp);
    }

    /// A response without body or further headers.
    public static SipReply of(long exchange, int status, String reason) {
        return new SipReply(exchange, status, reason, null, null, List.of(), null);
    }

    /// The same answer to another exchange.
    public SipReply to(long otherExchange) {
        return new SipReply(otherExchange, status, reason, toTag, contact, headers, sdp);
    }
}
