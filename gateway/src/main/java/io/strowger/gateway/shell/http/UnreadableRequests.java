package io.strowger.gateway.shell.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.strowger.gateway.core.api.ApiResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Answers what could not be read as an HTTP request, and closes its connection: what follows
/// cannot be read either.
final class UnreadableRequests {
    private UnreadableRequests() {}

    static void answer(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        ApiResponse answer = answer(cause);
        Map<String, Object> body = Objects.requireNonNull(answer.body());
        request.response()
                .setStatusCode(answer.status())
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Connection", "close")
                .end(Buffer.buffer(JsonBodies.write(body)))
                .onComplete(written -> request.connection().close());
    }

    private static ApiResponse answer(@Nullable Throwable cause) {
        return switch (cause) {
            case TooLongHttpHeaderException _ ->
                    ApiResponse.error(
                            431, "RequestHeaderFieldsTooLarge", "The headers are too large.");
            case TooLongHttpLineException _ ->
                    ApiResponse.error(414, "RequestUriTooLong", "The address is too long.");
            case null, default -> ApiResponse.error(400, "BadRequest", "This is no HTTP request.");
        };
    }
}
