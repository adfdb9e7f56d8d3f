package io.strowger.standalone.command;

import io.strowger.runtime.settings.Settings;
import io.strowger.standalone.platform.AllInOne;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Everything on this machine.
@Command(
        name = "up",
        description = "Runs all five services and an embedded broker, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    @Mixin private SettingsOption settings = new SettingsOption();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        long startNs = System.nanoTime();
        Settings loaded = settings.load();
        AllInOne all = AllInOne.start(loaded);
        if (!all.awaitReady(READY_WITHIN)) {
            all.close();
            throw new IllegalStateException(
                    "not ready after " + READY_WITHIN.toSeconds() + " s: see the log above");
        }
        Foreground.stops(all);
        announce(all, loaded, (System.nanoTime() - startNs) / 1e9);
        Foreground.run();
        return 0;
    }

    private static String sip(AllInOne all, Settings.Sip sip) {
        String plain = sip.host() + ":" + all.sipPort() + (sip.tcp() ? " (UDP, TCP)" : " (UDP)");
        return all.sipTlsPort() == 0
                ? plain
                : plain + ", " + sip.host() + ":" + all.sipTlsPort() + " (TLS)";
    }

    private void announce(AllInOne all, Settings loaded, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        URI http = all.endpoint();
        out.printf(Locale.ROOT, "READY after %.1f s%n%n", seconds);
        out.println("connection string  " + all.connectionString(http));
        Optional<URI> https = all.secureEndpoint();
        https.ifPresent(uri -> out.println("          by https  " + all.connectionString(uri)));
        out.println(
                "API                " + http + "calling/  (described at " + http + "openapi.json)");
        out.println("health             " + http + "health/ready");
        out.println("metrics            " + http + "metrics");
        out.println("SIP                " + sip(all, loaded.sip()));
        out.println("Kafka              " + all.kafka().bootstrapServers());
        out.println("data               " + loaded.dataDir().toAbsolutePath());
        if (https.isPresent() && loaded.http().tls().certificateFile().isEmpty()) {
            TrustHints.of(loaded.dataDir().toAbsolutePath().resolve("tls.crt"))
                    .forEach(out::println);
        }
        if (loaded.trunks().isEmpty()) {
            out.println();
            out.println("No trunk is set: calls to numbers have no way out. For a first try:");
            out.println(
                    "  ./strowger phone --listen 127.0.0.1:5070 --press 1      (another terminal)");
            out.println(
                    "  STROWGER_TRUNKS='[{name: phone, uri: \"sip:127.0.0.1:5070\"}]' ./strowger up");
        }
        out.println();
        out.println(
                "Events live: ./strowger tail    Set-up check: ./strowger doctor    Stop: Ctrl-C");
        out.flush();
    }
}
