package io.strowger.worker.shell.call;

import io.strowger.testsupport.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A SIPp process that plays one scenario from `src/test/resources/sipp` once. Exit status 0 means
/// that the call went as the scenario says.
final class Sipp implements AutoCloseable {
    private final Process process;
    private final Path output;
    private final Path table;
    final int port;

    Sipp(Path folder, String scenario) throws IOException {
        this(folder, scenario, resource(scenario), "u1", 1, List.of());
    }

    /// One that calls a number at a worker, as the scenario says.
    static Sipp calling(Path folder, String scenario, TestWorker worker) throws IOException {
        return calling(folder, scenario, worker, "u1");
    }

    /// @param transport `u1` or `t1`
    static Sipp calling(Path folder, String scenario, TestWorker worker, String transport)
            throws IOException {
        return new Sipp(
                folder,
                scenario,
                resource(scenario),
                transport,
                1,
                List.of("-s", "+15550100001", "127.0.0.1:" + worker.endpoint.port()));
    }

    Sipp(Path folder, Script script) throws IOException {
        this(folder, "script-" + System.identityHashCode(script), script.xml(), "u1", 1, List.of());
    }

    /// One that takes many calls.
    static Sipp taking(int calls, Path folder, Script script) throws IOException {
        return new Sipp(folder, "script-" + calls, script.xml(), "u1", calls, List.of());
    }

    Sipp(Path folder, Script script, String transport) throws IOException {
        this(
                folder,
                "script-" + System.identityHashCode(script),
                script.xml(),
                transport,
                1,
                List.of());
    }

    private static String resource(String scenario) throws IOException {
        try (InputStream in = Sipp.class.getResourceAsStream("/sipp/" + scenario + ".xml")) {
            if (in == null) {
                throw new IllegalArgumentException("no scenario " + scenario);
            }
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /// @param transport `u1` or `t1`
    private Sipp(
            Path folder,
            String scenario,
            String xml,
            String transport,
            int calls,
            List<String> further)
            throws IOException {
        port = FreePorts.pair();
        output = folder.resolve(scenario + ".log");
        table = Path.of(transport.equals("t1") ? "/proc/net/tcp" : "/proc/net/udp");
        Path file = folder.resolve(scenario + ".xml");
        Files.writeString(file, xml, StandardCharsets.ISO_8859_1);
        ProcessBuilder builder =
                new ProcessBuilder(
                        "sipp",
                        "-sf",
                        file.toString(),
                        "-i",
                        "127.0.0.1",
                        "-mi",
                        "127.0.0.1",
                        "-t",
                        transport,
                        "-p",
                        Integer.toString(port),
                        "-m",
                        Integer.toString(calls),
                        "-timeout",
                        calls == 1 ? "30s" : "120s",
                        "-timeout_error",
                        "-trace_err",
                        "-error_file",
                        folder.resolve(scenario + ".err").toString(),
                        "-nostdin");
        builder.command().addAll(further);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new AssertionError("SIPp is needed: install the Debian package sip-tester", e);
        }
        awaitBound();
    }

    /// Looks the socket up in the kernel's table: trying to bind it would get in SIPp's way.
    private void awaitBound() throws IOException {
        String entry = ":%04X 00000000:0000".formatted(port);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (Files.readString(table).contains(entry)) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("SIPp did not start: " + Files.readString(output));
    }

    /// Waits for its end and asserts that the scenario was followed.
    void assertFollowed() throws InterruptedException, IOException {
        if (!process.waitFor(130, TimeUnit.SECONDS)) {
            throw new AssertionError("SIPp still runs");
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    "SIPp exit "
                            + process.exitValue()
                            + "\n"
                            + new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
