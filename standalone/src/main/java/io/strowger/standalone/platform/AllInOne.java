package io.strowger.standalone.platform;

import io.strowger.dispatcher.WebhookDispatcherService;
import io.strowger.gateway.GatewayService;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.orchestrator.shell.kafka.CallOrchestratorService;
import io.strowger.recording.RecordingService;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.ops.OpsRoutes;
import io.strowger.runtime.settings.Settings;
import io.strowger.worker.MediaWorkerService;
import io.strowger.worker.shell.rtp.RtpMediaEngineFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// All five services in this process and, unless the settings name a cluster, a broker of their
/// own. Started and closed once, by one thread.
public final class AllInOne implements AutoCloseable {
    private final @Nullable EmbeddedKafka broker;
    private final ServiceContext context;
    private final GatewayService gateway;
    private final MediaWorkerService worker;
    private final List<Service> services;

    private AllInOne(@Nullable EmbeddedKafka broker, ServiceContext context) {
        this.broker = broker;
        this.context = context;
        RecordingService recording = new RecordingService(context);
        WebhookDispatcherService dispatcher = new WebhookDispatcherService(context);
        this.gateway =
                new GatewayService(
                        context,
                        router -> {
                            OpsRoutes.mount(router, context.health(), context.telemetry());
                            dispatcher.mountAdmin(router);
                        },
                        () -> contentUrl(context.settings(), recording.contentPort()));
        this.worker = new MediaWorkerService(context, new RtpMediaEngineFactory());
        this.services =
                List.of(
                        new CallOrchestratorService(context),
                        worker,
                        recording,
                        dispatcher,
                        gateway);
    }

    /// Where the gateway finds recordings: as set, or in this process, once that part listens.
    private static Optional<URI> contentUrl(Settings settings, int port) {
        String set = settings.recordings().contentUrl();
        if (!set.isEmpty()) {
            return Optional.of(URI.create(set));
        }
        String host = settings.http().host();
        boolean any = host.equals("0.0.0.0") || host.equals("::") || host.isEmpty();
        String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return port == 0
                ? Optional.empty()
                : Optional.of(URI.create("http://" + (any ? "127.0.0.1" : literal) + ":" + port));
    }

    /// Returns when all services run; they may need a moment more until [#awaitReady].
    ///
    /// @throws Exception with a message that says what to do: a port or the data directory is taken
    public static AllInOne start(Settings set) throws Exception {
        Settings settings = set.http().port() == 0 ? set.withHttpPort(freePort(set)) : set;
        EmbeddedKafka broker = settings.kafka().embedded() ? Brokers.startEmbedded(settings) : null;
        try {
            String servers =
                    broker == null
                            ? settings.kafka().bootstrapServers()
                            : broker.bootstrapServers();
            AllInOne all = new AllInOne(broker, Contexts.open(settings, servers));
            StartAll.start(all.services);
            return all;
        } catch (Exception e) {
            if (broker != null) {
                broker.close();
            }
            throw e;
        }
    }

    /// Any free port is chosen here: the dispatcher signs in the name of the gateway's address, so
    /// both must know it from the start.
    private static int freePort(Settings settings) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.http().host(), 0));
            return socket.getLocalPort();
        }
    }

    /// Waits until every readiness check is up.
    ///
    /// @return whether that came true in time
    public boolean awaitReady(Duration deadline) throws InterruptedException {
        long endNs = System.nanoTime() + deadline.toNanos();
        while (!context.health().isReady()) {
            if (System.nanoTime() - endNs > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    /// The endpoint to use in connection strings on this machine, with its trailing slash.
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + gateway.httpPort() + "/");
    }

    /// The https endpoint; empty when https is off.
    public Optional<URI> secureEndpoint() {
        OptionalInt port = gateway.tlsPort();
        return port.isEmpty()
                ? Optional.empty()
                : Optional.of(URI.create("https://localhost:" + port.getAsInt() + "/"));
    }

    /// The first access key, raw. For whoever starts the platform; never to be logged.
    public byte[] accessKey() {
        return context.secrets().accessKeys().getFirst();
    }

    /// `endpoint=...;accesskey=...` as the SDKs want it.
    public String connectionString(URI endpoint) {
        return "endpoint="
                + endpoint
                + ";accesskey="
                + Base64.getEncoder().encodeToString(accessKey());
    }

    public int sipPort() {
        return worker.sipPort();
    }

    /// 0: no SIP over TLS.
    public int sipTlsPort() {
        return worker.sipTlsPort();
    }

    public KafkaClients kafka() {
        return context.kafka();
    }

    public Health health() {
        return context.health();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        StartAll.stop(services);
        context.telemetry().close();
        if (broker != null) {
            broker.close();
        }
    }
}
