package io.strowger.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A process of another runtime: Node, npm or a JVM with a class path of its own. What it writes is
/// passed on as it comes.
final class Program implements AutoCloseable {
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> all = new ArrayList<>();
    private final Thread reader;

    private Program(Process process) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /// @param environment added to this process's own
    static Program start(Path folder, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    /// A Java program that trusts the platform.
    static List<String> java(Path trustStore, List<Path> classPath, String... mainAndArguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.net.preferIPv4Stack=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djavax.net.ssl.trustStore=" + trustStore,
                        "-Djavax.net.ssl.trustStorePassword=" + Trust.PASSWORD,
                        "-cp",
                        String.join(
                                System.getProperty("path.separator"),
                                classPath.stream().map(Path::toString).toList())));
        command.addAll(List.of(mainAndArguments));
        return command;
    }

    /// Installs what a folder's `package-lock.json` says into a folder of `target`, unless that was
    /// done before.
    ///
    /// @return the folder that has `node_modules`
    static Path npm(Path sources) throws IOException, InterruptedException {
        Path folder = Path.of("target", "node", sources.getFileName().toString()).toAbsolutePath();
        Path done = folder.resolve("node_modules/.strowger-lock");
        Path lock = sources.resolve("package-lock.json");
        if (Files.exists(done) && Files.mismatch(done, lock) < 0) {
            return folder;
        }
        Files.createDirectories(folder);
        for (String name : List.of("package.json", "package-lock.json")) {
            Files.deleteIfExists(folder.resolve(name));
            Files.copy(sources.resolve(name), folder.resolve(name));
        }
        try (Program npm =
                start(folder, Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund"))) {
            npm.awaitSuccess(Duration.ofSeconds(120));
        }
        Files.copy(lock, done);
        return folder;
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (all) {
                    all.add(line);
                }
                System.out.println(line);
                lines.add(line);
            }
        } catch (IOException closed) {
            lines.add("output ended: " + closed.getMessage());
        }
    }

    String output() {
        synchronized (all) {
            return String.join("\n", all);
        }
    }

    /// @return the next line that contains `text`
    String awaitLine(String text, Duration deadline) throws InterruptedException {
        long endNs = System.nanoTime() + deadline.toNanos();
        while (System.nanoTime() - endNs < 0) {
            String line = lines.poll(100, TimeUnit.MILLISECONDS);
            if (line != null && line.contains(text)) {
                return line;
            }
            if (line == null && !process.isAlive() && lines.isEmpty()) {
                break;
            }
        }
        throw new AssertionError("no line with '" + text + "':\n" + output());
    }

    void awaitSuccess(Duration deadline) throws InterruptedException {
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running:\n" + output());
        }
        reader.join(5000);
        assertEquals(0, process.exitValue(), "it failed, see its output above");
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
