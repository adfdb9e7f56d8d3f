package io.strowger.benchmarks;

import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// From a media fact to the application's socket. The fact: the phone has hung up, at the moment
/// that the worker's report of it says; its end: the first event that tells so is in the receiver's
/// hands, ParticipantsUpdated. Beside it the way through Kafka with no logic at the same rate: a
/// record to a process that passes it on in a transaction, seen by a `read_committed` reader.
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

    /// @param at when the receiver had it
    private record Arrival(String call, Instant at) {}

    private static void await(Rig rig, String event, int count) {
        if (!EventSink.await(() -> rig.sink.count(event) >= count, SOON)) {
            throw new IllegalStateException("no " + event + " came");
        }
    }

    static void measure(Rig rig, Phone phone, KafkaFloor kafka, Main.Printer printer)
            throws Exception {
        printer.note("media fact to webhook: warming up");
        warmUp(rig, phone);
        printer.note("media fact to webhook");
        AtomicReference<@Nullable Arrival> arrived = new AtomicReference<>();
        rig.sink.onEvent(event -> {
            if (event.getString("type").endsWith(".ParticipantsUpdated")) {
                arrived.set(
                        new Arrival(
                                event.getJsonObject("data").getString("serverCallId"),
                                Instant.now()));
            }
        });
        Latencies ours = new Latencies();
        try (MediaFacts facts = new MediaFacts(rig.bootstrapServers)) {
            for (int i = 0; i < CALLS; i++) {
                int connected = rig.sink.count("CallConnected") + 1;
                StandingCalls.create(rig).get();
                await(rig, "CallConnected", connected);
                LockSupport.parkNanos(BETWEEN_NS); // the call's first events are delivered by then
                int ended = rig.sink.count("CallDisconnected") + 1;
                arrived.set(null);
                phone.calls().getLast().hangUp();
                await(rig, "CallDisconnected", ended);
                Arrival first = Objects.requireNonNull(arrived.get());
                Instant fact = facts.legEnded(first.call, SOON);
                ours.add(Duration.between(fact, first.at).toNanos());
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
                                    "the worker has the BYE",
                                    "to",
                                    "ParticipantsUpdated at receiver")));
        }
    }
}
