package io.strowger.benchmarks;

import io.strowger.media.tone.Tones;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// For how long a phone hears nothing while its call goes from one media worker to another: the one
/// is killed, or told to stop. Floor: the longest time between two packets before that.
final class FailoverBenchmark implements Main.Benchmark {
    private static final int CALLS = 100;
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
            StandingCalls calls = StandingCalls.place(rig, CALLS);
            try (ChildJvm second = rig.worker(2)) {
                measure(printer, phone, "killed", first, ChildJvm::kill);
                try (ChildJvm third = rig.worker(3)) {
                    measure(printer, phone, "drained", second, ChildJvm::close);
                    calls.end();
                    printer.note("the worker " + third.pid() + " had them in the end");
                }
            }
        }
    }

    private static void measure(
            Main.Printer printer, Phone phone, String how, ChildJvm worker, Act act)
            throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(STEADY.toNanos());
        phone.calls().forEach(PhoneCall::takeLongestGap);
        TimeUnit.NANOSECONDS.sleep(STEADY.toNanos());
        Latencies before = gaps(phone);
        printer.note("the worker is " + how);
        act.on(worker);
        TimeUnit.NANOSECONDS.sleep(AFTERWARDS.toNanos());
        Latencies after = gaps(phone);
        int speaking = speaking(phone);
        for (int percent : new int[] {50, 95, 100}) {
            printer.print(
                    new Figure(
                            "failover." + how + ".silence.p" + percent,
                            "ms",
                            after.percentileMs(percent),
                            before.percentileMs(percent),
                            Map.of("calls", CALLS, "speakAgain", speaking)));
        }
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
