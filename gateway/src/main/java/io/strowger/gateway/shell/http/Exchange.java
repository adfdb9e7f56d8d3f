package io.strowger.gateway.shell.http;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Refusal;
import io.strowger.runtime.auth.HttpDate;
import io.strowger.runtime.telemetry.Spans;
import io.strowger.runtime.telemetry.TraceSpan;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request and its one response, on its event loop.
final class Exchange {
    private static final String CLIENT_REQUEST_ID = "x-ms-client-request-id";
    private static final String CHAIN_ID = "X-Microsoft-Skype-Chain-ID";
    private final HttpServerRequest request;
    private final RequestMeters meters;
    private final HttpLimits limits;
    private final Vertx vertx;
    private final long startedNs = System.nanoTime();
    private @Nullable ApiOperation operation;
    private TraceSpan span = TraceSpan.NONE;
    private boolean bodyWhole;
    private boolean answered;

    Exchange(Vertx vertx, HttpServerRequest request, RequestMeters meters, HttpLimits limits) {
        this.vertx = vertx;
        this.request = request;
        this.meters = meters;
        this.limits = limits;
    }

    HttpServerRequest request() {
        return request;
    }

    String method() {
        return request.method().name();
    }

    /// As it stands in the request line, without the query.
    String path() {
        return Objects.requireNonNullElse(request.path(), "");
    }

    void isFor(ApiOperation found) {
        operation = found;
        if (span.isRecording()) {
            String route = found.template().toString();
            span.rename(method() + " " + route).set("http.route", route);
        }
    }

    /// Its sender proved who it is, so it may have a place in a trace. Strangers fill no traces.
    void traced(Spans spans) {
        String traceparent = request.getHeader(KafkaHeaders.TRACEPARENT);
        span =
                spans.server(
                                method(),
                                traceparent == null
                                        ? null
                                        : TraceContext.of(
                                                traceparent,
                                                request.getHeader(KafkaHeaders.TRACESTATE)))
                        .set("http.request.method", method())
                        .set("url.scheme", request.isSSL() ? "https" : "http");
    }

    /// Null: in no trace.
    @Nullable TraceContext trace() {
        return span.context();
    }

    /// The body was read to its end: the connection can be kept.
    void bodyIsWhole() {
        bodyWhole = true;
    }

    Exchange header(String name, String value) {
        request.response().putHeader(name, value);
        return this;
    }

    /// `X-Microsoft-Skype-Chain-ID`: the correlation id of the call, or something as unique.
    Exchange chain(String id) {
        return header(CHAIN_ID, id);
    }

    void refuse(Refusal refusal, Instant now) {
        refuse(refusal.error(), refusal.detail(), now);
    }

    void refuse(CallError error, String detail, Instant now) {
        if (error.status() == CallError.NOT_READY.status()
                || error == CallError.TOO_MANY_REQUESTS) {
            header("Retry-After", "1");
        }
        respond(ApiResponse.error(error.status(), error.code(), detail), now);
    }

    void respond(ApiResponse answer, Instant now) {
        if (answered) {
            return;
        }
        answered = true;
        span.set("http.response.status_code", answer.status());
        if (answer.status() >= 500) {
            span.fail(Integer.toString(answer.status()));
        }
        span.end();
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.status()).putHeader("Date", HttpDate.format(now));
        String clientId = request.getHeader(CLIENT_REQUEST_ID);
        if (clientId != null) {
            response.putHeader(CLIENT_REQUEST_ID, clientId);
        }
        if (!bodyWhole) {
            response.putHeader("Connection", "close");
        }
        Map<String, Object> body = answer.body();
        if (body == null) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json; charset=utf-8")
                    .end(Buffer.buffer(JsonBodies.write(body)));
        }
        if (!bodyWhole) {
            closeWhenSeen();
        }
        meters.record(
                operation, RequestOutcome.of(answer.status()), System.nanoTime() - startedNs, span);
    }

    /// Closing with unread bytes would reset the connection before the client reads the response:
    /// what comes is thrown away for a while.
    private void closeWhenSeen() {
        request.handler(chunk -> {});
        request.exceptionHandler(failure -> request.connection().close());
        request.endHandler(end -> request.connection().close());
        vertx.setTimer(limits.linger().toMillis(), timer -> request.connection().close());
    }
}
