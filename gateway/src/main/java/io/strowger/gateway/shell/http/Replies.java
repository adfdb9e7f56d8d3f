package io.strowger.gateway.shell.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.contracts.api.CallError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes answers with the headers that all of them have.
final class Replies {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String CLIENT_REQUEST_ID = "x-ms-client-request-id";
    private static final int MAX_ECHO = 128;

    private Replies() {}

    /// @param body null: none
    static void send(HttpServerRequest request, int status, @Nullable JsonNode body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return; // the client went away, or was told already
        }
        String clientId = request.getHeader(CLIENT_REQUEST_ID);
        if (clientId != null && clientId.length() <= MAX_ECHO) {
            response.putHeader(CLIENT_REQUEST_ID, clientId);
        }
        response.setStatusCode(status);
        if (body == null) {
            response.end();
        } else {
            response.putHeader("Content-Type", JSON)
                    .end(Buffer.buffer(body.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    static void refuse(HttpServerRequest request, CallError error, String detail) {
        HttpServerResponse response = request.response();
        if (error.status() == 503 || error.status() == 429) {
            response.putHeader("Retry-After", "1");
        }
        if (error.status() == 401) {
            response.putHeader("WWW-Authenticate", "HMAC-SHA256, Bearer");
        }
        send(request, error.status(), Errors.body(error, detail));
    }

    /// As [#refuse], for a client whose connection can serve no further request.
    static void refuseAndClose(HttpServerRequest request, CallError error, String detail) {
        request.response().putHeader("Connection", "close");
        refuse(request, error, detail);
        var _ = request.connection().close();
    }
}
