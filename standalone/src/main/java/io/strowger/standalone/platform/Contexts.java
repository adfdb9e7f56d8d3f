package io.strowger.standalone.platform;

import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.secrets.PlatformSecretsStore;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what services are made from: topics, shared secrets, health, meters.
public final class Contexts {
    private static final Logger LOG = LoggerFactory.getLogger(Contexts.class);

    private Contexts() {}

    /// Blocks until the broker answers and the topics exist.
    ///
    /// @param bootstrapServers of the broker in use
    public static ServiceContext open(Settings settings, String bootstrapServers) throws Exception {
        return open(settings, bootstrapServers, new Health(), new Telemetry(settings.tracing()));
    }

    /// The same for a process whose ops port is open already.
    public static ServiceContext open(
            Settings settings, String bootstrapServers, Health health, Telemetry telemetry)
            throws Exception {
        KafkaClients kafka = new KafkaClients(bootstrapServers, settings.kafka());
        try (Admin admin = kafka.admin()) {
            TopicCreation.ensure(admin, settings.kafka());
        }
        return new ServiceContext(
                settings,
                kafka,
                new PlatformSecretsStore(kafka).load(settings),
                health,
                telemetry,
                InstantSource.system(),
                new SecureRandom());
    }

    /// The same, waiting for a broker as long as it takes; until then the check `kafka` is down.
    /// What the broker refuses ends the wait.
    public static ServiceContext awaitOpen(
            Settings settings, String bootstrapServers, Health health, Telemetry telemetry)
            throws Exception {
        Health.Check kafka = health.check("kafka");
        kafka.down("waiting for the broker");
        while (true) {
            try {
                ServiceContext context = open(settings, bootstrapServers, health, telemetry);
                kafka.up();
                return context;
            } catch (ExecutionException | RetriableException e) {
                if (!(e instanceof RetriableException)
                        && !(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
                kafka.down(String.valueOf(e.getMessage()));
                LOG.atWarn().addKeyValue("reason", e.getMessage()).log("no broker answers yet");
            }
        }
    }
}
