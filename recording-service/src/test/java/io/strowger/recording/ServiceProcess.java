package io.strowger.recording;

import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.runtime.kafka.KafkaClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The recording-service in a JVM of its own, to be killed.
final class ServiceProcess implements AutoCloseable {
    private static final String READY = "READY";
    private static final long START_SECONDS = 60;
    private final Process process;
    private final CountDownLatch ready = new CountDownLatch(1);

    private ServiceProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::read);
    }

    /// The child: bootstrap servers, data directory, store directory.
    public static void main(String[] args) throws Exception {
        KafkaClients kafka =
                new KafkaClients(args[0], RecordingFixture.settings(Path.of(args[1])).kafka());
        RunningService service =
                new RunningService(kafka, Path.of(args[1]), new FolderStore(Path.of(args[2])), 0);
        service.ready();
        System.out.println(READY);
        new CountDownLatch(1).await();
    }

    static ServiceProcess start(RecordingFixture fixture, Path data, Path store)
            throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServiceProcess.class.getName(),
                        fixture.bootstrapServers(),
                        data.toString(),
                        store.toString());
        ServiceProcess started =
                new ServiceProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
        if (!started.ready.await(START_SECONDS, TimeUnit.SECONDS)) {
            started.close();
            throw new AssertionError("the service did not start");
        }
        return started;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals(READY)) {
                    ready.countDown();
                } else if (line.contains("ERROR") || line.contains("Exception")) {
                    System.out.println("service: " + line);
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

    /// The file of a recording that is not finished.
    static Path growing(Path data, RecordingSpec spec) {
        return data.resolve("recordings/spool/" + spec.recording() + "/channel-0.wav");
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
