package io.strowger.runtime.auth;

import org.jspecify.annotations.Nullable;

/// What a signature covers, as it arrived.
///
/// @param method in capitals
/// @param target path and query of the request line, percent signs and all
/// @param host the `Host` header
/// @param resourceHost the `x-ms-host` header
/// @param date `x-ms-date`, else `Date`
/// @param contentHash `x-ms-content-sha256`
/// @param authorization the `Authorization` header
public record SignedRequest(
        String method,
        String target,
        @Nullable String host,
        @Nullable String resourceHost,
        @Nullable String date,
        @Nullable String contentHash,
        @Nullable String authorization) {}
