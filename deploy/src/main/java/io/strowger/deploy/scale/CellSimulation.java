package io.strowger.deploy.scale;

import java.util.Arrays;
import java.util.SplittableRandom;

/// One cell under its load for some minutes, call by call: what the averages of [Estimate] hide.
/// Calls come at random and last as long as they like; each goes to the emptier of two workers, as
/// one orchestrator knows them from heartbeats half a second old and its own placements since; each
/// decision waits for those before it at its orchestrator. Then a zone of workers is lost at once.
/// Repeatable: everything follows from the seed.
final class CellSimulation {
    private static final double STEP_S = 0.01;
    private static final int HEARTBEAT_STEPS = 50;
    private static final int STEPS = 30_000;
    private static final double UNHEARD_MS = 1500;
    private static final int ZONES = 3;

    /// @param fullestWorker the most that one worker carried, as a part of the mean
    /// @param busiestPartition the most calls in one partition, as a part of the mean
    /// @param waitP50Ms of a decision, behind others
    /// @param waitP99Ms the same
    /// @param movedCalls of the workers of a zone
    /// @param lastMovedMs from their end until the last of their calls is ordered elsewhere
    /// @param fullestAfter the most that one worker carries then, as a part of what it is planned
    ///   for
    record Outcome(
            double fullestWorker,
            double busiestPartition,
            double waitP50Ms,
            double waitP99Ms,
            int movedCalls,
            double lastMovedMs,
            double fullestAfter) {}

    private final Load load;
    private final Measured measured;
    private final Estimate planned;
    private final SplittableRandom random;
    private final int partitions;
    private final int[] perWorker;
    private final int[] perPartition;
    private final int[][] placed; // [orchestrator][worker]
    private final int[][] known;
    private final double[] backlogMs;
    private final Waits waits = new Waits();
    private final Ends ends = new Ends();
    private double fullest;
    private double busiest;

    private CellSimulation(Load load, Measured measured, Limits limits, long seed) {
        this.load = load;
        this.measured = measured;
        this.planned = Estimate.of(load, measured, limits);
        this.random = new SplittableRandom(seed);
        this.partitions = limits.callPartitions();
        int workers = Math.max(ZONES, (int) planned.workers());
        int orchestrators = Math.max(ZONES, (int) planned.orchestrators());
        this.perWorker = new int[workers];
        this.perPartition = new int[partitions];
        this.placed = new int[orchestrators][workers];
        this.known = new int[orchestrators][workers];
        this.backlogMs = new double[orchestrators];
    }

    /// @param load of one cell
    static Outcome run(Load load, Measured measured, Limits limits, long seed) {
        CellSimulation cell = new CellSimulation(load, measured, limits, seed);
        cell.fill();
        for (int step = 1; step <= STEPS; step++) {
            cell.step(step);
        }
        return cell.loseAZone();
    }

    /// As after hours: the load stands, spread as it came.
    private void fill() {
        for (long i = 0; i < load.calls(); i++) {
            begin(0);
            if (i % 256 == 0) {
                hear();
            }
        }
        fullest = 0;
        busiest = 0;
    }

    private void step(int step) {
        for (int call = ends.first(step); call >= 0; call = ends.first(step)) {
            perWorker[call / partitions]--;
            perPartition[call % partitions]--;
        }
        if (step % HEARTBEAT_STEPS == 0) {
            hear();
        }
        for (int i = poisson(load.arrivalsPerSecond() * STEP_S); i > 0; i--) {
            begin(step);
        }
        fullest = Math.max(fullest, ofMean(perWorker));
        busiest = Math.max(busiest, ofMean(perPartition));
        for (int i = 0; i < backlogMs.length; i++) {
            decide(i);
        }
    }

    private void begin(int step) {
        int partition = random.nextInt(partitions);
        int orchestrator = partition % placed.length;
        int worker = emptierOfTwo(orchestrator);
        placed[orchestrator][worker]++;
        perWorker[worker]++;
        perPartition[partition]++;
        double lastsS = random.nextExponential() * load.meanCallSeconds();
        ends.add(step + 1 + (int) (lastsS / STEP_S), worker * partitions + partition);
    }

    private int emptierOfTwo(int orchestrator) {
        int one = random.nextInt(perWorker.length);
        int other = random.nextInt(perWorker.length);
        return believed(orchestrator, one) <= believed(orchestrator, other) ? one : other;
    }

    private int believed(int orchestrator, int worker) {
        return known[orchestrator][worker] + placed[orchestrator][worker];
    }

    /// Heartbeats: what each worker carries is known, and own placements are among it.
    private void hear() {
        for (int i = 0; i < known.length; i++) {
            System.arraycopy(perWorker, 0, known[i], 0, perWorker.length);
            Arrays.fill(placed[i], 0);
        }
    }

    private void decide(int orchestrator) {
        double perSecond =
                callsOf(orchestrator)
                        / load.meanCallSeconds()
                        * load.commandsPerCall()
                        * measured.decisionsPerCommand();
        double costMs = 1000 / measured.decisionsPerSecond();
        for (int i = poisson(perSecond * STEP_S); i > 0; i--) {
            waits.add(backlogMs[orchestrator]);
            backlogMs[orchestrator] += costMs;
        }
        backlogMs[orchestrator] = Math.max(0, backlogMs[orchestrator] - STEP_S * 1000);
    }

    private int callsOf(int orchestrator) {
        int calls = 0;
        for (int i = orchestrator; i < partitions; i += placed.length) {
            calls += perPartition[i];
        }
        return calls;
    }

    /// Each of its calls costs its orchestrator one decision to be ordered elsewhere, behind all
    /// else.
    private Outcome loseAZone() {
        int lost = perWorker.length / ZONES;
        int moved = 0;
        for (int i = 0; i < lost; i++) {
            moved += perWorker[i];
            perWorker[i] = 0;
        }
        int[] rest = Arrays.copyOfRange(perWorker, lost, perWorker.length);
        double share = moved / (double) load.calls();
        double lastMs = 0;
        for (int i = 0; i < backlogMs.length; i++) {
            double own = callsOf(i) * share * 1000 / measured.decisionsPerSecond();
            lastMs = Math.max(lastMs, UNHEARD_MS + backlogMs[i] + own);
        }
        for (int i = 0; i < moved; i++) {
            int one = random.nextInt(rest.length);
            int other = random.nextInt(rest.length);
            rest[rest[one] <= rest[other] ? one : other]++;
        }
        return new Outcome(
                fullest,
                busiest,
                waits.percentile(0.5),
                waits.percentile(0.99),
                moved,
                lastMs,
                Arrays.stream(rest).max().orElseThrow() / (double) planned.callsPerWorker());
    }

    private static double ofMean(int[] amounts) {
        int most = 0;
        long all = 0;
        for (int amount : amounts) {
            most = Math.max(most, amount);
            all += amount;
        }
        return all == 0 ? 1 : most * (double) amounts.length / all;
    }

    /// How many come in a time in which `mean` are expected.
    private int poisson(double mean) {
        int count = 0;
        for (double at = random.nextExponential(); at < mean; at += random.nextExponential()) {
            count++;
        }
        return count;
    }

    /// Which calls end in which step; beyond the last step none matters.
    private static final class Ends {
        private final int[][] calls = new int[STEPS + 1][];
        private final int[] counts = new int[STEPS + 1];

        void add(int step, int call) {
            if (step > STEPS) {
                return;
            }
            int[] there = calls[step];
            int count = counts[step]++;
            if (there == null) {
                there = new int[16];
            } else if (count == there.length) {
                there = Arrays.copyOf(there, 2 * count);
            }
            there[count] = call;
            calls[step] = there;
        }

        /// Takes one out; -1: there is none left.
        int first(int step) {
            return counts[step] == 0 ? -1 : calls[step][--counts[step]];
        }
    }

    /// In steps of 50 us, up to a second.
    private static final class Waits {
        private static final int A_MS = 20;
        private final long[] counts = new long[1000 * A_MS + 1];
        private long all;

        void add(double ms) {
            counts[Math.min(counts.length - 1, (int) (ms * A_MS))]++;
            all++;
        }

        double percentile(double part) {
            long seen = 0;
            for (int i = 0; i < counts.length; i++) {
                seen += counts[i];
                if (seen >= all * part) {
                    return i / (double) A_MS;
                }
            }
            return 1000;
        }
    }
}
