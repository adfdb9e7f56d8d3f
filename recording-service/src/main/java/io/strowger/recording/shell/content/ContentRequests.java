package io.strowger.recording.shell.content;

import io.strowger.contracts.api.CallError;
import io.strowger.recording.core.content.ByteRange;
import io.strowger.recording.core.content.ContentAddress;
import io.strowger.recording.core.content.ContentAddress.What;
import io.strowger.recording.core.store.RecordingStore;
import io.strowger.recording.core.store.RecordingStore.StoredRecording;
import io.strowger.recording.shell.content.ContentExchange.Operation;
import io.strowger.recording.shell.content.ContentExchange.Outcome;
import io.strowger.runtime.auth.AccessKeyVerifier;
import io.strowger.runtime.auth.AuthRefusal;
import io.strowger.runtime.auth.HttpDate;
import io.strowger.runtime.auth.Verdict;
import io.strowger.runtime.jwt.BearerTokens;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.secrets.AccessKeyFiles;
import io.strowger.runtime.settings.ResourceHosts;
import io.strowger.runtime.telemetry.Telemetry;
import io.vertx.core.Context;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of every request for a recording: authenticate, find, send. The store is asked by
/// workers, all else happens on one event loop.
final class ContentRequests {
    private static final Logger LOG = LoggerFactory.getLogger(ContentRequests.class);
    private static final byte[] NO_BODY = {};
    private static final byte[] EMPTY_JSON = {'{', '}'};

    /// Files under way at once; above: 503.
    private static final int MOST_STREAMS = 256;

    private final Context context;
    private final WorkerExecutor workers;
    private final RecordingStore store;
    private final ServiceContext service;
    private final AccessKeyVerifier verifier;
    private final BearerTokens tokens;
    private int streams;

    private enum Why {
        ASKED
    }

    ContentRequests(
            Context context,
            WorkerExecutor workers,
            RecordingStore store,
            ServiceContext service,
            AccessKeyFiles accessKeys,
            BearerTokens tokens) {
        this.context = context;
        this.workers = workers;
        this.store = store;
        this.service = service;
        this.tokens = tokens;
        this.verifier = new AccessKeyVerifier(accessKeys, ResourceHosts.of(service.settings()));
    }

    void handle(HttpServerRequest request) {
        ContentExchange exchange = new ContentExchange(request, service.telemetry());
        if (exchange.hasBody()) {
            request.response().putHeader("Connection", "close");
            exchange.refuse(CallError.INVALID_REQUEST, "No body is expected here.", now());
            return;
        }
        String authorization = request.getHeader("Authorization");
        if (authorization == null || !BearerTokens.isBearer(authorization)) {
            judged(exchange, refusal(exchange));
            return;
        }
        // Here at once when the token's key is known: then nothing need wait for another turn.
        CompletableFuture<Verdict> verdict = tokens.verify(authorization);
        if (verdict.isDone()) {
            judged(exchange, refusal(verdict.join()));
        } else {
            verdict.thenAccept(
                    found -> context.runOnContext(unused -> judged(exchange, refusal(found))));
        }
    }

    private void judged(ContentExchange exchange, @Nullable AuthRefusal refusal) {
        if (refusal != null) {
            unauthenticated(exchange, refusal);
            return;
        }
        HttpServerRequest request = exchange.request();
        Optional<ContentAddress> address = ContentAddress.of(request.path());
        if (address.isEmpty()) {
            exchange.refuse(CallError.NOT_FOUND, CallError.NOT_FOUND.message(), now());
        } else {
            route(exchange, address.get());
        }
    }

    private @Nullable AuthRefusal refusal(ContentExchange exchange) {
        var head = exchange.signed();
        return switch (verifier.verifyContent(head, now())) {
            case Verdict.Refused(var reason) -> reason;
            case Verdict.Genuine _ ->
                    verifier.isHashOf(head.contentHash(), NO_BODY)
                            ? null
                            : AuthRefusal.WRONG_CONTENT_HASH;
        };
    }

    private static @Nullable AuthRefusal refusal(Verdict ofToken) {
        return switch (ofToken) {
            case Verdict.Refused(var reason) -> reason;
            case Verdict.Genuine _ -> null;
        };
    }

    private void unauthenticated(ContentExchange exchange, AuthRefusal reason) {
        service.telemetry().counter(Telemetry.AUTH_REFUSED, "reason", reason).increment();
        LOG.atDebug()
                .addKeyValue(LogFields.REASON, reason)
                .log("request for a recording not authenticated");
        exchange.response().putHeader("WWW-Authenticate", tokens.challenge(reason));
        exchange.refuse(CallError.UNAUTHORIZED, reason.message(), now());
    }

    private void route(ContentExchange exchange, ContentAddress address) {
        boolean object = address.what() == What.OBJECT;
        HttpMethod method = exchange.request().method();
        boolean reads = method.equals(HttpMethod.GET) || exchange.isHead();
        if (object ? !method.equals(HttpMethod.DELETE) : !reads) {
            String allowed = object ? "DELETE" : "GET, HEAD";
            exchange.response().putHeader("Allow", allowed);
            exchange.refuse(
                    CallError.METHOD_NOT_ALLOWED,
                    "Allowed at this address: " + allowed + ".",
                    now());
            return;
        }
        switch (address.what()) {
            case OBJECT -> delete(exchange, address);
            case METADATA -> metadata(exchange, address);
            case AUDIO -> audio(exchange, address);
        }
    }

    private void delete(ContentExchange exchange, ContentAddress address) {
        exchange.isFor(Operation.DELETE);
        ask(
                exchange,
                () -> store.delete(address.recording()),
                there -> {
                    if (!there) {
                        missing(exchange);
                        return;
                    }
                    service.telemetry()
                            .counter(Telemetry.RECORDINGS_DELETED, "reason", Why.ASKED)
                            .increment();
                    LOG.atInfo()
                            .addKeyValue("recordingId", address.recording())
                            .log("recording deleted as asked");
                    exchange.json(200, EMPTY_JSON, now());
                });
    }

    private void metadata(ContentExchange exchange, ContentAddress address) {
        exchange.isFor(Operation.METADATA);
        ask(
                exchange,
                () -> {
                    Optional<StoredRecording> found = store.find(address.recording());
                    return found.isEmpty()
                            ? Optional.<byte[]>empty()
                            : Optional.of(store.metadata(found.get()));
                },
                document ->
                        document.ifPresentOrElse(
                                bytes -> exchange.json(200, bytes, now()),
                                () -> missing(exchange)));
    }

    private void audio(ContentExchange exchange, ContentAddress address) {
        exchange.isFor(Operation.AUDIO);
        ask(
                exchange,
                () -> store.find(address.recording()),
                found ->
                        found.ifPresentOrElse(
                                recording -> found(exchange, recording), () -> missing(exchange)));
    }

    private void missing(ContentExchange exchange) {
        exchange.refuse(
                CallError.NOT_FOUND,
                "There is no such recording: it is not finished, was deleted, or has expired.",
                now());
    }

    private void found(ContentExchange exchange, StoredRecording recording) {
        exchange.response()
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("ETag", etag(recording))
                .putHeader("Last-Modified", HttpDate.format(recording.keptAt()));
        long size = recording.sizeBytes();
        switch (range(exchange, recording)) {
            case ByteRange.Whole _ -> send(exchange, recording, 200, new Bytes(0, size));
            case ByteRange.Part part -> {
                exchange.response()
                        .putHeader(
                                "Content-Range",
                                "bytes " + part.first() + "-" + part.last() + "/" + size);
                send(exchange, recording, 206, new Bytes(part.first(), part.length()));
            }
            case ByteRange.Unsatisfiable _ -> {
                exchange.response().putHeader("Content-Range", "bytes */" + size);
                exchange.refuse(
                        416,
                        "InvalidRange",
                        "The recording has " + size + " bytes: none is in the range.",
                        now());
            }
        }
    }

    private static String etag(StoredRecording recording) {
        return "\""
                + Long.toHexString(recording.sizeBytes())
                + "-"
                + Long.toHexString(recording.keptAt().toEpochMilli())
                + "\"";
    }

    /// RFC 9110 14.2: only for GET, and 13.1.5: not when the client has part of another file.
    private static ByteRange range(ContentExchange exchange, StoredRecording recording) {
        HttpServerRequest request = exchange.request();
        String condition = request.getHeader("If-Range");
        boolean same =
                condition == null
                        || condition.equals(etag(recording))
                        || HttpDate.parse(condition)
                                .filter(recording.keptAt().truncatedTo(ChronoUnit.SECONDS)::equals)
                                .isPresent();
        return same && !exchange.isHead()
                ? ByteRange.of(request.getHeader("Range"), recording.sizeBytes())
                : new ByteRange.Whole();
    }

    private record Bytes(long offset, long length) {}

    private void send(
            ContentExchange exchange, StoredRecording recording, int status, Bytes bytes) {
        if (exchange.isHead()) {
            begin(exchange, recording, status, bytes).end();
            exchange.count(Outcome.DONE);
            return;
        }
        if (streams == MOST_STREAMS) {
            exchange.response().putHeader("Retry-After", "1");
            exchange.refuse(CallError.NOT_READY, "Too many recordings are being sent.", now());
            return;
        }
        streams++;
        workers.executeBlocking(() -> store.audio(recording, bytes.offset(), bytes.length()), false)
                .onComplete(opened ->
                        context.runOnContext(unused -> {
                            if (opened.succeeded()) {
                                stream(
                                        exchange,
                                        opened.result(),
                                        bytes.length(),
                                        begin(exchange, recording, status, bytes));
                            } else {
                                streams--;
                                broken(exchange, opened.cause());
                            }
                        }));
    }

    private HttpServerResponse begin(
            ContentExchange exchange, StoredRecording recording, int status, Bytes bytes) {
        return exchange.begin(status, now())
                .putHeader("Content-Type", recording.contentType().mediaType())
                .putHeader("Content-Length", Long.toString(bytes.length()));
    }

    private void stream(
            ContentExchange exchange, InputStream in, long length, HttpServerResponse response) {
        StreamedAudio.send(context, workers, in, length, response)
                .onComplete(sent -> {
                    streams--;
                    exchange.count(sent.succeeded() ? Outcome.DONE : Outcome.BROKEN);
                    if (sent.failed()) {
                        LOG.atInfo()
                                .addKeyValue(LogFields.REASON, String.valueOf(sent.cause()))
                                .log("a recording was not sent to its end");
                    }
                });
    }

    /// Asks the store on a worker, and answers on the event loop.
    private <T> void ask(ContentExchange exchange, Callable<T> question, Consumer<T> answer) {
        workers.executeBlocking(question, false)
                .onComplete(asked ->
                        context.runOnContext(unused -> {
                            if (asked.failed()) {
                                broken(exchange, asked.cause());
                                return;
                            }
                            try {
                                answer.accept(asked.result());
                            } catch (RuntimeException bug) {
                                broken(exchange, bug);
                            }
                        }));
    }

    private void broken(ContentExchange exchange, Throwable failure) {
        LOG.atError().setCause(failure).log("request for a recording failed");
        HttpServerResponse response = exchange.response();
        if (response.headWritten()) {
            response.reset();
            return;
        }
        response.headers().remove("Content-Length");
        response.putHeader("Retry-After", "1");
        exchange.refuse(
                CallError.NOT_READY, "The store of recordings does not answer. Try again.", now());
    }

    private Instant now() {
        return service.clock().instant();
    }
}
