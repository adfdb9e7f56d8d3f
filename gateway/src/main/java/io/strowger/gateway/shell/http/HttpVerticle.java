package io.strowger.gateway.shell.http;

import io.strowger.contracts.api.CallError;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.runtime.secrets.TokenIssuer;
import io.strowger.runtime.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The servers of one event loop. All instances share the same two ports; the connections are
/// spread over them.
final class HttpVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);

    /// Vert.x's words for "any free port, the same for all instances".
    private static final int ANY_PLAIN_PORT = -1;

    private static final int ANY_TLS_PORT = -2;
    private final HttpParts parts;
    private @Nullable HttpServer plain;
    private @Nullable HttpServer secure;

    HttpVerticle(HttpParts parts) {
        this.parts = parts;
    }

    @Override
    public Future<?> start() {
        ConnectionWatch connections = new ConnectionWatch(vertx, parts.limits());
        ApiRequests api = new ApiRequests(vertx, parts);
        ContentForward content = new ContentForward(vertx, parts.context(), parts.content());
        Served served = new Served(api, content, router());
        Settings.Http http = parts.context().settings().http();
        plain = server(options(), connections, served);
        Future<HttpServer> listening = listen(plain, http.port(), ANY_PLAIN_PORT, http.host());
        if (parts.certificate() == null) {
            return listening;
        }
        HttpServerOptions options =
                options()
                        .setSsl(true)
                        .setKeyCertOptions(parts.certificate())
                        .setAlpnVersions(List.of(HttpVersion.HTTP_1_1));
        HttpServer tls = server(options, connections, served);
        secure = tls;
        return listening.compose(
                unused -> listen(tls, http.tls().port(), ANY_TLS_PORT, http.host()));
    }

    private static Future<HttpServer> listen(HttpServer server, int port, int any, String host) {
        return server.listen(port == 0 ? any : port, host);
    }

    private HttpServerOptions options() {
        HttpLimits limits = parts.limits();
        return new HttpServerOptions()
                .setMaxHeaderSize(limits.maxHeaderBytes())
                .setMaxInitialLineLength(limits.maxLineBytes())
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false)
                // No WebSocket is served: no handler for them in the way of each request.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setTcpNoDelay(true);
    }

    private HttpServer server(
            HttpServerOptions options, ConnectionWatch connections, Served served) {
        return vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .invalidRequestHandler(UnreadableRequests::answer)
                .requestHandler(request -> {
                    boolean operation = isOperation(request.path());
                    if (operation || isContent(request.path())) {
                        connections.requestBegan(request.connection());
                        request.response()
                                .endHandler(end -> connections.responseEnded(request.connection()));
                        if (operation) {
                            served.api.handle(request);
                        } else {
                            served.content.handle(request);
                        }
                    } else {
                        if (isAdmin(request.path())) {
                            connections.requestBegan(request.connection());
                            request.response()
                                    .endHandler(
                                            end -> connections.responseEnded(request.connection()));
                        } else {
                            // Documents are answered at once, whatever body comes along.
                            connections.responseEnded(request.connection());
                        }
                        served.router.handle(request);
                    }
                });
    }

    private record Served(ApiRequests api, ContentForward content, Router router) {}

    /// Nor do recordings: their signatures are checked elsewhere, over what was sent.
    private static boolean isContent(@Nullable String path) {
        return path != null && path.startsWith(ContentForward.PREFIX);
    }

    /// What an operator asks may take its time.
    private static boolean isAdmin(@Nullable String path) {
        return path != null && path.startsWith("/admin/");
    }

    /// Operations do not go through the router: it would decode their paths.
    private static boolean isOperation(@Nullable String path) {
        return path != null && path.startsWith("/calling/") && !PublicDocuments.has(path);
    }

    private Router router() {
        Router router = Router.router(vertx);
        PublicDocuments.mount(router, parts.context().secrets(), this::issuer);
        parts.further().accept(router);
        router.errorHandler(404, context -> json(context, CallError.NOT_FOUND));
        router.errorHandler(405, context -> json(context, CallError.METHOD_NOT_ALLOWED));
        router.errorHandler(500, HttpVerticle::failed);
        return router;
    }

    /// The router throws at a path whose escapes are none: nothing is there.
    private static void failed(RoutingContext context) {
        if (context.failure() instanceof IllegalArgumentException) {
            json(context, CallError.NOT_FOUND);
        } else {
            LOG.atError().setCause(context.failure()).log("a document could not be served");
            json(context, CallError.INTERNAL);
        }
    }

    private String issuer() {
        return TokenIssuer.of(parts.context().settings().http(), port());
    }

    private static void json(RoutingContext context, CallError error) {
        ApiResponse answer = ApiResponse.error(error.status(), error.code(), error.message());
        context.response()
                .setStatusCode(error.status())
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .end(
                        Buffer.buffer(
                                JsonBodies.write(
                                        answer.body() == null ? Map.of() : answer.body())));
    }

    /// Of http, once started.
    int port() {
        return plain == null ? 0 : plain.actualPort();
    }

    OptionalInt tlsPort() {
        return secure == null ? OptionalInt.empty() : OptionalInt.of(secure.actualPort());
    }

    /// Takes no more connections, and lets the requests end that are under way.
    Future<Void> drain(long withinMs) {
        Future<Void> first = shutdown(plain, withinMs);
        return first.eventually(() -> shutdown(secure, withinMs));
    }

    private static Future<Void> shutdown(@Nullable HttpServer server, long withinMs) {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(withinMs, TimeUnit.MILLISECONDS);
    }
}
