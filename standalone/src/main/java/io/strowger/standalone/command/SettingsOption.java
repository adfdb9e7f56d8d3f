package io.strowger.standalone.command;

import io.strowger.runtime.log.Logging;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--config FILE`, and what comes of it.
final class SettingsOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "settings (YAML) over the defaults; the environment over both")
    private @Nullable Path config;

    /// Reads the settings and sets logging up by them.
    Settings load() {
        return load(Map.of());
    }

    /// @param further variables over the environment's, as `STROWGER_...`
    Settings load(Map<String, String> further) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.remove("STROWGER_JAVA_OPTS"); // the launcher's own
        environment.putAll(further);
        Settings settings = SettingsLoader.load(config, environment);
        Logging.configure(settings.log());
        return settings;
    }
}
