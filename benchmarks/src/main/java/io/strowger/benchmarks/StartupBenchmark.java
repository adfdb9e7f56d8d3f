package io.strowger.benchmarks;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.standalone.platform.Brokers;
import io.strowger.standalone.platform.Services;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// From the launcher's start to `/health/ready`: everything at once, on an empty and on a used data
/// directory, then each service alone beside a running broker; and the memory that they hold when
/// nothing happens. The floor is a JVM that starts, prints its version and ends.
final class StartupBenchmark implements Main.Benchmark {
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final double MS_NS = 1e6;
    private static final double KIB_A_MIB = 1024;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    @Override
    public void run(Main.Printer printer) throws Exception {
        Path data = Files.createTempDirectory("strowger-startup");
        try {
            double floor = bareJvmMs();
            // The first start after a build writes the archive of classes: it is not measured.
            printer.note("one start that is not measured");
            measure("up", data.resolve("trained"), null, null, printer);
            measure("up", data.resolve("up"), "startup.up.empty", floor, printer);
            measure("up", data.resolve("up"), "startup.up.used", floor, printer);
            alone(data.resolve("alone"), floor, printer);
        } finally {
            BrokerJvm.delete(data);
        }
    }

    private void alone(Path data, double floor, Main.Printer printer) throws Exception {
        Process broker = launch("broker", environment("broker", data, 0));
        try {
            awaitBroker(SettingsLoader.load(null, environment("broker", data, 0)));
            for (Services service : Services.all()) {
                measure(service.word(), data, null, null, printer);
                measure(service.word(), data, "startup." + service.word(), floor, printer);
            }
        } finally {
            stop(broker);
        }
    }

    /// @param figure null: not to be printed
    private void measure(
            String word,
            Path data,
            @Nullable String figure,
            @Nullable Double floor,
            Main.Printer printer)
            throws Exception {
        int port = freePort();
        long startNs = System.nanoTime();
        Process process = launch(word, environment(word, data, port));
        try {
            awaitReady(process, port);
            double tookMs = (System.nanoTime() - startNs) / MS_NS;
            if (figure != null) {
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("processors", Runtime.getRuntime().availableProcessors());
                printer.print(new Figure(figure, "ms", tookMs, floor, facts));
                LockSupport.parkNanos(IDLE.toNanos());
                printer.print(
                        new Figure(
                                figure + ".idle",
                                "MiB resident",
                                ProcessUse.residentKib(process.pid()) / KIB_A_MIB,
                                null,
                                Map.of("afterSeconds", IDLE.toSeconds())));
            }
        } finally {
            stop(process);
        }
    }

    /// The launcher becomes the JVM (`exec`), so its process is the one that is measured.
    private static Process launch(String word, Map<String, String> environment) throws IOException {
        Path home = Path.of(System.getProperty("strowger.home", "."));
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("strowger").toString(), word)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// @param port where readiness can be asked for: of the API when all run, else of the service
    private static Map<String, String> environment(String word, Path data, int port) {
        boolean all = word.equals("up");
        Map<String, String> environment = new HashMap<>();
        environment.put("STROWGER_DATADIR", data.toString());
        environment.put("STROWGER_HTTP_HOST", "127.0.0.1");
        environment.put("STROWGER_HTTP_PORT", all ? Integer.toString(port) : "0");
        environment.put("STROWGER_HTTP_TLS_PORT", "0");
        environment.put("STROWGER_OPS_PORT", all ? "0" : Integer.toString(port));
        environment.put("STROWGER_SIP_HOST", "127.0.0.1");
        environment.put("STROWGER_SIP_PORT", "0");
        environment.put("STROWGER_LOG_LEVEL", "WARN");
        environment.put("STROWGER_LOG_FORMAT", "text");
        return environment;
    }

    private void awaitReady(Process process, int port) throws InterruptedException {
        HttpRequest ready =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                        .timeout(Duration.ofSeconds(2))
                        .build();
        long deadlineNs = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() - deadlineNs < 0) {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended with " + process.exitValue());
            }
            if (answers(ready)) {
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new IllegalStateException("not ready in " + LONGEST);
    }

    private boolean answers(HttpRequest ready) throws InterruptedException {
        try {
            return http.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void awaitBroker(Settings settings) {
        long deadlineNs = System.nanoTime() + LONGEST.toNanos();
        while (Brokers.runningEmbedded(settings).isEmpty()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("no broker in " + LONGEST);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static double bareJvmMs() throws Exception {
        long startNs = System.nanoTime();
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return (System.nanoTime() - startNs) / MS_NS;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
