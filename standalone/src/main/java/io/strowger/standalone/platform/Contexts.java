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
import org.apache.kafka.clients.admin.Admin;

/// Makes what services are made from: topics, shared secrets, health, meters.
public final class Contexts {
    private Contexts() {}

    /// Blocks until the broker answers and the topics exist.
    ///
    /// @param bootstrapServers of the broker in use
    public static ServiceContext open(Settings settings, String bootstrapServers) throws Exception {
        KafkaClients kafka = new KafkaClients(bootstrapServers, settings.kafka());
        try (Admin admin = kafka.admin()) {
            TopicCreation.ensure(admin, settings.kafka());
        }
        return new ServiceContext(
                settings,
                kafka,
                new PlatformSecretsStore(kafka).load(settings),
                new Health(),
                new Telemetry(),
                InstantSource.system(),
                new SecureRandom());
    }
}
