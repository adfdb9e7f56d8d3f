package io.strowger.gateway;

import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.IncomingCallContexts;
import io.strowger.gateway.shell.http.HttpLimits;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.log.Logging;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.ops.OpsRoutes;
import io.strowger.runtime.secrets.PlatformSecretsStore;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// A gateway on free ports with a broker of its own, and the test as its orchestrator.
final class RunningGateway implements AutoCloseable {
    static final byte[] FIRST_KEY =
            "first-access-key-of-the-tests-32".getBytes(StandardCharsets.UTF_8);
    static final byte[] SECOND_KEY =
            "second-access-key-of-the-test-32".getBytes(StandardCharsets.UTF_8);
    private static final int PARTITIONS = 2;
    private final Path brokerDirectory;
    private EmbeddedKafka broker;
    final KafkaClients kafka;
    final ServiceContext context;
    final GatewayService service;
    final PlayedOrchestrator orchestrator;
    final CallIds ids;
    final IncomingCallContexts contexts;

    RunningGateway(Path directory, Map<String, String> further, HttpLimits limits)
            throws Exception {
        Settings settings = settings(directory, further);
        Logging.configure(settings.log());
        brokerDirectory = directory.resolve("kafka");
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(brokerDirectory));
        kafka = new KafkaClients(broker.bootstrapServers(), settings.kafka());
        try (var admin = kafka.admin()) {
            TopicCreation.ensure(admin, settings.kafka());
        }
        context =
                TestContext.of(
                        settings,
                        kafka,
                        new PlatformSecretsStore(kafka).load(settings),
                        new Health(),
                        new Telemetry());
        ids = new CallIds(context.secrets().idKey());
        contexts = new IncomingCallContexts(context.secrets().idKey());
        service =
                new GatewayService(
                        context,
                        router -> OpsRoutes.mount(router, context.health(), context.telemetry()),
                        limits);
        service.start();
        orchestrator = new PlayedOrchestrator(kafka, PARTITIONS);
    }

    private static Settings settings(Path directory, Map<String, String> further) {
        Map<String, String> environment = new HashMap<>();
        environment.put("STROWGER_DATADIR", directory.toString());
        environment.put("STROWGER_LOG_LEVEL", "WARN");
        environment.put("STROWGER_LOG_FORMAT", "text");
        environment.put("STROWGER_HTTP_HOST", "127.0.0.1");
        environment.put("STROWGER_HTTP_PORT", "0");
        environment.put("STROWGER_HTTP_TLS_PORT", "-1");
        environment.put("STROWGER_KAFKA_PARTITIONS", Integer.toString(PARTITIONS));
        environment.put(
                "STROWGER_ACCESSKEYS",
                "[\"" + base64(FIRST_KEY) + "\", \"" + base64(SECOND_KEY) + "\"]");
        environment.putAll(further);
        return SettingsLoader.load(null, environment);
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    /// Calls over http, signed with the first key.
    SignedClient client() {
        return new SignedClient("http://127.0.0.1:" + service.httpPort(), FIRST_KEY);
    }

    void stopBroker() throws Exception {
        broker.close();
    }

    /// On the same ports, with the same data.
    void startBroker() throws Exception {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(brokerDirectory));
    }

    @Override
    public void close() throws Exception {
        service.stop();
        orchestrator.close();
        context.telemetry().close();
        broker.close();
    }
}
