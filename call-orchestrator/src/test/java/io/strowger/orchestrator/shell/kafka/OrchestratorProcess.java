package io.strowger.orchestrator.shell.kafka;

import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.secrets.PlatformSecretsStore;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;

/// The service in a process of its own, to be killed.
final class OrchestratorProcess {
    static final Map<String, String> ENVIRONMENT =
            Map.of("STROWGER_KAFKA_PARTITIONS", "2", "STROWGER_ORCHESTRATOR_ORDINAL", "0");

    private OrchestratorProcess() {}

    static Process start(String bootstrapServers) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OrchestratorProcess.class.getName(),
                        bootstrapServers)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] args) throws Exception {
        Settings settings = SettingsLoader.load(null, ENVIRONMENT);
        KafkaClients clients = new KafkaClients(args[0], settings.kafka());
        new CallOrchestratorService(context(settings, clients, new Health(), new Telemetry()))
                .start();
        Thread.currentThread().join();
    }

    static ServiceContext context(
            Settings settings, KafkaClients clients, Health health, Telemetry telemetry)
            throws GeneralSecurityException {
        return new ServiceContext(
                settings,
                clients,
                new PlatformSecretsStore(clients).load(settings),
                health,
                telemetry,
                InstantSource.system(),
                new SplittableRandom(3));
    }
}
