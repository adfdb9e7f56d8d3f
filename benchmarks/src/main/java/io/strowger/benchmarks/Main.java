package io.strowger.benchmarks;

import io.strowger.runtime.log.Logging;
import io.strowger.runtime.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `./strowger bench NAME...`: prints one JSON line a figure, ours beside a floor of the same run.
public final class Main {
    /// A benchmark.
    interface Benchmark {
        void run(Printer printer) throws Exception;
    }

    /// Where figures go.
    interface Printer {
        void print(Figure figure);

        /// What is done now; not part of the result.
        void note(String line);
    }

    private static final Map<String, Benchmark> ALL =
            new TreeMap<>(
                    Map.of(
                            "api", new ApiBenchmark(),
                            "calls", new CallsBenchmark(),
                            "failover", new FailoverBenchmark(),
                            "media", new MediaBenchmark(),
                            "mix", new MixBenchmark(),
                            "record", new RecordBenchmark(),
                            "webhooks", new WebhooksBenchmark(),
                            "startup", new StartupBenchmark()));

    private Main() {}

    /// Exits with 0 after the last figure, 1 when a benchmark failed, 2 when a name is unknown.
    public static void main(String[] args) throws Exception {
        List<String> names = List.of(args);
        if (names.isEmpty() || !ALL.keySet().containsAll(names)) {
            boolean asked = names.contains("--help") || names.contains("-h");
            System.err.println("Usage: strowger bench NAME...   with NAME of " + ALL.keySet());
            System.err.println("Prints JSON lines: ours beside a floor measured in the same run.");
            System.err.println("Runs the platform and a broker in JVMs of their own, on loopback.");
            System.exit(asked ? 0 : 2);
        }
        Logging.configure(new Settings.Log("WARN", "text"));
        Printer printer =
                new Printer() {
                    @Override
                    public void print(Figure figure) {
                        System.out.println(figure.toJson());
                    }

                    @Override
                    public void note(String line) {
                        System.err.println("bench: " + line);
                    }
                };
        for (String name : names) {
            ALL.getOrDefault(name, new ApiBenchmark()).run(printer);
        }
        System.exit(0);
    }
}
