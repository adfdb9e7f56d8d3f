package io.strowger.runtime.auth;

import java.util.function.Function;
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
        @Nullable String authorization) {
    /// @param header the first value of a header, whatever the case of its name; null: there is
    ///   none
    public static SignedRequest of(
            String method, String target, Function<String, @Nullable String> header) {
        String date = header.apply("x-ms-date");
        return new SignedRequest(
                method,
                target,
                header.apply("Host"),
                header.apply("x-ms-host"),
                date == null ? header.apply("Date") : date,
                header.apply("x-ms-content-sha256"),
                header.apply("Authorization"));
    }
}
