package io.strowger.runtime.auth;

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
    WRONG_CONTENT_HASH("The x-ms-content-sha256 header does not fit the body.");

    private final String message;

    AuthRefusal(String message) {
        this.message = message;
    }

    /// For the caller.
    public String message() {
        return message;
    }
}
