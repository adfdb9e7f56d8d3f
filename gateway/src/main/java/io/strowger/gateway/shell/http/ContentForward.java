package io.strowger.gateway.shell.http;

import io.strowger.contracts.api.CallError;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.telemetry.Telemetry;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes requests for recordings on to the recording-service, which checks their signatures: so
/// the request line, `Host` and all headers that are meant for the other end arrive as they came.
/// Bodies stream, a slow client slows the other end down. For one event loop.
final class ContentForward {
    static final String PREFIX = "/v1/objects/";
    private static final Logger LOG = LoggerFactory.getLogger(ContentForward.class);
    private static final int CONNECT_MS = 2000;

    /// A little more than the recording-service gives a client that takes nothing.
    private static final long SILENCE_MS = 35_000;

    private static final int MOST_CONNECTIONS = 128;
    private static final int MOST_WAITING = 256;
    private static final List<HttpMethod> METHODS =
            List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

    /// RFC 9110 7.6.1, and what the two ends agree about for themselves.
    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "expect");

    private final HttpClient client;
    private final Telemetry telemetry;
    private final Supplier<Optional<URI>> target;

    private enum Outcome {
        DONE,
        REFUSED,
        FAILED,
        BROKEN,
        UNREACHABLE
    }

    /// @param target where the recording-service serves content, asked at each request; only its
    ///   scheme, host and port count. Empty: not known
    ContentForward(Vertx vertx, ServiceContext context, Supplier<Optional<URI>> target) {
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setConnectTimeout(CONNECT_MS)
                                .setDecompressionSupported(false),
                        new PoolOptions()
                                .setHttp1MaxSize(MOST_CONNECTIONS)
                                .setMaxWaitQueueSize(MOST_WAITING));
        this.telemetry = context.telemetry();
        this.target = target;
    }

    void handle(HttpServerRequest request) {
        long startedNs = System.nanoTime();
        if (!METHODS.contains(request.method())) {
            request.response().putHeader("Allow", "GET, HEAD, DELETE");
            refuse(
                    request,
                    CallError.METHOD_NOT_ALLOWED.status(),
                    CallError.METHOD_NOT_ALLOWED.code(),
                    CallError.METHOD_NOT_ALLOWED.message());
            return;
        }
        if (BodyReader.hasBody(request)) {
            refuse(request, 400, "BadRequest", "No body is expected here.");
            return;
        }
        Optional<URI> found = target.get();
        if (found.isEmpty()) {
            unreachable(
                    request,
                    "This gateway does not know where recordings are: recordings.contentUrl is not"
                            + " set.");
            return;
        }
        request.pause();
        client.request(options(request, found.get()))
                .onSuccess(onward -> send(request, onward, startedNs))
                .onFailure(failure -> {
                    LOG.atWarn()
                            .setCause(failure)
                            .addKeyValue("contentUrl", found.get())
                            .log("the recording-service cannot be reached");
                    count(Outcome.UNREACHABLE, startedNs);
                    unreachable(
                            request,
                            "The recording-service cannot be reached. Try again; if that does not"
                                    + " help, see recordings.contentUrl.");
                });
    }

    private static RequestOptions options(HttpServerRequest request, URI target) {
        boolean secure = "https".equals(target.getScheme());
        int port = target.getPort() < 0 ? secure ? 443 : 80 : target.getPort();
        return new RequestOptions()
                .setMethod(request.method())
                .setSsl(secure)
                .setHost(target.getHost())
                .setPort(port)
                .setURI(request.uri())
                .setConnectTimeout(CONNECT_MS)
                .setIdleTimeout(SILENCE_MS);
    }

    private void send(HttpServerRequest request, HttpClientRequest onward, long startedNs) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            onward.reset();
            return;
        }
        copy(request.headers(), onward.headers());
        String host = request.getHeader("Host");
        if (host != null) {
            // The signature covers it, letter by letter.
            onward.authority(HostAndPort.parseAuthority(host, -1));
            onward.putHeader("Host", host);
        }
        response.closeHandler(closed -> onward.reset());
        request.resume();
        onward.send()
                .onSuccess(answer -> pass(request, answer, startedNs))
                .onFailure(failure -> {
                    LOG.atWarn().setCause(failure).log("the recording-service did not answer");
                    count(Outcome.UNREACHABLE, startedNs);
                    refuse(request, 502, "BadGateway", "The recording-service did not answer.");
                });
    }

    private void pass(HttpServerRequest request, HttpClientResponse answer, long startedNs) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.statusCode());
        copy(answer.headers(), response.headers());
        if (!answer.headers().contains("Content-Length")
                && !request.method().equals(HttpMethod.HEAD)) {
            response.setChunked(true);
        }
        answer.pipeTo(response)
                .onSuccess(done -> {
                    count(outcome(answer.statusCode()), startedNs);
                    if (asksToClose(request)) {
                        request.connection().close();
                    }
                })
                .onFailure(failure -> {
                    count(Outcome.BROKEN, startedNs);
                    LOG.atInfo()
                            .addKeyValue("reason", String.valueOf(failure))
                            .log("a recording was not passed on to its end");
                    response.reset();
                });
    }

    /// The server sees it by itself only when nothing else is named (RFC 9112 9.6).
    private static boolean asksToClose(HttpServerRequest request) {
        return request.headers().getAll("Connection").stream()
                .flatMap(named -> Arrays.stream(named.split(",")))
                .anyMatch(name -> name.strip().equalsIgnoreCase("close"));
    }

    private static Outcome outcome(int status) {
        return status < 400 ? Outcome.DONE : status < 500 ? Outcome.REFUSED : Outcome.FAILED;
    }

    private static void copy(MultiMap from, MultiMap to) {
        Set<String> dropped = new HashSet<>(HOP_BY_HOP);
        for (String named : from.getAll("Connection")) {
            Arrays.stream(named.split(","))
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .forEach(dropped::add);
        }
        for (Map.Entry<String, String> header : from) {
            if (!dropped.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }

    private static void unreachable(HttpServerRequest request, String message) {
        request.response().putHeader("Retry-After", "1");
        refuse(request, 503, CallError.NOT_READY.code(), message);
    }

    /// As the recording-service says it: one official client reads `status` and `message`.
    private static void refuse(HttpServerRequest request, int status, String code, String message) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        request.resume();
        if (BodyReader.hasBody(request)) {
            response.putHeader("Connection", "close");
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .end(
                        Buffer.buffer(
                                JsonBodies.write(
                                        Map.of(
                                                "status",
                                                status,
                                                "message",
                                                message,
                                                "error",
                                                Map.of("code", code, "message", message)))));
    }

    private void count(Outcome outcome, long startedNs) {
        telemetry
                .timer(Telemetry.CONTENT_FORWARD, "outcome", outcome)
                .record(System.nanoTime() - startedNs, TimeUnit.NANOSECONDS);
    }
}
