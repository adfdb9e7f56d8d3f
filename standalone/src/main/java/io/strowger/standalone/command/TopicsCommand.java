package io.strowger.standalone.command;

import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.kafka.TopicPlan;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.standalone.platform.Brokers;
import io.strowger.standalone.topics.TopicState;
import io.strowger.standalone.topics.TopicSurvey;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The topics of a cluster.
@Command(
        name = "topics",
        description = {
            "Compares the topics of the cluster with those that Strowger expects: partitions, copies,",
            "retention, compaction. Prints a line for each and says what to mend; exit code 1 when",
            "something is."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "docs/topics.md tells what each topic is for and how the numbers grow."})
final class TopicsCommand implements Callable<Integer> {
    @Option(names = "--check", description = "only look (as without an option)")
    private boolean check;

    @Option(names = "--create", description = "make the topics that are missing, then look")
    private boolean create;

    @Mixin private SettingsOption settings = new SettingsOption();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (check && create) {
            throw new SettingsException("--check changes nothing and --create does: say one");
        }
        Settings loaded = settings.load(Map.of("STROWGER_LOG_LEVEL", "ERROR"));
        KafkaClients kafka = new KafkaClients(Brokers.bootstrapServers(loaded), loaded.kafka());
        PrintWriter out = spec.commandLine().getOut();
        try (Admin admin = kafka.admin()) {
            List<TopicPlan> plans = TopicPlan.all(loaded.kafka());
            List<TopicState> found = TopicSurvey.of(admin, plans);
            if (create) {
                found = created(admin, found, plans, out);
            }
            return print(found, out);
        }
    }

    private static List<TopicState> created(
            Admin admin, List<TopicState> found, List<TopicPlan> plans, PrintWriter out)
            throws Exception {
        List<TopicPlan> missing =
                found.stream().filter(TopicState::isMissing).map(TopicState::plan).toList();
        TopicCreation.create(admin, missing);
        TopicCreation.awaitKnown(admin, missing);
        out.println("made " + missing.size() + " topics");
        out.println();
        return TopicSurvey.of(admin, plans);
    }

    private static int print(List<TopicState> found, PrintWriter out) {
        out.printf("%-4s  %-28s %10s %6s  %s%n", "", "topic", "partitions", "copies", "kept");
        int faulty = 0;
        for (TopicState state : found) {
            List<String> faults = state.faults();
            faulty += faults.isEmpty() ? 0 : 1;
            out.printf(
                    "%-4s  %-28s %10d %6d  %s%n",
                    faults.isEmpty() ? "OK" : "FAIL",
                    state.plan().name(),
                    state.partitions(),
                    state.replication(),
                    kept(state.configs()));
            faults.forEach(fault -> out.println("      -> " + fault));
        }
        out.printf("%n%d topics, %d to mend%n", found.size(), faulty);
        out.flush();
        return faulty == 0 ? 0 : 1;
    }

    private static String kept(Map<String, String> configs) {
        if (configs.getOrDefault("cleanup.policy", "").contains("compact")) {
            return "last of each key";
        }
        String retention = configs.getOrDefault("retention.ms", "");
        if (retention.isEmpty()) {
            return "-";
        }
        long minutes = Long.parseLong(retention) / 60_000;
        return minutes >= 1440 ? minutes / 1440 + " days" : minutes + " minutes";
    }
}
