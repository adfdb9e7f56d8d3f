package io.strowger.gateway.shell.http;

import io.strowger.contracts.api.CallError;
import io.strowger.runtime.auth.AccessKeyVerifier;
import io.strowger.runtime.auth.AuthRefusal;
import io.strowger.runtime.auth.SignedRequest;
import io.strowger.runtime.auth.Verdict;
import io.strowger.runtime.jwt.BearerTokens;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Who sends a request: by a signature with an access key, or by a bearer token. For one event
/// loop.
final class Authentication {
    private final Context context;
    private final HttpParts parts;
    private final AccessKeyVerifier verifier;

    /// @param id of the access key or the token's application
    /// @param bodyFits whether its body may be the one that was sent; a token says nothing of it
    record Sender(String id, Predicate<byte[]> bodyFits) {}

    /// Made on its event loop.
    Authentication(Vertx vertx, HttpParts parts) {
        this.context = vertx.getOrCreateContext();
        this.parts = parts;
        this.verifier = new AccessKeyVerifier(parts.accessKeys(), parts.resourceHosts());
    }

    /// Judges the head of a request. Calls `known` on the event loop, at once or when a key was
    /// fetched; the body waits meanwhile. Refuses it otherwise.
    void judge(Exchange exchange, Consumer<Sender> known) {
        HttpServerRequest request = exchange.request();
        String authorization = request.getHeader("Authorization");
        if (authorization == null || !BearerTokens.isBearer(authorization)) {
            signed(exchange, known);
            return;
        }
        CompletableFuture<Verdict> verdict = parts.tokens().verify(authorization);
        if (verdict.isDone()) {
            judged(exchange, verdict.join(), body -> true, known);
            return;
        }
        request.pause();
        verdict.thenAccept(found ->
                context.runOnContext(unused -> {
                    if (!request.response().closed()) {
                        judged(exchange, found, body -> true, known);
                        request.resume();
                    }
                }));
    }

    private void signed(Exchange exchange, Consumer<Sender> known) {
        HttpServerRequest request = exchange.request();
        SignedRequest head =
                SignedRequest.of(request.method().name(), request.uri(), request::getHeader);
        judged(
                exchange,
                verifier.verify(head, now()),
                body -> verifier.isHashOf(head.contentHash(), body),
                known);
    }

    private void judged(
            Exchange exchange,
            Verdict verdict,
            Predicate<byte[]> bodyFits,
            Consumer<Sender> known) {
        switch (verdict) {
            case Verdict.Refused(var reason) -> refuse(exchange, reason);
            case Verdict.Genuine(var id) -> known.accept(new Sender(id, bodyFits));
        }
    }

    void refuse(Exchange exchange, AuthRefusal reason) {
        HttpServerRequest request = exchange.request();
        parts.authRefusals()
                .add(reason, request.method().name(), request.remoteAddress().hostAddress());
        exchange.header("WWW-Authenticate", parts.tokens().challenge(reason))
                .refuse(CallError.UNAUTHORIZED, reason.message(), now());
    }

    private Instant now() {
        return parts.context().clock().instant();
    }
}
