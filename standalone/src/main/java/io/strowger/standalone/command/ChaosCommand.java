package io.strowger.standalone.command;

import io.strowger.runtime.log.Logging;
import io.strowger.runtime.settings.Settings;
import io.strowger.standalone.chaos.CallState;
import io.strowger.standalone.chaos.Chaos;
import io.strowger.standalone.chaos.Fault;
import io.strowger.standalone.chaos.LegKind;
import io.strowger.standalone.chaos.Plan;
import io.strowger.standalone.chaos.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Breaks things while people talk.
@Command(
        name = "chaos",
        description = {
            "Starts three brokers and the services as processes, places calls in every state over every kind of",
            "leg, breaks one thing after the other under them, and prints what became of each call: a line of",
            "JSON each, progress in lines that begin with #, a table at the end (+ survived; p50/p95 in ms of",
            "the longest time that a phone heard nothing). Needs 6 GB of memory; says how long it will take.",
            "Exit 0 when no call and no event was lost, else 1."
        },
        mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {
    @Option(
            names = "--seed",
            description =
                    "of the order of the faults and of what is hit when; default ${DEFAULT-VALUE}",
            defaultValue = "1")
    private long seed;

    @Option(names = "--fault", split = ",", description = "only these: ${COMPLETION-CANDIDATES}")
    private Set<Fault> faults = EnumSet.allOf(Fault.class);

    @Option(
            names = "--state",
            split = ",",
            description = "only calls in these: ${COMPLETION-CANDIDATES}")
    private Set<CallState> states = EnumSet.allOf(CallState.class);

    @Option(
            names = "--leg",
            split = ",",
            description = "only calls over these: ${COMPLETION-CANDIDATES}")
    private Set<LegKind> legs = EnumSet.allOf(LegKind.class);

    @Option(
            names = "--rounds",
            description = "how often each fault comes; default ${DEFAULT-VALUE}",
            defaultValue = "1")
    private int rounds;

    @Option(
            names = "--ports",
            description = "the first of 2,000 ports to use, even; default ${DEFAULT-VALUE}",
            defaultValue = "20000")
    private int firstPort;

    @Option(names = "--directory", description = "for data and logs; a new one by default")
    private @Nullable Path directory;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Logging.configure(new Settings.Log("ERROR", "text"));
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds: at least 1");
        }
        Plan plan = new Plan(faults, states, legs, rounds, seed);
        Path home = directory == null ? Files.createTempDirectory("strowger-chaos") : directory;
        var out = spec.commandLine().getOut();
        out.printf(
                "# seed %d, %d calls, about %d minutes on two quiet cores; logs in %s%n",
                seed, plan.calls(), plan.estimate().plusSeconds(59).toMinutes(), home);
        out.flush();
        try (Chaos chaos = Chaos.prepare(out, plan, home, firstPort)) {
            List<Row> rows = chaos.run();
            return rows.stream().allMatch(Row::isGood) ? 0 : 1;
        }
    }
}
