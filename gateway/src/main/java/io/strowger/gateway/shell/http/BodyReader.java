package io.strowger.gateway.shell.http;

import io.strowger.contracts.api.CallError;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// Reads the body of one request, no further than the limits allow. On its event loop.
final class BodyReader {
    private static final byte[] EMPTY = {};
    private final Consumer<byte[]> whole;
    private final Consumer<CallError> refused;
    private final int maxBytes;
    private final Vertx vertx;
    private final long timer;
    private final Buffer body = Buffer.buffer();
    private boolean over;

    private BodyReader(
            Vertx vertx, HttpLimits limits, Consumer<byte[]> whole, Consumer<CallError> refused) {
        this.vertx = vertx;
        this.maxBytes = limits.maxBodyBytes();
        this.whole = whole;
        this.refused = refused;
        this.timer =
                vertx.setTimer(
                        limits.request().toMillis(), unused -> refuse(CallError.REQUEST_TIMEOUT));
    }

    /// Exactly one of the two is called, once; neither when the connection is lost before.
    static void read(
            Vertx vertx,
            HttpServerRequest request,
            HttpLimits limits,
            Consumer<byte[]> whole,
            Consumer<CallError> refused) {
        if (declaredLength(request) > limits.maxBodyBytes()) {
            refused.accept(CallError.BODY_TOO_LARGE);
            return;
        }
        BodyReader reader = new BodyReader(vertx, limits, whole, refused);
        request.handler(reader::chunk);
        request.endHandler(end -> reader.end());
        request.exceptionHandler(failure -> reader.lost());
    }

    static boolean hasBody(HttpServerRequest request) {
        return declaredLength(request) > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException malformed) {
            return Long.MAX_VALUE;
        }
    }

    private void chunk(Buffer chunk) {
        if (over) {
            return;
        }
        if (body.length() + (long) chunk.length() > maxBytes) {
            refuse(CallError.BODY_TOO_LARGE);
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void end() {
        if (finish()) {
            whole.accept(body.length() == 0 ? EMPTY : body.getBytes());
        }
    }

    private void refuse(CallError error) {
        if (finish()) {
            refused.accept(error);
        }
    }

    private void lost() {
        finish();
    }

    private boolean finish() {
        if (over) {
            return false;
        }
        over = true;
        vertx.cancelTimer(timer);
        return true;
    }
}
