package io.strowger.standalone.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Rounds of faults: in each, calls in all states and over all kinds of legs run at once, one thing
/// breaks, and each call is looked at. The same seed breaks the same things in the same order after
/// the same times. For one thread.
public final class Chaos implements AutoCloseable {
    private static final int LONGEST_WAIT_MS = 1500;
    private static final int ATTEMPTS = 4;
    private final PrintWriter out;
    private final Plan plan;
    private final Random random;
    private final Theatre theatre;
    private final Saboteur saboteur;
    private final Judge judge;
    private final long startedNs = System.nanoTime();

    private Chaos(PrintWriter out, Plan plan, Theatre theatre) {
        this.out = out;
        this.plan = plan;
        this.random = new Random(plan.seed());
        this.theatre = theatre;
        this.saboteur = new Saboteur(theatre.fleet(), theatre.cluster(), random);
        this.judge = new Judge(out, theatre.application(), theatre.caller());
    }

    /// A call that is open, or why it is not.
    private sealed interface Opened {
        record Open(Situation situation) implements Opened {}

        record Failed(CallState state, LegKind leg, String why) implements Opened {}
    }

    /// Starts all that is to break.
    ///
    /// @param out gets a line of JSON a call, a table at the end, and between them lines that begin
    ///   with `#`
    /// @param directory for data and logs
    /// @param firstPort even; 2,000 ports from here on are used
    public static Chaos prepare(PrintWriter out, Plan plan, Path directory, int firstPort)
            throws IOException, InterruptedException {
        return new Chaos(out, plan, Theatre.open(directory, firstPort, plan.legs()));
    }

    /// Runs a round for each fault.
    ///
    /// @return what became of all calls
    public List<Row> run() throws IOException, InterruptedException {
        List<Fault> order = plan.order(random);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            rows.addAll(round(i + 1, order.size(), order.get(i)));
        }
        say("all done");
        out.println();
        Matrix.print(out, rows);
        return rows;
    }

    private List<Row> round(int round, int of, Fault fault)
            throws IOException, InterruptedException {
        say("round " + round + " of " + of + ": " + fault + ", calls are placed");
        List<Callable<Opened>> openings = new ArrayList<>();
        for (CallState state : plan.states()) {
            for (LegKind leg : plan.legs()) {
                openings.add(() -> open(round, state, leg));
            }
        }
        List<Opened> opened = all(openings);
        saboteur.prepare(fault);
        List<Situation> open = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (Opened one : opened) {
            switch (one) {
                case Opened.Open(Situation situation) -> open.add(situation);
                case Opened.Failed failed -> rows.add(notReached(round, fault, failed));
            }
        }
        say(open.size() + " calls are in their states: " + fault);
        open.forEach(Chaos::forgetGaps);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MS));
        saboteur.strike(fault);
        rows.addAll(
                all(
                        open.stream()
                                .<Callable<Row>>map(one -> () -> judge.judge(round, fault, one))
                                .toList()));
        rows.forEach(row -> out.println(row.json()));
        say(Matrix.summary(rows).substring(2));
        saboteur.mend(fault);
        return rows;
    }

    /// As applications do, it tries again when the platform says that it takes no call right now.
    private Opened open(int round, CallState state, LegKind leg) throws InterruptedException {
        String path = "/" + round + "/" + state + "/" + leg;
        String why = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                return new Opened.Open(theatre.situations(leg).open(state, path + "/" + attempt));
            } catch (IOException e) {
                why = e.toString();
                say(path + "/" + attempt + " is not in its state: " + why);
            }
        }
        return new Opened.Failed(state, leg, why);
    }

    private Row notReached(int round, Fault fault, Opened.Failed failed) {
        Row.Cell cell = new Row.Cell(fault, failed.state, failed.leg);
        say(cell + " is not reached: " + failed.why);
        return new Row(round, cell, Row.Outcome.NOT_REACHED, List.of(), 0, 0);
    }

    private synchronized void say(String what) {
        long seconds = (System.nanoTime() - startedNs) / 1_000_000_000;
        out.printf(
                Locale.ROOT,
                "# %s %s%n",
                Duration.ofSeconds(seconds).toString().substring(2),
                what);
        out.flush();
    }

    private static void forgetGaps(Situation situation) {
        situation.ears().forEach(ear -> ear.call().takeLongestGap());
    }

    private static <T> List<T> all(List<Callable<T>> tasks)
            throws IOException, InterruptedException {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
        return results;
    }

    @Override
    public void close() throws InterruptedException {
        theatre.close();
    }
}
