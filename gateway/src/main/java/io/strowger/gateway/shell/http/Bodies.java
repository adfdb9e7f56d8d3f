package io.strowger.gateway.shell.http;

import io.strowger.contracts.api.CallError;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// Collects a request's body within its limits of size and time.
final class Bodies {
    private final Vertx vertx;
    private final int maxBytes;
    private final long patienceMs;

    /// @param patienceMs from the head of a request to the end of its body
    Bodies(Vertx vertx, int maxBytes, long patienceMs) {
        this.vertx = vertx;
        this.maxBytes = maxBytes;
        this.patienceMs = patienceMs;
    }

    /// Calls `whole` with the body, or answers 413 or 408 and closes. To be called before the event
    /// loop goes on.
    void collect(HttpServerRequest request, Consumer<byte[]> whole) {
        String length = request.getHeader("Content-Length");
        if (length != null && isTooLong(length)) {
            tooLarge(request);
            return;
        }
        Collecting collecting = new Collecting(request, whole);
        request.handler(collecting::part);
        request.endHandler(_ -> collecting.end());
        request.exceptionHandler(_ -> collecting.abort());
    }

    private boolean isTooLong(String length) {
        try {
            return Long.parseLong(length.strip()) > maxBytes;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private void tooLarge(HttpServerRequest request) {
        Replies.refuseAndClose(
                request,
                CallError.BODY_TOO_LARGE,
                "The body is larger than " + maxBytes + " bytes.");
    }

    private final class Collecting {
        private final HttpServerRequest request;
        private final Consumer<byte[]> whole;
        private final Buffer body = Buffer.buffer();
        private final long timer;
        private boolean over;

        Collecting(HttpServerRequest request, Consumer<byte[]> whole) {
            this.request = request;
            this.whole = whole;
            this.timer = vertx.setTimer(patienceMs, _ -> tooSlow());
        }

        void part(Buffer part) {
            if (over) {
                return;
            }
            if (body.length() + part.length() > maxBytes) {
                abort();
                tooLarge(request);
                return;
            }
            body.appendBuffer(part);
        }

        void end() {
            if (!over) {
                abort();
                whole.accept(body.getBytes());
            }
        }

        void abort() {
            over = true;
            vertx.cancelTimer(timer);
        }

        private void tooSlow() {
            if (!over) {
                over = true;
                Replies.refuseAndClose(
                        request,
                        CallError.REQUEST_TIMEOUT,
                        "The request did not arrive within " + patienceMs + " ms.");
            }
        }
    }
}
