package io.strowger.gateway.shell.http;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.id.CallIds;
import io.strowger.gateway.core.auth.AccessKeys;
import io.strowger.gateway.core.auth.HostNames;
import io.strowger.gateway.shell.CallCommands;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.secrets.TokenIssuer;
import io.strowger.runtime.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP and HTTPS servers of one event loop.
public final class HttpFront {
    /// From the first byte of a connection to the head of its first request, and from a head to the
    /// end of its body.
    public static final Duration SLOW_CLIENT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(75);
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private final Vertx vertx;
    private final ServiceContext context;
    private final Router router;
    private final SlowHeads slowHeads;

    /// @param commands where commands go
    /// @param further mounts other routes
    /// @param slowClient how long a request may take to arrive
    public HttpFront(
            Vertx vertx,
            ServiceContext context,
            CallCommands commands,
            Consumer<Router> further,
            Duration slowClient) {
        this.vertx = vertx;
        this.context = context;
        this.router = Router.router(vertx);
        this.slowHeads = new SlowHeads(vertx, slowClient.toMillis(), KEEP_ALIVE.toMillis());
        route(commands, further, slowClient);
    }

    private void route(CallCommands commands, Consumer<Router> further, Duration slowClient) {
        Settings settings = context.settings();
        Calling calling =
                new Calling(
                        new Bodies(vertx, settings.gateway().maxBodyBytes(), slowClient.toMillis()),
                        new AccessKeys(context.secrets().accessKeys()),
                        new HostNames(ownHosts(settings)),
                        new CallIds(context.secrets().idKey()),
                        new Calling.Surroundings(
                                commands,
                                new HttpMeters(context.telemetry()),
                                context.clock(),
                                this::randomId,
                                settings.calls().repeatabilityRetention()));
        PublicKeys keys = new PublicKeys(context.secrets(), TokenIssuer.of(settings.http()));
        var document = OpenApi.document();
        router.get("/calling/keys").handler(at -> Replies.send(at.request(), 200, keys.keys()));
        for (String path :
                List.of(
                        "/calling/.well-known/acsopenidconfiguration",
                        "/.well-known/openid-configuration")) {
            router.get(path).handler(at -> Replies.send(at.request(), 200, keys.configuration()));
        }
        router.get("/openapi.json").handler(at -> Replies.send(at.request(), 200, document));
        router.route("/calling/*").handler(calling::handle);
        further.accept(router);
        router.route()
                .handler(at ->
                        Replies.refuse(
                                at.request(), CallError.NOT_FOUND, CallError.NOT_FOUND.message()));
        router.route()
                .failureHandler(at -> {
                    LOG.atError().setCause(at.failure()).log("a request could not be served");
                    Replies.refuse(at.request(), CallError.INTERNAL, "");
                });
    }

    private UUID randomId() {
        long high = context.random().nextLong();
        long low = context.random().nextLong();
        return new UUID(high & ~0xF000L | 0x4000L, low & 0x3FFF_FFFF_FFFF_FFFFL | Long.MIN_VALUE);
    }

    private static List<String> ownHosts(Settings settings) {
        List<String> hosts = new ArrayList<>(settings.auth().allowedResourceHosts());
        if (!settings.http().publicUrl().isEmpty()) {
            hosts.add(URI.create(settings.http().publicUrl()).getAuthority());
        }
        return hosts;
    }

    /// @return the server, listening
    public Future<HttpServer> listen(String host, int port) {
        return listen(host, port, null);
    }

    /// @param tls null: plain HTTP
    public Future<HttpServer> listen(String host, int port, @Nullable PemKeyCertOptions tls) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setMaxHeaderSize(MAX_HEADER_BYTES)
                        .setMaxInitialLineLength(MAX_LINE_BYTES)
                        .setHandle100ContinueAutomatically(true)
                        .setHttp2ClearTextEnabled(false)
                        .setUseAlpn(false)
                        .setTcpNoDelay(true);
        if (tls != null) {
            options.setSsl(true).setKeyCertOptions(tls);
        }
        HttpServer server = vertx.createHttpServer(options);
        server.connectionHandler(slowHeads::opened);
        server.invalidRequestHandler(HttpFront::invalid);
        server.requestHandler(request -> {
            slowHeads.headCame(request.connection());
            request.response().endHandler(_ -> slowHeads.answered(request.connection()));
            router.handle(request);
        });
        return server.listen(port, host);
    }

    /// What is no HTTP request, or has too much of a head.
    private static void invalid(HttpServerRequest request) {
        String why = String.valueOf(request.decoderResult().cause().getMessage());
        int status = 400;
        String code = "BadRequest";
        if (why.contains("header")) {
            status = 431;
            code = "RequestHeaderFieldsTooLarge";
        } else if (why.contains("line is larger")) {
            status = 414;
            code = "RequestUriTooLong";
        }
        request.response().putHeader("Connection", "close");
        Replies.send(request, status, Errors.body(code, "The request cannot be read: " + why));
        var _ = request.connection().close();
    }
}
