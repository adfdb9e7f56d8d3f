package io.strowger.benchmarks;

import io.strowger.standalone.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A broker in a JVM of its own, and a folder for it and all that runs beside it, which goes with
/// it.
///
/// @param data that folder
/// @param servers its bootstrap servers
record BrokerJvm(ChildJvm jvm, Path data, String servers) implements AutoCloseable {
    static BrokerJvm start() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("strowger-bench");
        ChildJvm jvm =
                ChildJvm.start(
                        List.of("-Xmx512m", "-XX:+UseSerialGC"),
                        Main.class.getName(),
                        List.of("broker"),
                        Map.of("STROWGER_DATADIR", data.toString(), "STROWGER_LOG_LEVEL", "WARN"));
        try {
            String said = jvm.awaitLine("bootstrap servers", Rig.START);
            return new BrokerJvm(jvm, data, said.replace("bootstrap servers", "").strip());
        } catch (RuntimeException | InterruptedException e) {
            jvm.close();
            delete(data);
            throw e;
        }
    }

    /// With everything below it.
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        jvm.close();
        delete(data);
    }
}
