package io.strowger.runtime.auth;

import java.util.EnumSet;
import java.util.Set;

/// Why a request is not authenticated. The names are labels of a metric.
public enum AuthRefusal {
    NO_CREDENTIALS("The request is not signed: the Authorization header is missing."),
    UNKNOWN_SCHEME(
            "The Authorization header is not 'HMAC-SHA256 SignedHeaders=...&Signature=...'."),
    NO_DATE(
            "The request has no x-ms-date header, or not one like 'Sun, 22 Nov 2026 16:33:38 GMT'."),
    WRONG_DATE("The x-ms-date header is more than 15 minutes off this server's clock."),
    NO_CONTENT_HASH("The x-ms-content-sha256 header is missing."),
    WRONG_SIGNATURE("The signature does not fit the request and any access key."),
    WRONG_CONTENT_HASH("The x-ms-content-sha256 header does not fit the body."),
    TOKENS_NOT_SET_UP(
            "Bearer tokens are not taken here (auth.jwt is not set): sign with an access key."),
    MALFORMED_TOKEN("The bearer token is not a signed JWT."),
    WRONG_TOKEN_ALGORITHM(
            "The bearer token is signed with an algorithm that is not taken: RS, PS or ES with 256,"
                    + " 384 or 512 bits are."),
    WRONG_ISSUER("The issuer (iss) of the bearer token is not one that is trusted here."),
    WRONG_AUDIENCE("The audience (aud) of the bearer token is not this installation."),
    TOKEN_EXPIRED("The bearer token has expired (exp), or does not say when it will."),
    TOKEN_NOT_YET_VALID("The bearer token is not valid yet (nbf)."),
    NO_APPLICATION("The bearer token has no claim that names its application."),
    TOKEN_KEYS_UNKNOWN(
            "No key to verify bearer tokens with is known: the key set of the issuer cannot be"
                    + " read."),
    UNKNOWN_TOKEN_KEY("The bearer token is signed with a key that its issuer does not publish."),
    WRONG_TOKEN_SIGNATURE("The signature of the bearer token is wrong.");

    private static final Set<AuthRefusal> OF_TOKENS =
            EnumSet.range(MALFORMED_TOKEN, WRONG_TOKEN_SIGNATURE);

    private final String message;

    AuthRefusal(String message) {
        this.message = message;
    }

    /// Whether a bearer token was shown and not taken.
    public boolean isOfToken() {
        return OF_TOKENS.contains(this);
    }

    /// For the caller.
    public String message() {
        return message;
    }
}
