package io.strowger.standalone.command;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.standalone.platform.Brokers;
import io.strowger.standalone.platform.EventTail;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Events as they happen.
@Command(
        name = "tail",
        description = {
            "Prints events from Kafka as they happen, one a line; with --call, all of that call's,",
            "the past ones too."
        },
        mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {
    @Mixin private SettingsOption settings = new SettingsOption();

    @Option(names = "--call", paramLabel = "ID", description = "a serverCallId or callConnectionId")
    private @Nullable String call;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        ServerCallId wanted = call == null ? null : parse(call);
        Settings loaded = settings.load();
        KafkaClients kafka = new KafkaClients(Brokers.bootstrapServers(loaded), loaded.kafka());
        PrintWriter out = spec.commandLine().getOut();
        EventTail tail =
                EventTail.start(
                        kafka,
                        wanted,
                        line -> {
                            out.println(line);
                            out.flush();
                        });
        Foreground.stops(tail);
        Foreground.run();
        return 0;
    }

    private static ServerCallId parse(String text) {
        try {
            return text.length() == 36
                    ? io.strowger.contracts.id.CallConnectionId.parse(text).call()
                    : ServerCallId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "--call " + text + " is neither a serverCallId nor a callConnectionId");
        }
    }
}
