package io.strowger.acceptance;

import io.strowger.gateway.GatewayService;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.recording.RecordingService;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.standalone.platform.Brokers;
import io.strowger.standalone.platform.Contexts;
import io.strowger.standalone.platform.Services;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.FreePorts;
import io.strowger.testsupport.WebhookReceiver;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The platform without media workers: those are processes of their own, which can be killed.
final class Parts implements AutoCloseable {
    private static final int PORTS_A_WORKER = 64;
    private final EmbeddedKafka broker;
    private final ServiceContext context;
    private final List<Service> services;
    private final Map<String, String> environment;
    private final int httpPort;

    private Parts(
            EmbeddedKafka broker,
            ServiceContext context,
            List<Service> services,
            Map<String, String> environment,
            int httpPort) {
        this.broker = broker;
        this.context = context;
        this.services = services;
        this.environment = environment;
        this.httpPort = httpPort;
    }

    /// @param environment of all parts
    static Parts start(Map<String, String> environment) throws Exception {
        int httpPort = FreePorts.pair();
        Map<String, String> here = new HashMap<>(environment);
        here.put("STROWGER_HTTP_PORT", Integer.toString(httpPort));
        Settings settings = SettingsLoader.load(null, here);
        EmbeddedKafka broker = Brokers.startEmbedded(settings);
        ServiceContext context = Contexts.open(settings, broker.bootstrapServers());
        List<Service> services = new ArrayList<>();
        RecordingService recording = new RecordingService(context);
        services.add(
                new GatewayService(context, router -> {}, () -> content(recording.contentPort())));
        services.add(Services.CALL_ORCHESTRATOR.in(context));
        services.add(recording);
        services.add(Services.WEBHOOK_DISPATCHER.in(context));
        for (Service service : services) {
            service.start();
        }
        Eventually.holds(
                "the services are ready",
                Duration.ofSeconds(120),
                () -> context.health().isReady());
        Map<String, String> workers = new HashMap<>(here);
        workers.put("STROWGER_KAFKA_BOOTSTRAPSERVERS", broker.bootstrapServers());
        return new Parts(broker, context, services, workers, httpPort);
    }

    private static Optional<URI> content(int port) {
        return port == 0 ? Optional.empty() : Optional.of(URI.create("http://127.0.0.1:" + port));
    }

    Stage stage(WebhookReceiver receiver) throws Exception {
        return new Stage(
                this,
                URI.create("http://127.0.0.1:" + httpPort + "/"),
                context.secrets().accessKeys().getFirst(),
                receiver);
    }

    /// A media worker in a process of its own.
    Command worker(int ordinal) throws Exception {
        Map<String, String> its = new HashMap<>(environment);
        int from = FreePorts.pairs(PORTS_A_WORKER / 2);
        its.put("STROWGER_WORKER_ORDINAL", Integer.toString(ordinal));
        its.put("STROWGER_RTP_PORTMIN", Integer.toString(from));
        its.put("STROWGER_RTP_PORTMAX", Integer.toString(from + PORTS_A_WORKER - 1));
        Command worker = Command.start(its, Services.MEDIA_WORKER.word());
        worker.awaitLine("STARTED");
        return worker;
    }

    /// @param further settings as environment variables
    static Map<String, String> environment(
            Path data, Map<String, String> phones, Map<String, String> further) {
        Map<String, String> all = new HashMap<>(further);
        all.put("STROWGER_MEDIA_TIMEOUTS_DRAIN", "20s");
        return Stage.environment(data, phones, all);
    }

    @Override
    public void close() throws Exception {
        for (Service service : services) {
            service.stop();
        }
        context.telemetry().close();
        broker.close();
    }
}
