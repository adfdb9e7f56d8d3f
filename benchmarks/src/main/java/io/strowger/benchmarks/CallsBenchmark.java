package io.strowger.benchmarks;

import io.strowger.phone.Phone;
import io.strowger.phone.PhoneSettings;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Complete calls: created by the API, answered by a phone, ended by the API, every event
/// delivered. And what a standing call weighs.
final class CallsBenchmark implements Main.Benchmark {
    private static final double RATE = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURE = Duration.ofSeconds(60);
    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final int STANDING = 1000;

    @Override
    public void run(Main.Printer printer) throws Exception {
        PhoneSettings phones =
                PhoneSettings.listening("127.0.0.1", 0)
                        .withSays(new PhoneSettings.Mute())
                        .withRecords(false)
                        .withMaxCalls(10_000);
        try (Phone phone = Phone.start(phones);
                Rig rig = Rig.start(Rig.trunkTo(phone.address()))) {
            rig.sink.onConnected(path -> terminate(rig, path));
            printer.note("warming up");
            load(rig, WARM_UP, 7);
            printer.note((int) RATE + " calls/s for " + MEASURE.toSeconds() + " s");
            double cpuBefore = ProcessUse.cpuSeconds(rig.processes());
            double servicesBefore = ProcessUse.cpuSeconds(rig.services.pid());
            Outcome outcome = load(rig, MEASURE, 11);
            double cpu = ProcessUse.cpuSeconds(rig.processes()) - cpuBefore;
            double services = ProcessUse.cpuSeconds(rig.services.pid()) - servicesBefore;
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("ratePerSecond", RATE);
            facts.put("calls", outcome.placed());
            facts.put("failures", outcome.failed());
            facts.put("eventsOutOfOrder", rig.sink.outOfOrder());
            facts.put("servicesCpuMsPerCall", services * 1000 / outcome.placed());
            printer.print(
                    new Figure("calls.cpu", "ms/call", cpu * 1000 / outcome.placed(), null, facts));
            printer.print(
                    new Figure(
                            "calls.failed",
                            "calls",
                            outcome.failed(),
                            null,
                            Map.of("of", outcome.placed())));
        }
        memory(printer);
    }

    private record Outcome(long placed, long failed) {}

    private static Outcome load(Rig rig, Duration duration, long seed) {
        int connectedBefore = rig.sink.count("CallConnected");
        int overBefore = rig.sink.count("CallDisconnected");
        AtomicLong refused = new AtomicLong();
        long placed =
                Pacer.run(
                        RATE,
                        duration,
                        seed,
                        (_, _) ->
                                StandingCalls.create(rig)
                                        .whenComplete((_, failure) -> {
                                            if (failure != null) {
                                                refused.incrementAndGet();
                                            }
                                        }));
        EventSink.await(
                () -> rig.sink.count("CallDisconnected") - overBefore + refused.get() >= placed,
                SETTLE);
        long connected = (long) rig.sink.count("CallConnected") - connectedBefore;
        long over = (long) rig.sink.count("CallDisconnected") - overBefore;
        return new Outcome(placed, placed - Math.min(connected, over));
    }

    private static void terminate(Rig rig, String path) {
        rig.api
                .send(HttpMethod.POST, path + ":terminate?" + ApiClient.VERSION, "", 204)
                .onFailure(failure -> System.err.println("bench: " + failure.getMessage()));
    }

    /// On a platform of its own: what ended calls leave behind for a while would hide what standing
    /// ones weigh.
    private static void memory(Main.Printer printer) throws Exception {
        PhoneSettings phones =
                PhoneSettings.listening("127.0.0.1", 0)
                        .withSays(new PhoneSettings.Mute())
                        .withRecords(false)
                        .withMaxCalls(10_000);
        try (Phone phone = Phone.start(phones);
                Rig rig = Rig.start(Rig.trunkTo(phone.address()))) {
            weigh(rig, printer);
        }
    }

    private static void weigh(Rig rig, Main.Printer printer) throws Exception {
        printer.note(STANDING + " standing calls");
        StandingCalls first = StandingCalls.place(rig, 20); // loads classes, opens connections
        LiveHeap.collect(rig.processes());
        long heapBefore = LiveHeap.usedKib(rig.processes());
        long residentBefore = ProcessUse.residentKib(rig.processes());
        StandingCalls calls = StandingCalls.place(rig, STANDING);
        LiveHeap.collect(rig.processes());
        long heap = LiveHeap.usedKib(rig.processes()) - heapBefore;
        long resident = ProcessUse.residentKib(rig.processes()) - residentBefore;
        printer.print(
                new Figure(
                        "calls.memory",
                        "KiB/call",
                        (double) (heap + Math.max(0, resident)) / STANDING,
                        null,
                        Map.of(
                                "standing", STANDING,
                                "liveHeapKib", heap,
                                "residentBesideHeapKib", resident)));
        calls.end();
        first.end();
    }
}
