package io.strowger.dispatcher;

import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.secrets.PlatformSecretsStore;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.TestContext;
import io.strowger.testsupport.TestJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// The dispatcher in a JVM of its own, to be killed.
final class DispatcherProcess {
    private DispatcherProcess() {}

    /// The child: bootstrap servers.
    public static void main(String[] args) throws Exception {
        Settings settings = DispatcherFixture.settings(Map.of());
        KafkaClients kafka = new KafkaClients(args[0], settings.kafka());
        Health health = new Health();
        new WebhookDispatcherService(
                        TestContext.of(
                                settings,
                                kafka,
                                new PlatformSecretsStore(kafka).load(settings),
                                health,
                                new Telemetry()),
                        0)
                .start();
        Eventually.holds("ready", Duration.ofSeconds(TestJvm.START_SECONDS), health::isReady);
        System.out.println(TestJvm.READY);
        new CountDownLatch(1).await();
    }

    static TestJvm start(DispatcherFixture fixture) throws IOException, InterruptedException {
        return TestJvm.start(
                DispatcherProcess.class, List.of("-Xmx192m"), fixture.bootstrapServers());
    }
}
