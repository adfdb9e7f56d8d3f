package io.strowger.standalone.command;

import io.strowger.kafka.EmbeddedKafka;
import io.strowger.runtime.settings.Settings;
import io.strowger.standalone.platform.Brokers;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The embedded broker alone.
@Command(
        name = "broker",
        description = "Runs the embedded Kafka broker alone, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class BrokerCommand implements Callable<Integer> {
    @Mixin private SettingsOption settings = new SettingsOption();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Settings loaded = settings.load();
        EmbeddedKafka broker = Brokers.startEmbedded(loaded);
        Foreground.stops(broker);
        PrintWriter out = spec.commandLine().getOut();
        out.println("READY");
        out.println("bootstrap servers  " + broker.bootstrapServers());
        out.println(
                "for services       STROWGER_KAFKA_BOOTSTRAPSERVERS=" + broker.bootstrapServers());
        out.println("data               " + loaded.dataDir().toAbsolutePath().resolve("kafka"));
        out.flush();
        Foreground.run();
        return 0;
    }
}
