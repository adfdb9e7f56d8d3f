package io.strowger.benchmarks;

import io.strowger.phone.Phone;
import io.strowger.phone.PhoneSettings;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What a call costs while it plays a looped prompt to a phone that echoes its RTP, beside the bare
/// loop that sends and receives the same packets.
final class MediaBenchmark implements Main.Benchmark {
    private static final int CALLS = 200;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MEASURE = Duration.ofSeconds(20);

    @Override
    public void run(Main.Printer printer) throws Exception {
        printer.note("floor: the bare loop of " + CALLS + " sockets");
        double floor = floor();
        PhoneSettings phones =
                PhoneSettings.listening("127.0.0.1", 0)
                        .withSays(new PhoneSettings.Echo())
                        .withRecords(false)
                        .withMaxCalls(CALLS);
        try (Phone phone = Phone.start(phones);
                Rig rig = Rig.start(Rig.trunkTo(phone.address()))) {
            String prompt = Prompt.serve(rig);
            printer.note("placing " + CALLS + " calls");
            StandingCalls calls = StandingCalls.place(rig, CALLS);
            for (String path : calls.paths()) {
                Prompt.loop(rig, path, prompt);
            }
            printer.note("warming up");
            LockSupport.parkNanos(WARM_UP.toNanos());
            String metricsBefore = metrics(rig);
            long packetsBefore = packets(phone);
            double cpuBefore = ProcessUse.cpuSeconds(rig.services.pid());
            long startNs = System.nanoTime();
            LockSupport.parkNanos(MEASURE.toNanos());
            double seconds = (System.nanoTime() - startNs) / 1e9;
            double cpu = ProcessUse.cpuSeconds(rig.services.pid()) - cpuBefore;
            long packets = packets(phone) - packetsBefore;
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("calls", CALLS);
            facts.put("packetsPerSecondAndCall", packets / seconds / CALLS);
            printer.print(
                    new Figure(
                            "media.cpu",
                            "ms CPU per second and call",
                            cpu * 1000 / seconds / CALLS,
                            floor,
                            facts));
            for (int percent : new int[] {50, 99}) {
                printer.print(
                        new Figure(
                                "media.lateness.p" + percent,
                                "ms at most",
                                Histogram.percentile(
                                                metricsBefore,
                                                metrics(rig),
                                                "strowger_media_tick_lateness_seconds",
                                                percent)
                                        * 1000,
                                null,
                                Map.of("calls", CALLS)));
            }
            calls.end();
        }
    }

    private static double floor() throws Exception {
        try (UdpEcho echo = new UdpEcho();
                ChildJvm loop =
                        UdpFloor.start(
                                CALLS,
                                WARM_UP.plus(MEASURE).plusSeconds(2),
                                List.of(echo.port()))) {
            loop.awaitLine("LEGS ", Duration.ofSeconds(30));
            LockSupport.parkNanos(WARM_UP.toNanos());
            double cpu = ProcessUse.cpuMsPerSecond(loop.pid(), MEASURE) / CALLS;
            loop.awaitLine("DONE", Duration.ofSeconds(30));
            return cpu;
        }
    }

    private static long packets(Phone phone) {
        return phone.calls().stream().mapToLong(call -> call.packetsReceived()).sum();
    }

    /// The worker's own measurements so far.
    private static String metrics(Rig rig) throws Exception {
        return rig.vertx
                .createHttpClient()
                .request(HttpMethod.GET, rig.port, "127.0.0.1", "/metrics")
                .compose(request -> request.send())
                .compose(response -> response.body())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .toString();
    }
}
