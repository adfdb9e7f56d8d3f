package io.strowger.standalone.command;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.standalone.keys.AccessKeys;
import io.strowger.standalone.keys.KeyRotation;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What applications sign with.
@Command(
        name = "keys",
        description = {
            "The access keys that applications sign with: which count, new ones, and the connection",
            "string of an SDK."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|new|rotate|connection-string",
        subcommands = {
            KeysCommand.ListKeys.class,
            KeysCommand.New.class,
            KeysCommand.Rotate.class,
            KeysCommand.ConnectionString.class
        },
        footer = {
            "",
            "To change keys without a restart, with auth.accessKeyFiles: [/keys/primary, /keys/secondary]:",
            "  strowger keys rotate /keys/secondary      applications sign with the primary meanwhile",
            "  strowger keys connection-string --key 2   for the applications; then, when all have it:",
            "  strowger keys rotate /keys/primary",
            "",
            "docs/security.md tells more."
        })
final class KeysCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 2;
    }

    private static Settings quietly(SettingsOption settings) {
        return settings.load(Map.of("STROWGER_LOG_LEVEL", "ERROR"));
    }

    /// Which there are, by their fingerprints.
    @Command(
            name = "list",
            description = {
                "Prints where each key comes from and its fingerprint, never the key. Keys that were made",
                "at the first start are read from the brokers. Exit code 1 when there is none."
            },
            mixinStandardHelpOptions = true)
    static final class ListKeys implements Callable<Integer> {
        @Mixin private SettingsOption settings = new SettingsOption();
        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            List<AccessKeys.Entry> entries = AccessKeys.of(quietly(settings));
            out.printf("%-3s  %-16s  %s%n", "key", "fingerprint", "source");
            for (int i = 0; i < entries.size(); i++) {
                AccessKeys.Entry entry = entries.get(i);
                boolean none = entry.key().length == 0;
                out.printf(
                        "%-3d  %-16s  %s%n",
                        i + 1,
                        none ? "-" : entry.fingerprint(),
                        none ? entry.source() + " (" + entry.fault() + ")" : entry.source());
            }
            out.flush();
            return entries.stream().anyMatch(entry -> entry.key().length > 0) ? 0 : 1;
        }
    }

    /// A key for a file or a Secret.
    @Command(
            name = "new",
            description = "Prints a new key: 32 random bytes in base64. Keeps it nowhere.",
            mixinStandardHelpOptions = true)
    static final class New implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            out.println(AccessKeys.fresh());
            out.flush();
            return 0;
        }
    }

    /// The step of a change of keys that is done by us.
    @Command(
            name = "rotate",
            description = {
                "Writes a new key into one of auth.accessKeyFiles, if another one of them has a key to",
                "sign with meanwhile. Running services take it within a second or two."
            },
            mixinStandardHelpOptions = true)
    static final class Rotate implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "one of auth.accessKeyFiles")
        private @Nullable Path file;

        @Mixin private SettingsOption settings = new SettingsOption();
        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            Path asked = file;
            if (asked == null) {
                throw new SettingsException("which FILE of auth.accessKeyFiles?");
            }
            KeyRotation.Rotated done = KeyRotation.rotate(quietly(settings), asked);
            PrintWriter out = spec.commandLine().getOut();
            out.println("new key     " + done.after() + "  in " + done.file());
            if (!done.before().isEmpty()) {
                out.println("gone        " + done.before());
            }
            out.println("counts on   " + String.join(", ", done.others()));
            out.println("(fingerprints; strowger keys connection-string prints what an SDK needs)");
            out.flush();
            return 0;
        }
    }

    /// The one command that shows a key.
    @Command(
            name = "connection-string",
            description = {
                "Prints what an SDK needs: endpoint=https://...;accesskey=... WITH THE KEY in it: mind who",
                "reads along."
            },
            mixinStandardHelpOptions = true)
    static final class ConnectionString implements Callable<Integer> {
        @Option(
                names = "--key",
                paramLabel = "N",
                defaultValue = "1",
                description = "which key, as `keys list` counts (default: 1)")
        private int number;

        @Option(
                names = "--endpoint",
                paramLabel = "URL",
                description =
                        "where applications reach the gateway (default: http.publicUrl, else this"
                                + " machine)")
        private @Nullable URI endpoint;

        @Mixin private SettingsOption settings = new SettingsOption();
        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            Settings loaded = quietly(settings);
            URI at = endpoint != null ? endpoint : AccessKeys.endpoint(loaded);
            if (at.getHost() == null || !List.of("http", "https").contains(at.getScheme())) {
                throw new SettingsException(
                        "--endpoint is " + at + ": allowed is an http or https URL");
            }
            List<AccessKeys.Entry> entries = AccessKeys.of(loaded);
            if (number < 1 || number > entries.size()) {
                throw new SettingsException(
                        "--key is " + number + ": allowed is 1.." + entries.size());
            }
            AccessKeys.Entry entry = entries.get(number - 1);
            if (entry.key().length == 0) {
                throw new SettingsException(
                        "key " + number + ", " + entry.source() + ", is " + entry.fault());
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(AccessKeys.connectionString(at, entry));
            out.flush();
            return 0;
        }
    }
}
