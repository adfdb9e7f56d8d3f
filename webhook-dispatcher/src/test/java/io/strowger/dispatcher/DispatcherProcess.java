package io.strowger.dispatcher;

import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.secrets.PlatformSecretsStore;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The dispatcher in a JVM of its own, to be killed.
final class DispatcherProcess implements AutoCloseable {
    private static final String READY = "READY";
    private static final long START_SECONDS = 60;
    private final Process process;
    private final CountDownLatch ready = new CountDownLatch(1);

    private DispatcherProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::read);
    }

    /// The child: bootstrap servers.
    public static void main(String[] args) throws Exception {
        Settings settings = DispatcherFixture.settings(Map.of());
        KafkaClients kafka = new KafkaClients(args[0], settings.kafka());
        Health health = new Health();
        new WebhookDispatcherService(
                        new ServiceContext(
                                settings,
                                kafka,
                                new PlatformSecretsStore(kafka).load(settings),
                                health,
                                new Telemetry(),
                                InstantSource.system(),
                                new SecureRandom()),
                        0)
                .start();
        Eventually.holds("ready", Duration.ofSeconds(START_SECONDS), health::isReady);
        System.out.println(READY);
        new CountDownLatch(1).await();
    }

    static DispatcherProcess start(DispatcherFixture fixture)
            throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DispatcherProcess.class.getName(),
                        fixture.bootstrapServers());
        DispatcherProcess started =
                new DispatcherProcess(
                        new ProcessBuilder(command).redirectErrorStream(true).start());
        if (!started.ready.await(START_SECONDS, TimeUnit.SECONDS)) {
            started.close();
            throw new AssertionError("the dispatcher did not start");
        }
        return started;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals(READY)) {
                    ready.countDown();
                } else if (line.contains("ERROR") || line.contains("Exception")) {
                    System.out.println("dispatcher: " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// kill -9.
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
