package io.strowger.standalone.chaos;

import io.strowger.kafka.KafkaCluster;
import io.strowger.standalone.platform.Services;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Rounds of faults: in each, calls in all states run at once, one thing breaks, and each call is
/// looked at. The same seed breaks the same things after the same times. For one thread.
public final class Chaos implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Duration GOODBYE = Duration.ofSeconds(20);
    private static final int LONGEST_WAIT_MS = 1500;
    private static final String LEG = "udp";
    private final PrintWriter out;
    private final Random random;
    private final Theatre theatre;
    private int worker;
    private int round;

    private Chaos(PrintWriter out, long seed, Theatre theatre) {
        this.out = out;
        this.random = new Random(seed);
        this.theatre = theatre;
    }

    /// Starts all that is to break.
    ///
    /// @param out gets a line of JSON a call, and a table at the end
    /// @param directory for data and logs
    /// @param firstPort even; 2,000 ports from here on are used
    public static Chaos prepare(PrintWriter out, long seed, Path directory, int firstPort)
            throws IOException, InterruptedException {
        return new Chaos(out, seed, Theatre.open(directory, firstPort));
    }

    /// Runs a round a fault, in an order that the seed gives.
    ///
    /// @return what became of all calls
    public List<Row> run(Set<Fault> faults, Set<CallState> states)
            throws IOException, InterruptedException {
        List<Fault> order = new ArrayList<>(EnumSet.copyOf(faults));
        Collections.shuffle(order, random);
        List<Row> rows = new ArrayList<>();
        for (Fault fault : order) {
            rows.addAll(round(fault, states));
        }
        table(rows);
        return rows;
    }

    private List<Row> round(Fault fault, Set<CallState> states)
            throws IOException, InterruptedException {
        round++;
        List<Situation> open = new ArrayList<>();
        for (CallState state : states) {
            open.add(theatre.situations().open(state, "/" + round + "/" + state.word()));
        }
        boolean moves = fault == Fault.KILL_WORKER || fault == Fault.DRAIN_WORKER;
        if (moves) {
            theatre.fleet().member(Services.MEDIA_WORKER, 1 - worker).launch();
            theatre.fleet().member(Services.MEDIA_WORKER, 1 - worker).awaitStarted();
        }
        open.forEach(Chaos::forgetGaps);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MS));
        strike(fault);
        List<Row> rows = all(open.stream().map(one -> judging(fault, one)).toList());
        rows.forEach(row -> {
            out.println(row.json());
            out.flush();
        });
        mend(fault);
        return rows;
    }

    private void strike(Fault fault) throws IOException, InterruptedException {
        Fleet fleet = theatre.fleet();
        switch (fault) {
            case KILL_WORKER -> {
                fleet.member(Services.MEDIA_WORKER, worker).kill();
                worker = 1 - worker;
            }
            case DRAIN_WORKER -> {
                fleet.member(Services.MEDIA_WORKER, worker).terminate();
                worker = 1 - worker;
            }
            case KILL_ORCHESTRATOR ->
                    killed(fleet.member(Services.CALL_ORCHESTRATOR, random.nextInt(2)));
            case KILL_GATEWAY -> killed(fleet.member(Services.GATEWAY, 0));
            case KILL_DISPATCHER -> killed(fleet.member(Services.WEBHOOK_DISPATCHER, 0));
            case KILL_RECORDER -> killed(fleet.member(Services.RECORDING_SERVICE, 0));
            case KILL_BROKER -> theatre.cluster().kill(1 + random.nextInt(KafkaCluster.NODES));
        }
    }

    private static void killed(ServiceProcess process) throws IOException, InterruptedException {
        process.kill();
        process.launch();
    }

    private void mend(Fault fault) throws IOException, InterruptedException {
        if (fault == Fault.KILL_BROKER) {
            for (int node = 1; node <= KafkaCluster.NODES; node++) {
                if (!theatre.cluster().isRunning(node)) {
                    theatre.cluster().start(node);
                }
            }
            theatre.cluster().awaitNodes(KafkaCluster.NODES, LONG);
        }
        theatre.fleet().awaitStarted();
    }

    private static void forgetGaps(Situation situation) {
        situation.ears().forEach(ear -> ear.call().takeLongestGap());
    }

    private Callable<Row> judging(Fault fault, Situation one) {
        return () -> {
            boolean survived = one.proof().holds();
            long gapMs =
                    one.ears().stream()
                            .mapToLong(ear -> ear.call().takeLongestGap().toMillis())
                            .max()
                            .orElse(-1);
            boolean told = theatre.application().has(one.path(), one.over());
            Row.Outcome outcome =
                    survived
                            ? Row.Outcome.SURVIVED
                            : told ? Row.Outcome.ENDED_WITH_EVENT : Row.Outcome.LOST;
            end(one);
            return new Row(
                    fault,
                    one.state(),
                    LEG,
                    outcome,
                    gapMs,
                    theatre.application().lost(one.path()),
                    theatre.application().doubled(one.path()));
        };
    }

    /// The last event shows whether any before it is missing.
    private void end(Situation one) throws IOException, InterruptedException {
        try {
            var _ =
                    theatre.caller()
                            .ask(
                                    "POST",
                                    "/calling/callConnections/" + one.connection() + ":terminate",
                                    "");
        } catch (Caller.RefusedException overAlready) {
            out.println("# " + one.path() + ": " + overAlready.getMessage());
        }
        long endNs = System.nanoTime() + GOODBYE.toNanos();
        while (!theatre.application().has(one.path(), "CallDisconnected")
                && System.nanoTime() - endNs < 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static List<Row> all(List<Callable<Row>> tasks)
            throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Row> row : threads.invokeAll(tasks)) {
                rows.add(row.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a call could not be looked at", e.getCause());
        }
        return rows;
    }

    private void table(List<Row> rows) {
        out.printf(
                Locale.ROOT,
                "%n%-18s %-13s %-17s %9s %5s %8s%n",
                "fault",
                "state",
                "outcome",
                "gap ms",
                "lost",
                "doubled");
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%-18s %-13s %-17s %9d %5d %8d%n",
                    row.fault().word(),
                    row.state().word(),
                    row.word(),
                    row.mediaGapMs(),
                    row.eventsLost(),
                    row.eventsDoubled());
        }
        out.flush();
    }

    @Override
    public void close() throws InterruptedException {
        theatre.close();
    }
}
