package io.strowger.benchmarks;

import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// From a media fact to the application's socket. The fact: the phone hangs up; its end: the first
/// event that tells so arrives, ParticipantsUpdated. Beside it the way through Kafka with no logic
/// at the same rate: a record to a process that passes it on in a transaction, seen by a
/// `read_committed` reader.
final class WebhookLatency {
    private static final Duration WARM_UP = Duration.ofSeconds(25);
    private static final int WARM_UP_CALLS = 50;
    private static final int CALLS = 150;
    private static final double RATE = 8;
    private static final long BETWEEN_NS = 100_000_000;
    private static final Duration SOON = Duration.ofSeconds(20);

    private WebhookLatency() {}

    /// Whole calls that the phone ends, as warm as the floor is by now.
    private static void warmUp(Rig rig, Phone phone) throws Exception {
        long endNs = System.nanoTime() + WARM_UP.toNanos();
        while (System.nanoTime() - endNs < 0) {
            int ended = rig.sink.count("CallDisconnected") + WARM_UP_CALLS;
            StandingCalls.place(rig, WARM_UP_CALLS);
            List<PhoneCall> calls = phone.calls();
            calls.subList(calls.size() - WARM_UP_CALLS, calls.size()).forEach(PhoneCall::hangUp);
            if (!EventSink.await(() -> rig.sink.count("CallDisconnected") >= ended, SOON)) {
                throw new IllegalStateException("calls of the warm-up did not end");
            }
        }
    }

    static void measure(Rig rig, Phone phone, KafkaFloor kafka, Main.Printer printer)
            throws Exception {
        printer.note("media fact to webhook: warming up");
        warmUp(rig, phone);
        printer.note("media fact to webhook");
        Latencies ours = new Latencies();
        for (int i = 0; i < CALLS; i++) {
            int connected = rig.sink.count("CallConnected") + 1;
            StandingCalls.create(rig).get();
            if (!EventSink.await(() -> rig.sink.count("CallConnected") >= connected, SOON)) {
                throw new IllegalStateException("a call was not connected");
            }
            LockSupport.parkNanos(BETWEEN_NS); // the call's first events are delivered by then
            PhoneCall call = phone.calls().getLast();
            int before = rig.sink.count("ParticipantsUpdated");
            int ended = rig.sink.count("CallDisconnected") + 1;
            long startNs = System.nanoTime();
            call.hangUp();
            while (rig.sink.count("ParticipantsUpdated") == before) {
                if (System.nanoTime() - startNs > SOON.toNanos()) {
                    throw new IllegalStateException("no ParticipantsUpdated came");
                }
                LockSupport.parkNanos(50_000);
            }
            ours.add(System.nanoTime() - startNs);
            if (!EventSink.await(() -> rig.sink.count("CallDisconnected") >= ended, SOON)) {
                throw new IllegalStateException("no CallDisconnected came");
            }
        }
        Latencies floor = kafka.atRate(RATE, Duration.ofSeconds(CALLS / (int) RATE), 1);
        for (int percent : new int[] {50, 99}) {
            printer.print(
                    new Figure(
                            "webhook.p" + percent,
                            "ms",
                            ours.percentileMs(percent),
                            floor.percentileMs(percent),
                            Map.of(
                                    "from",
                                    "phone hangs up",
                                    "to",
                                    "ParticipantsUpdated at receiver")));
        }
    }
}
