package io.strowger.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What happens to the system and what applications ask of it, all from one seed. Faults and
/// questions can be left out one by one: the rest stays as it is.
///
/// @param lossPercent of SIP messages
/// @param duplicateOneIn reports and responses that come twice: one in so many
/// @param longestDelayMs from a write to its first reader
/// @param coming calls from outside
record Plan(
        long seed,
        int calls,
        int workers,
        int orchestrators,
        int lossPercent,
        int duplicateOneIn,
        int longestDelayMs,
        List<Fault> faults,
        List<Ask> asks,
        List<Coming> coming) {
    /// Faults begin before.
    static final int TROUBLE_MS = 40_000;

    /// What happens to a process, or to all of Kafka.
    ///
    /// @param at the moment, ms
    /// @param target name of a process
    /// @param lengthMs until it is back
    record Fault(Kind kind, long at, String target, long lengthMs, String step) {
        enum Kind {
            KILL,
            HOLD_UP,
            CUT_OFF,
            KILL_AT_STEP,
            HOLD_UP_AT_STEP,
            DRAIN,
            KAFKA_AWAY
        }
    }

    /// What an application asks.
    ///
    /// @param number unique
    /// @param call 0..
    /// @param at the moment, ms
    /// @param whom the number of an earlier question of that call: who came by it is meant
    record Ask(int number, int call, long at, Kind kind, int whom) {
        enum Kind {
            CREATE,
            CREATE_TWO,
            ANSWER,
            REJECT,
            REDIRECT,
            PLAY,
            PLAY_LOOP,
            PLAY_NOW,
            RECOGNIZE,
            ADD,
            CANCEL_ADD,
            REMOVE,
            MUTE,
            HOLD,
            UNHOLD,
            TONES_ON,
            TONES_OFF,
            SEND_TONES,
            TRANSFER,
            CANCEL_MEDIA,
            RECORD,
            PAUSE_RECORDING,
            RESUME_RECORDING,
            STOP_RECORDING,
            DESCRIBE,
            HANG_UP,
            TERMINATE
        }
    }

    /// Somebody calls in.
    ///
    /// @param number unique among the questions, too: the application's is what it says to this
    /// @param call [#FIRST_COMING]..
    /// @param then what the application says once it is told; null: nothing
    /// @param thinkMs until it says so
    /// @param patienceMs of the caller
    record Coming(
            int number, int call, long at, Ask.@Nullable Kind then, long thinkMs, long patienceMs) {
        /// Who is rung when it is passed on.
        int redirectedTo() {
            return number + 99;
        }
    }

    /// Calls from here on come in.
    static final int FIRST_COMING = 100;

    private static final List<String> STEPS =
            List.of("poll", "decide", "commit", "answer of the commit");

    static Plan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int calls = 1 + random.nextInt(3);
        int workers = 2 + random.nextInt(2);
        int orchestrators = 1 + random.nextInt(2);
        int loss = random.nextInt(3) == 0 ? random.nextInt(25) : 0;
        int duplicate = random.nextBoolean() ? 10 : 1_000_000;
        int delay = random.nextInt(4) == 0 ? 400 : 15;
        List<Fault> faults = faults(random.split(), workers, orchestrators);
        List<Ask> asks = new ArrayList<>(asks(random.split(), calls));
        List<Coming> coming = coming(random.split(), asks);
        return new Plan(
                seed,
                calls,
                workers,
                orchestrators,
                loss,
                duplicate,
                delay,
                faults,
                List.copyOf(asks),
                coming);
    }

    private static List<Fault> faults(SplittableRandom random, int workers, int orchestrators) {
        List<Fault> faults = new ArrayList<>();
        for (int left = random.nextInt(7); left > 0; left--) {
            long at = 500L + random.nextInt(TROUBLE_MS - 500);
            faults.add(fault(random, at, workers, orchestrators));
        }
        return List.copyOf(faults);
    }

    private static Fault fault(SplittableRandom random, long at, int workers, int orchestrators) {
        String worker = "worker-" + random.nextInt(workers);
        String orchestrator = "orchestrator-" + random.nextInt(orchestrators);
        String step = STEPS.get(random.nextInt(STEPS.size()));
        long shortMs = 100L + random.nextInt(3_000);
        long longMs = 100L + random.nextInt(12_000);
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> new Fault(Fault.Kind.KILL, at, worker, shortMs, "");
            case 3 -> new Fault(Fault.Kind.HOLD_UP, at, worker, longMs, "");
            case 4, 5 -> new Fault(Fault.Kind.CUT_OFF, at, worker, longMs, "");
            case 6 -> new Fault(Fault.Kind.DRAIN, at, worker, shortMs, "");
            case 7 -> new Fault(Fault.Kind.KILL, at, orchestrator, shortMs, "");
            case 8, 9 -> new Fault(Fault.Kind.KILL_AT_STEP, at, orchestrator, shortMs, step);
            case 10, 11 -> new Fault(Fault.Kind.HOLD_UP_AT_STEP, at, orchestrator, longMs, step);
            case 12 -> new Fault(Fault.Kind.CUT_OFF, at, orchestrator, longMs, "");
            case 13 -> new Fault(Fault.Kind.KILL, at, "gateway-" + random.nextInt(2), shortMs, "");
            case 14 -> dispatcherOrRecorder(random, at, shortMs, longMs);
            default -> new Fault(Fault.Kind.KAFKA_AWAY, at, "", longMs, "");
        };
    }

    private static Fault dispatcherOrRecorder(
            SplittableRandom random, long at, long shortMs, long longMs) {
        boolean recorder = random.nextInt(3) == 0;
        String target = recorder ? "recorder-0" : "dispatcher-" + random.nextInt(2);
        return switch (random.nextInt(3)) {
            case 0 -> new Fault(Fault.Kind.KILL, at, target, shortMs, "");
            case 1 -> new Fault(Fault.Kind.HOLD_UP, at, target, longMs, "");
            default -> new Fault(Fault.Kind.CUT_OFF, at, target, longMs, "");
        };
    }

    private static List<Ask> asks(SplittableRandom random, int calls) {
        List<Ask> asks = new ArrayList<>();
        int number = 0;
        for (int call = 0; call < calls; call++) {
            List<Integer> people = new ArrayList<>();
            long begin = random.nextInt(15_000);
            Ask.Kind create = random.nextInt(4) == 0 ? Ask.Kind.CREATE_TWO : Ask.Kind.CREATE;
            people.add(number);
            asks.add(new Ask(number++, call, begin, create, 0));
            for (int left = random.nextInt(12); left > 0; left--) {
                Ask.Kind kind = kind(random);
                int whom = people.get(random.nextInt(people.size()));
                if (kind == Ask.Kind.ADD || kind == Ask.Kind.TRANSFER) {
                    people.add(number);
                }
                asks.add(new Ask(number++, call, begin + random.nextInt(40_000), kind, whom));
            }
        }
        return asks;
    }

    /// @param asks gets what is asked of the calls that are answered
    private static List<Coming> coming(SplittableRandom random, List<Ask> asks) {
        List<Coming> coming = new ArrayList<>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            long at = random.nextInt(25_000);
            Ask.Kind then =
                    switch (random.nextInt(9)) {
                        case 0 -> Ask.Kind.REJECT;
                        case 1, 2 -> Ask.Kind.REDIRECT;
                        case 3 -> null;
                        default -> Ask.Kind.ANSWER;
                    };
            Coming one =
                    new Coming(
                            1_000 * (i + 1),
                            FIRST_COMING + i,
                            at,
                            then,
                            random.nextInt(random.nextInt(5) == 0 ? 25_000 : 2_000),
                            4_000 + random.nextInt(40_000));
            coming.add(one);
            for (int left = random.nextInt(6); left > 0; left--) {
                Ask.Kind kind = kind(random);
                long when = at + 1_000 + random.nextInt(25_000);
                asks.add(new Ask(one.number() + left, one.call(), when, kind, one.number()));
            }
        }
        return List.copyOf(coming);
    }

    /// Ends are rare: what is asked after them is refused.
    private static Ask.Kind kind(SplittableRandom random) {
        Ask.Kind[] all = Ask.Kind.values();
        Ask.Kind kind =
                all[Ask.Kind.PLAY.ordinal() + random.nextInt(all.length - Ask.Kind.PLAY.ordinal())];
        boolean ends =
                kind == Ask.Kind.HANG_UP || kind == Ask.Kind.TERMINATE || kind == Ask.Kind.TRANSFER;
        return ends && random.nextInt(4) > 0 ? Ask.Kind.PLAY : kind;
    }

    /// The same without some of it.
    Plan only(Predicate<Fault> kept, Predicate<Ask> asked, Predicate<Coming> came) {
        return new Plan(
                seed,
                calls,
                workers,
                orchestrators,
                lossPercent,
                duplicateOneIn,
                longestDelayMs,
                faults.stream().filter(kept).toList(),
                asks.stream().filter(asked).toList(),
                coming.stream().filter(came).toList());
    }
}
