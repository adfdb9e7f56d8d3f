package io.strowger.worker.core.sip;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A response of ours to an [IncomingRequest].
///
/// @param exchange of the request
/// @param contact value of Contact; null: none is sent
/// @param sdp the body; null: none
public record SipReply(
        long exchange,
        int status,
        String reason,
        @Nullable String contact,
        List<HeaderLine> headers,
        @Nullable String sdp) {
    public SipReply {
        headers = List.copyOf(headers);
    }

    /// A response without body or further headers.
    public static SipReply of(long exchange, int status, String reason) {
        return new SipReply(exchange, status, reason, null, List.of(), null);
    }
}
