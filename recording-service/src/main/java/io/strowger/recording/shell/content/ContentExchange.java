package io.strowger.recording.shell.content;

import io.strowger.contracts.api.CallError;
import io.strowger.runtime.auth.HttpDate;
import io.strowger.runtime.auth.SignedRequest;
import io.strowger.runtime.telemetry.Telemetry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// One request for content and its response, on its event loop. Errors are JSON in any case: one
/// official client parses every one, and reads `status` and `message` at the top; the rest of the
/// API has `error`.
final class ContentExchange {
    private static final String CLIENT_REQUEST_ID = "x-ms-client-request-id";
    private static final String JSON = "application/json; charset=utf-8";
    private final HttpServerRequest request;
    private final Telemetry telemetry;
    private final long startedNs = System.nanoTime();
    private Operation operation = Operation.UNKNOWN;

    /// Label of a metric.
    enum Operation {
        AUDIO,
        METADATA,
        DELETE,
        UNKNOWN
    }

    /// Label of a metric.
    enum Outcome {
        DONE,
        UNAUTHENTICATED,
        REFUSED,
        FAILED,
        BROKEN;

        static Outcome of(int status) {
            if (status == CallError.UNAUTHORIZED.status()) {
                return UNAUTHENTICATED;
            }
            return status < 400 ? DONE : status < 500 ? REFUSED : FAILED;
        }
    }

    ContentExchange(HttpServerRequest request, Telemetry telemetry) {
        this.request = request;
        this.telemetry = telemetry;
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return request.response();
    }

    boolean isHead() {
        return request.method().equals(HttpMethod.HEAD);
    }

    void isFor(Operation found) {
        operation = found;
    }

    /// The head as it was signed.
    SignedRequest signed() {
        return SignedRequest.of(request.method().name(), request.uri(), request::getHeader);
    }

    boolean hasBody() {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null
                || length != null && !length.strip().equals("0");
    }

    /// What every response has.
    HttpServerResponse begin(int status, Instant now) {
        HttpServerResponse response =
                request.response().setStatusCode(status).putHeader("Date", HttpDate.format(now));
        String clientId = request.getHeader(CLIENT_REQUEST_ID);
        return clientId == null ? response : response.putHeader(CLIENT_REQUEST_ID, clientId);
    }

    void json(int status, byte[] body, Instant now) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        HttpServerResponse response = begin(status, now).putHeader("Content-Type", JSON);
        if (isHead()) {
            response.putHeader("Content-Length", Integer.toString(body.length)).end();
        } else {
            response.end(Buffer.buffer(body));
        }
        count(Outcome.of(status));
    }

    void refuse(CallError error, String detail, Instant now) {
        refuse(error.status(), error.code(), detail, now);
    }

    void refuse(int status, String code, String detail, Instant now) {
        JsonObject body =
                new JsonObject()
                        .put("status", status)
                        .put("message", detail)
                        .put("error", new JsonObject().put("code", code).put("message", detail));
        json(status, body.toBuffer().getBytes(), now);
    }

    void count(Outcome outcome) {
        telemetry
                .timer(Telemetry.CONTENT_REQUEST, "operation", operation, "outcome", outcome)
                .record(System.nanoTime() - startedNs, TimeUnit.NANOSECONDS);
    }
}
