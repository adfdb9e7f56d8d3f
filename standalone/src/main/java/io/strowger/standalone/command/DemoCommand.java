package io.strowger.standalone.command;

import io.strowger.runtime.settings.Settings;
import io.strowger.standalone.demo.Demo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The main job at a glance.
@Command(
        name = "demo",
        description = {
            "Starts everything on free ports, places a reminder call to a built-in phone over real SIP",
            "and RTP, hears its key, prints what happened when, and leaves nothing running."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin private SettingsOption settings = new SettingsOption();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory("strowger-demo");
        try (Demo demo = Demo.prepare(spec.commandLine().getOut())) {
            Settings loaded = settings.load(overrides(data, demo));
            return demo.run(loaded) ? 0 : 1;
        } finally {
            delete(data);
        }
    }

    /// Free ports and a data directory of its own, so that it runs beside anything.
    private static Map<String, String> overrides(Path data, Demo demo) {
        return Map.ofEntries(
                Map.entry("STROWGER_DATADIR", data.toString()),
                Map.entry("STROWGER_KAFKA_BOOTSTRAPSERVERS", ""),
                Map.entry("STROWGER_KAFKA_PORT", "0"),
                Map.entry("STROWGER_KAFKA_PARTITIONS", "4"),
                Map.entry("STROWGER_HTTP_HOST", "127.0.0.1"),
                Map.entry("STROWGER_HTTP_PORT", "0"),
                Map.entry("STROWGER_HTTP_TLS_PORT", "-1"),
                Map.entry("STROWGER_HTTP_PUBLICURL", ""),
                Map.entry("STROWGER_SIP_HOST", "127.0.0.1"),
                Map.entry("STROWGER_SIP_PORT", "0"),
                Map.entry("STROWGER_SIP_ADVERTISEDHOST", "127.0.0.1"),
                Map.entry("STROWGER_RTP_PORTMIN", "0"),
                Map.entry("STROWGER_RTP_PORTMAX", "0"),
                Map.entry("STROWGER_MEDIA_ALLOWPRIVATEADDRESSES", "true"),
                Map.entry("STROWGER_WEBHOOKS_ALLOWPRIVATEADDRESSES", "true"),
                Map.entry("STROWGER_MEDIA_TIMEOUTS_DRAIN", "1s"),
                Map.entry("STROWGER_TRUNKS", demo.trunks()),
                Map.entry("STROWGER_LOG_LEVEL", "WARN"),
                Map.entry("STROWGER_LOG_FORMAT", "text"));
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> {
                        try {
                            Files.deleteIfExists(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
