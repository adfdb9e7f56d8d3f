package io.strowger.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A class with a `main` in a JVM of its own on this class path, to be killed. Of what it prints,
/// errors are passed on.
public final class TestJvm implements AutoCloseable {
    /// What the child's `main` prints when it is up.
    public static final String READY = "READY";

    /// How long it may take for that.
    public static final long START_SECONDS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(TestJvm.class);
    private final Process process;
    private final String name;
    private final CountDownLatch ready = new CountDownLatch(1);

    private TestJvm(Process process, String name) {
        this.process = process;
        this.name = name;
        Thread.ofPlatform().daemon().start(this::read);
    }

    /// Waits until the child has said [#READY].
    ///
    /// @param options of the JVM beside the collector and the compiler, e.g. its heap
    public static TestJvm start(Class<?> main, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", // it lives for seconds
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()));
        command.addAll(List.of(arguments));
        TestJvm started =
                new TestJvm(
                        new ProcessBuilder(command).redirectErrorStream(true).start(),
                        main.getSimpleName());
        if (!started.ready.await(START_SECONDS, TimeUnit.SECONDS)) {
            started.close();
            throw new AssertionError(started.name + " did not start");
        }
        return started;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals(READY)) {
                    ready.countDown();
                } else if (line.contains("ERROR") || line.contains("Exception")) {
                    LOG.atWarn().addKeyValue("process", name).log(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// kill -9.
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
