package io.strowger.contracts.api;

import org.jspecify.annotations.Nullable;

/// How an operation or call ended, in the API's numbers.
///
/// @param code as of HTTP or SIP, 0..699
/// @param subCode the reason, exact to the contract
/// @param message for people
/// @param sipCode the SIP status behind it, 100..699, where there was one
/// @param sipMessage its reason phrase
public record ResultInformation(
        int code,
        int subCode,
        String message,
        @Nullable Integer sipCode,
        @Nullable String sipMessage) {
    public static ResultInformation of(int code, int subCode, String message) {
        return new ResultInformation(code, subCode, message, null, null);
    }
}
