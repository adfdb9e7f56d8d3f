package io.strowger.contracts.api;

/// An expected refusal: the HTTP status and the `error.code` that the caller sees.
public enum CallError {
    INVALID_REQUEST(400, "8523", "The request is invalid."),
    CALL_NOT_ESTABLISHED(400, "8501", "The action is not valid unless the call is established."),
    CALL_ALREADY_TERMINATED(400, "8528", "The call is already terminated."),
    UNAUTHORIZED(401, "Denied", "The request is not authenticated."),
    FORBIDDEN(403, "Forbidden", "The request is not allowed."),
    CALL_NOT_FOUND(404, "8522", "The call was not found."),
    PARTICIPANT_NOT_FOUND(404, "8522", "The participant was not found in this call."),
    RECORDING_NOT_FOUND(404, "8522", "The recording was not found."),
    NOT_FOUND(404, "NotFound", "There is nothing at this address."),
    METHOD_NOT_ALLOWED(405, "MethodNotAllowed", "The method is not allowed at this address."),
    REQUEST_TIMEOUT(408, "RequestTimeout", "The request did not arrive in time."),
    REPEATABILITY_REJECTED(
            412,
            "PreconditionFailed",
            "The repeatability request id was used for another request, or is too old."),
    BODY_TOO_LARGE(413, "RequestEntityTooLarge", "The request body is too large."),
    TOO_MANY_REQUESTS(429, "TooManyRequests", "Too many requests."),
    INTERNAL(500, "9999", "An internal error happened."),
    NOT_READY(503, "ServiceUnavailable", "The service cannot answer now. Try again."),
    NO_MEDIA_CAPACITY(
            503, "ServiceUnavailable", "No media worker has room for this call. Try again.");

    private final int status;
    private final String code;
    private final String message;

    CallError(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /// The HTTP status, 400..599.
    public int status() {
        return status;
    }

    /// `error.code` of the body.
    public String code() {
        return code;
    }

    /// `error.message` where nothing more exact is known.
    public String message() {
        return message;
    }
}
