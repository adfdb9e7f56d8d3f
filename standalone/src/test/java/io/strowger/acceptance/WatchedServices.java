package io.strowger.acceptance;

import io.strowger.kafka.EmbeddedKafka;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.ops.OpsServer;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.standalone.platform.Brokers;
import io.strowger.standalone.platform.Contexts;
import io.strowger.standalone.platform.Services;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.FreePorts;
import io.strowger.testsupport.WebhookReceiver;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The five services in this process, each with meters and an ops port of its own, as where each is
/// a process.
final class WatchedServices implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private final EmbeddedKafka broker;
    private final Settings settings;
    private final Vertx vertx = Vertx.vertx();
    private final List<ServiceContext> contexts = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final Map<String, OpsServer> ops = new LinkedHashMap<>();

    private WatchedServices(EmbeddedKafka broker, Settings settings) {
        this.broker = broker;
        this.settings = settings;
    }

    /// Returns when all are ready.
    static WatchedServices start(Path data, Map<String, String> phones, Map<String, String> further)
            throws Exception {
        Map<String, String> environment = new HashMap<>(Stage.environment(data, phones, further));
        int content = FreePorts.pair();
        environment.put("STROWGER_HTTP_PORT", Integer.toString(FreePorts.pair()));
        environment.put("STROWGER_SIP_PORT", Integer.toString(FreePorts.pair()));
        environment.put("STROWGER_RECORDINGS_CONTENTPORT", Integer.toString(content));
        environment.put("STROWGER_RECORDINGS_CONTENTURL", "http://127.0.0.1:" + content + "/");
        Settings settings = SettingsLoader.load(null, environment);
        WatchedServices started = new WatchedServices(Brokers.startEmbedded(settings), settings);
        try {
            for (Services one : Services.all()) {
                started.make(one);
            }
            started.startAll();
            return started;
        } catch (Exception | AssertionError e) {
            started.close();
            throw e;
        }
    }

    private void make(Services which) throws Exception {
        Health health = new Health();
        Telemetry telemetry = new Telemetry(settings.tracing());
        ServiceContext context =
                Contexts.open(settings, broker.bootstrapServers(), health, telemetry);
        contexts.add(context);
        services.add(which.in(context));
        ops.put(which.word(), OpsServer.start(vertx, "127.0.0.1", 0, health, telemetry));
    }

    private void startAll() throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> starting = new ArrayList<>();
            for (Service service : services) {
                starting.add(
                        threads.submit(() -> {
                            service.start();
                            return null;
                        }));
            }
            for (Future<?> one : starting) {
                one.get();
            }
        }
        Eventually.holds(
                "the services are ready",
                READY_WITHIN,
                () -> contexts.stream().allMatch(context -> context.health().isReady()));
    }

    /// By the name of the service.
    Map<String, Integer> opsPorts() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ops.forEach((word, server) -> ports.put(word, server.port()));
        return ports;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + settings.http().port() + "/");
    }

    int sipPort() {
        return settings.sip().port();
    }

    KafkaClients kafka() {
        return contexts.getFirst().kafka();
    }

    /// @param receiver closed with the stage, and so is this
    Stage stage(WebhookReceiver receiver) throws Exception {
        return new Stage(
                this, endpoint(), contexts.getFirst().secrets().accessKeys().getFirst(), receiver);
    }

    @Override
    public void close() throws Exception {
        for (Service service : services) {
            service.stop();
        }
        for (OpsServer server : ops.values()) {
            server.close();
        }
        for (ServiceContext context : contexts) {
            context.telemetry().close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
        broker.close();
    }
}
