package io.strowger.gateway;

import io.strowger.gateway.shell.http.HttpFront;
import io.strowger.gateway.shell.kafka.KafkaCallCommands;
import io.strowger.gateway.shell.kafka.ReplyReader;
import io.strowger.gateway.shell.tls.Certificates;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gateway. Holds no call state; any number of copies, each with a reply partition of its own.
/// HTTP is served by as many event loops as the machine has cores.
public final class GatewayService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayService.class);
    private static final long PATIENCE_S = 60;

    /// To Vert.x a negative port is any free one, the same for all who give the same number.
    private static final int ANY_HTTP = -1;

    private static final int ANY_TLS = -2;
    private final ServiceContext context;
    private final Consumer<Router> further;
    private final Duration slowClient;
    private final AtomicInteger httpPort = new AtomicInteger();
    private final AtomicInteger tlsPort = new AtomicInteger();
    private @Nullable Vertx vertx;
    private @Nullable KafkaCallCommands commands;
    private @Nullable ReplyReader replies;

    /// @param further mounts other routes on the HTTP router, e.g. health
    public GatewayService(ServiceContext context, Consumer<Router> further) {
        this(context, further, HttpFront.SLOW_CLIENT);
    }

    /// @param slowClient how long a request may take to arrive
    GatewayService(ServiceContext context, Consumer<Router> further, Duration slowClient) {
        this.context = context;
        this.further = further;
        this.slowClient = slowClient;
    }

    @Override
    public String name() {
        return "gateway";
    }

    /// The bound HTTP port; 0 before the start.
    public int httpPort() {
        return httpPort.get();
    }

    /// The bound HTTPS port; empty when https is off.
    public OptionalInt tlsPort() {
        return tlsPort.get() == 0 ? OptionalInt.empty() : OptionalInt.of(tlsPort.get());
    }

    @Override
    public void start() throws Exception {
        Settings settings = context.settings();
        Health.Check ready = context.health().check("gateway");
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx started =
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setWorkerPoolSize(4));
        vertx = started;
        PemKeyCertOptions tls =
                settings.http().tls().enabled()
                        ? Certificates.load(settings, context.clock().instant())
                        : null;
        KafkaCallCommands sending =
                new KafkaCallCommands(
                        started, context.kafka(), settings.gateway(), UUID.randomUUID().toString());
        commands = sending;
        ReplyReader reading =
                new ReplyReader(started, context.kafka(), context.telemetry(), sending);
        replies = reading;
        await(reading.start(settings.gateway().replyPartition()));
        context.telemetry().gauge(Telemetry.HTTP_WAITING, sending::waiting);
        for (int i = 0; i < loops; i++) {
            await(started.deployVerticle(new Front(sending, tls), new DeploymentOptions()));
        }
        ready.up();
        LOG.atInfo()
                .addKeyValue("httpPort", httpPort.get())
                .addKeyValue("tlsPort", tlsPort.get())
                .log("gateway started");
    }

    /// One event loop's servers: all share the ports that the first one got.
    private final class Front extends VerticleBase {
        private final KafkaCallCommands commands;
        private final @Nullable PemKeyCertOptions tls;

        Front(KafkaCallCommands commands, @Nullable PemKeyCertOptions tls) {
            this.commands = commands;
            this.tls = tls;
        }

        @Override
        public Future<?> start() {
            ServiceContext service = GatewayService.this.context;
            Settings.Http http = service.settings().http();
            HttpFront front = new HttpFront(vertx, service, commands, further, slowClient);
            Future<HttpServer> listening =
                    front.listen(http.host(), shared(http.port(), ANY_HTTP))
                            .onSuccess(server -> httpPort.set(server.actualPort()));
            if (tls == null) {
                return listening;
            }
            return listening
                    .compose(
                            _ -> front.listen(http.host(), shared(http.tls().port(), ANY_TLS), tls))
                    .onSuccess(server -> tlsPort.set(server.actualPort()));
        }
    }

    private static int shared(int port, int any) {
        return port == 0 ? any : port;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws Exception {
        context.health().check("gateway").down("stopped");
        ReplyReader reading = replies;
        if (reading != null) {
            await(reading.close());
        }
        KafkaCallCommands sending = commands;
        if (sending != null) {
            await(sending.close());
        }
        Vertx running = vertx;
        if (running != null) {
            await(running.close());
        }
    }
}
