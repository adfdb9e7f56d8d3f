package io.strowger.gateway;

import io.strowger.gateway.shell.http.HttpFront;
import io.strowger.gateway.shell.http.HttpLimits;
import io.strowger.gateway.shell.kafka.KafkaCallCommands;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.tls.TlsCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The gateway: HTTP of both API lines in front, commands and replies on Kafka behind. Holds no
/// call state; any number of them run side by side, each with its own `gateway.replyPartition`.
public final class GatewayService implements Service {
    private static final int FEWEST_EVENT_LOOPS = 2;
    private static final long START_S = 60;
    private static final long STOP_S = 10;
    private final ServiceContext context;
    private final Consumer<Router> further;
    private final HttpLimits limits;
    private final Health.Check check;
    private final Supplier<Optional<URI>> content;
    private @Nullable Vertx vertx;
    private @Nullable KafkaCallCommands commands;
    private @Nullable HttpFront front;

    /// Knows the recording-service by `recordings.contentUrl`.
    ///
    /// @param further mounts more routes beside the API's, e.g. health and metrics; called once for
    ///   each event loop
    public GatewayService(ServiceContext context, Consumer<Router> further) {
        this(context, further, () -> contentUrl(context.settings()));
    }

    /// @param content where the recording-service serves recordings, asked at each request for one;
    ///   empty: not known
    public GatewayService(
            ServiceContext context, Consumer<Router> further, Supplier<Optional<URI>> content) {
        this(
                context,
                further,
                content,
                HttpLimits.usual(context.settings().gateway().maxBodyBytes()));
    }

    GatewayService(ServiceContext context, Consumer<Router> further, HttpLimits limits) {
        this(context, further, () -> contentUrl(context.settings()), limits);
    }

    private GatewayService(
            ServiceContext context,
            Consumer<Router> further,
            Supplier<Optional<URI>> content,
            HttpLimits limits) {
        this.context = context;
        this.further = further;
        this.content = content;
        this.limits = limits;
        this.check = context.health().check("gateway-http");
    }

    private static Optional<URI> contentUrl(Settings settings) {
        String set = settings.recordings().contentUrl();
        return set.isEmpty() ? Optional.empty() : Optional.of(URI.create(set));
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public void start() throws Exception {
        int eventLoops = Math.max(FEWEST_EVENT_LOOPS, Runtime.getRuntime().availableProcessors());
        Settings settings = context.settings();
        PemKeyCertOptions certificate =
                settings.http().tls().enabled()
                        ? pem(
                                TlsCertificate.load(
                                        settings.http().tls(),
                                        "http.tls",
                                        new TlsCertificate.Place(settings.dataDir(), "tls", ""),
                                        context.clock().instant()))
                        : null;
        Vertx own = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops));
        vertx = own;
        KafkaCallCommands kafka = new KafkaCallCommands(own, context);
        commands = kafka;
        HttpFront http = new HttpFront(context, kafka, limits, certificate, further, content);
        front = http;
        kafka.start()
                .compose(unused -> http.start(own, eventLoops))
                .toCompletionStage()
                .toCompletableFuture()
                .get(START_S, TimeUnit.SECONDS);
        check.up();
    }

    /// After the start: where http is served.
    public int httpPort() {
        return started().port();
    }

    private static PemKeyCertOptions pem(TlsCertificate certificate) {
        return new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(certificate.certificatePem()))
                .setKeyValue(Buffer.buffer(certificate.keyPem()));
    }

    /// After the start: where https is served; empty when it is off.
    public OptionalInt tlsPort() {
        return started().tlsPort();
    }

    private HttpFront started() {
        if (front == null) {
            throw new IllegalStateException("the gateway is not started");
        }
        return front;
    }

    @Override
    public void stop() throws Exception {
        check.down("stopping");
        Future<Void> stopped = front == null ? Future.succeededFuture() : front.stop();
        if (commands != null) {
            stopped = stopped.eventually(commands::stop);
        }
        if (vertx != null) {
            stopped = stopped.eventually(vertx::close);
        }
        stopped.toCompletionStage().toCompletableFuture().get(STOP_S, TimeUnit.SECONDS);
    }
}
