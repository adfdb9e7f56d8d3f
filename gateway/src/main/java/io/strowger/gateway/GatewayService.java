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
    private final ServiceContext context;
    private final Consumer<Router> further;
    private final Duration slowClient;
    private final AtomicInteger httpPort = new AtomicInteger();
    private final AtomicInteger tlsPort = new AtomicInteger();
    private @Nullable Vertx vertx;

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
        KafkaCallCommands commands =
                new KafkaCallCommands(
                        started, context.kafka(), settings.gateway(), UUID.randomUUID().toString());
        await(
                new ReplyReader(started, context.kafka(), context.telemetry(), commands)
                        .start(settings.gateway().replyPartition()));
        context.telemetry().gauge(Telemetry.HTTP_WAITING, commands::waiting);
        for (int i = 0; i < loops; i++) {
            await(started.deployVerticle(new Front(commands, tls), new DeploymentOptions()));
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
            int plain = httpPort.get() == 0 ? http.port() : httpPort.get();
            Future<HttpServer> listening =
                    front.listen(http.host(), plain)
                            .onSuccess(server -> httpPort.set(server.actualPort()));
            if (tls == null) {
                return listening;
            }
            int secure = tlsPort.get() == 0 ? http.tls().port() : tlsPort.get();
            return listening
                    .compose(_ -> front.listen(http.host(), secure, tls))
                    .onSuccess(server -> tlsPort.set(server.actualPort()));
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws Exception {
        context.health().check("gateway").down("stopped");
        Vertx running = vertx;
        if (running != null) {
            await(running.close());
        }
    }
}
