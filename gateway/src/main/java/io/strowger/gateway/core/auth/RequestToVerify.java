package io.strowger.gateway.core.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an access key signs.
///
/// @param method upper case
/// @param target the request target as it was sent, percent signs and all
/// @param hosts what the client may have taken for the host, the likeliest first
/// @param authorization the header
/// @param date `x-ms-date`, else `Date`
/// @param contentHash `x-ms-content-sha256`
/// @param body as it was received
public record RequestToVerify(
        String method,
        String target,
        List<String> hosts,
        @Nullable String authorization,
        @Nullable String date,
        @Nullable String contentHash,
        byte[] body) {
    public RequestToVerify {
        hosts = List.copyOf(hosts);
    }
}
