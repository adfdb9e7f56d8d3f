package io.strowger.dispatcher.shell.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request of an operator and its answer, for a thread that may block: what it writes is written
/// on the event loop. Made there.
final class AdminExchange {
    private final RoutingContext context;
    private final Context eventLoop;
    private final MultiMap parameters;

    AdminExchange(RoutingContext context) {
        this.context = context;
        this.eventLoop = context.vertx().getOrCreateContext();
        this.parameters = context.queryParams();
    }

    MultiMap parameters() {
        return parameters;
    }

    @Nullable String pathParameter(String name) {
        return context.pathParam(name);
    }

    void answer(int status, JsonObject body) {
        eventLoop.runOnContext(unused -> {
            HttpServerResponse response = context.response();
            if (!response.headWritten()) {
                response.setStatusCode(status)
                        .putHeader("Content-Type", "application/json; charset=utf-8")
                        .end(body.encode());
            } else if (!response.ended()) {
                response.reset(); // in the middle of lines: their end must not look like one
            }
        });
    }

    /// In the form of the API's errors.
    void fail(int status, String code, String message) {
        JsonObject error = new JsonObject().put("code", code).put("message", message);
        answer(status, new JsonObject().put("error", error));
    }

    void beginLines() throws InterruptedException {
        await(response -> {
            response.putHeader("Content-Type", "application/x-ndjson").setChunked(true);
            return response.writeHead();
        });
    }

    /// Waits until the line is on its way.
    ///
    /// @return whether anybody still listens
    boolean line(JsonObject line) throws InterruptedException {
        return await(response -> response.write(line.encode() + "\n"));
    }

    void endLines(JsonObject last) throws InterruptedException {
        await(response -> response.end(last.encode() + "\n"));
    }

    private boolean await(Function<HttpServerResponse, Future<Void>> step)
            throws InterruptedException {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        eventLoop.runOnContext(unused -> {
            HttpServerResponse response = context.response();
            if (response.closed()) {
                written.complete(false);
            } else {
                step.apply(response).onComplete(done -> written.complete(done.succeeded()));
            }
        });
        try {
            return written.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed so", e);
        }
    }
}
