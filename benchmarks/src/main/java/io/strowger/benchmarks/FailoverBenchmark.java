package io.strowger.benchmarks;

import io.strowger.media.tone.Tones;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// For how long a phone hears nothing while its call goes from one media worker to another: the one
/// is killed, or told to stop. `silence` is the longest time without sound, `gap` the one without
/// packets; floor: the same before that. `decision`, `adoption` and `farewell` are the phases of it
/// ([FailoverPhases]).
final class FailoverBenchmark implements Main.Benchmark {
    private static final int CALLS = 100;
    private static final int ONE_BY_ONE = 6;
    private static final Duration HEARTBEATS = Duration.ofMillis(1_200);
    private static final Duration STEADY = Duration.ofSeconds(5);
    private static final Duration AFTERWARDS = Duration.ofSeconds(10);

    /// What happens to the worker that has the calls.
    private interface Act {
        void on(ChildJvm worker) throws InterruptedException;
    }

    @Override
    public void run(Main.Printer printer) throws Exception {
        PhoneSettings phones =
                PhoneSettings.listening("127.0.0.1", 0)
                        .withSays(new PhoneSettings.Clip(Tones.sine(440, 1000, 8000), true))
                        .withRecords(false)
                        .withMaxCalls(CALLS);
        // The worker that comes with the other services is to have none of the calls but one.
        try (Phone phone = Phone.start(phones);
                Rig rig =
                        Rig.start(
                                Rig.trunkTo(phone.address()),
                                Map.of("STROWGER_MEDIA_MAXCALLS", "1"));
                ChildJvm first = rig.worker(1)) {
            printer.note("placing " + CALLS + " calls");
            List<StandingCalls> all = place(rig);
            for (StandingCalls calls : all) {
                play(rig, calls);
            }
            try (ChildJvm second = rig.worker(2)) {
                measure(printer, phone, rig, "killed", first, ChildJvm::kill);
                try (ChildJvm third = rig.worker(3)) {
                    measure(printer, phone, rig, "drained", second, ChildJvm::close);
                    for (StandingCalls calls : all) {
                        calls.end();
                    }
                    printer.note("the worker " + third.pid() + " had them in the end");
                }
            }
        }
    }

    private static void measure(
            Main.Printer printer, Phone phone, Rig rig, String how, ChildJvm worker, Act act)
            throws Exception {
        TimeUnit.NANOSECONDS.sleep(STEADY.toNanos());
        gaps(phone);
        silences(phone);
        TimeUnit.NANOSECONDS.sleep(STEADY.toNanos());
        Latencies gapsBefore = gaps(phone);
        Latencies silencesBefore = silences(phone);
        try (FailoverPhases phases = new FailoverPhases(rig.bootstrapServers)) {
            printer.note("the worker is " + how);
            Instant began = Instant.now();
            act.on(worker);
            TimeUnit.NANOSECONDS.sleep(AFTERWARDS.toNanos());
            Map<String, Object> facts = Map.of("calls", CALLS, "speakAgain", speaking(phone));
            phases.read();
            String name = "failover." + how;
            print(printer, name + ".silence", silences(phone), silencesBefore, facts);
            print(printer, name + ".gap", gaps(phone), gapsBefore, facts);
            print(printer, name + ".decision", phases.decision(began), null, facts);
            print(printer, name + ".adoption", phases.adoption(), null, facts);
            print(printer, name + ".farewell", phases.farewell(), null, facts);
        }
    }

    private static void print(
            Main.Printer printer,
            String name,
            Latencies ours,
            @Nullable Latencies floor,
            Map<String, Object> facts) {
        for (int percent : new int[] {50, 95, 100}) {
            printer.print(
                    new Figure(
                            name + ".p" + percent,
                            "ms",
                            ours.percentileMs(percent),
                            floor == null ? null : floor.percentileMs(percent),
                            facts));
        }
    }

    /// The first ones one by one, until the worker that shall have but one call has it and has said
    /// so: then no call is refused there.
    private static List<StandingCalls> place(Rig rig) throws Exception {
        List<StandingCalls> all = new ArrayList<>();
        for (int i = 0; i < ONE_BY_ONE; i++) {
            all.add(StandingCalls.place(rig, 1));
            TimeUnit.NANOSECONDS.sleep(HEARTBEATS.toNanos());
        }
        all.add(StandingCalls.place(rig, CALLS - ONE_BY_ONE));
        return all;
    }

    /// A tone without an end in each call: what is heard of it, and when nothing is.
    private static void play(Rig rig, StandingCalls calls) throws Exception {
        String prompt = Prompt.serve(rig);
        for (String path : calls.paths()) {
            Prompt.loop(rig, path, prompt);
        }
    }

    private static Latencies silences(Phone phone) {
        Latencies silences = new Latencies();
        phone.calls().forEach(call -> silences.add(call.takeLongestSilence().toNanos()));
        return silences;
    }

    private static Latencies gaps(Phone phone) {
        Latencies gaps = new Latencies();
        phone.calls().forEach(call -> gaps.add(call.takeLongestGap().toNanos()));
        return gaps;
    }

    /// Calls that get packets now.
    private static int speaking(Phone phone) {
        long[] before = phone.calls().stream().mapToLong(PhoneCall::packetsReceived).toArray();
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        int speaking = 0;
        for (int i = 0; i < before.length; i++) {
            speaking += phone.calls().get(i).packetsReceived() > before[i] + 10 ? 1 : 0;
        }
        return speaking;
    }
}
