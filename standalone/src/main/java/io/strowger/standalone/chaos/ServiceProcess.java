package io.strowger.standalone.chaos;

import io.strowger.standalone.Main;
import io.strowger.standalone.platform.Services;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A service in a process of its own, as in production but for its heap. For one thread.
public final class ServiceProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(120);
    private final Services service;
    private final Map<String, String> environment;
    private final Path log;
    private @Nullable Process process;
    private CountDownLatch started = new CountDownLatch(1);

    /// @param log where what it prints is kept
    ServiceProcess(Services service, Map<String, String> environment, Path log) {
        this.service = service;
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    /// Starts it, anew after it has ended, without waiting for it.
    public void launch() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.net.preferIPv4Stack=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        service.word()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process launched = builder.start();
        CountDownLatch word = new CountDownLatch(1);
        process = launched;
        started = word;
        // A pipe keeps the carrier of a virtual thread until there is something to read.
        Thread.ofPlatform().daemon().start(() -> keep(launched, word));
    }

    private void keep(Process launched, CountDownLatch word) {
        try (BufferedReader in = launched.inputReader(StandardCharsets.UTF_8);
                BufferedWriter out =
                        Files.newBufferedWriter(
                                log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = next(in); line != null; line = next(in)) {
                out.write(line);
                out.newLine();
                out.flush();
                if (line.startsWith("STARTED")) {
                    word.countDown();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A process that is killed takes its pipe with it, in the middle of a read as well.
    private static @Nullable String next(BufferedReader in) {
        try {
            return in.readLine();
        } catch (IOException killed) {
            return null;
        }
    }

    /// Waits until it says that it has started.
    ///
    /// @throws IOException when it ends instead, or says nothing for two minutes
    public void awaitStarted() throws IOException, InterruptedException {
        Process launched = process;
        long endNs = System.nanoTime() + START.toNanos();
        while (!started.await(100, TimeUnit.MILLISECONDS)) {
            if (launched == null || !launched.isAlive() || System.nanoTime() - endNs > 0) {
                throw new IOException(service.word() + " did not start: see " + log);
            }
        }
    }

    public boolean isAlive() {
        Process launched = process;
        return launched != null && launched.isAlive();
    }

    /// As `kill -9`.
    public void kill() throws InterruptedException {
        Process launched = process;
        if (launched != null) {
            launched.destroyForcibly().waitFor();
        }
    }

    /// As SIGTERM; returns at once.
    public void terminate() {
        Process launched = process;
        if (launched != null) {
            launched.destroy();
        }
    }

    /// Waits until it has ended.
    ///
    /// @throws IOException when it runs on
    public void awaitEnded(Duration within) throws IOException, InterruptedException {
        Process launched = process;
        if (launched != null && !launched.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException(service.word() + " does not end: see " + log);
        }
    }

    /// As SIGSTOP: it does nothing until [#thaw].
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /// As SIGCONT.
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process launched = process;
        if (launched == null) {
            throw new IOException(service.word() + " does not run");
        }
        int status =
                new ProcessBuilder("kill", "-" + name, Long.toString(launched.pid()))
                        .inheritIO()
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IOException("kill -" + name + " " + launched.pid() + " says " + status);
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
