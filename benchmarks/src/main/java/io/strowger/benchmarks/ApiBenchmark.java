package io.strowger.benchmarks;

import io.strowger.phone.Phone;
import io.strowger.phone.PhoneSettings;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// How long an API command takes, and how many go through, beside the same Kafka hops with no
/// logic: bare, and behind an HTTP server that does nothing else; and how fast a media fact reaches
/// the application's socket.
final class ApiBenchmark implements Main.Benchmark {
    private static final int CALLS = 20;
    private static final double RATE = 50;
    private static final int IN_FLIGHT = 256;
    private static final Duration WARM_UP = Duration.ofSeconds(25);
    private static final Duration MEASURE = Duration.ofSeconds(30);
    private static final Duration SATURATE = Duration.ofSeconds(15);

    @Override
    public void run(Main.Printer printer) throws Exception {
        PhoneSettings phones =
                PhoneSettings.listening("127.0.0.1", 0)
                        .withSays(new PhoneSettings.Mute())
                        .withRecords(false);
        JoinLatency joins = new JoinLatency();
        try (Phone phone = Phone.start(phones, joins);
                Rig rig = Rig.start(Rig.trunkTo(phone.address()));
                KafkaFloor floor = new KafkaFloor(rig.bootstrapServers, 12);
                BareHttp bare = BareHttp.start(rig)) {
            List<String> paths = StandingCalls.place(rig, CALLS).paths();
            printer.note("warming up");
            saturated(rig.api, paths, WARM_UP);
            saturated(bare.api(), paths, WARM_UP);
            floor.saturated(IN_FLIGHT, WARM_UP);
            printer.note("at " + (int) RATE + " commands/s");
            Latencies floorLatency = floor.atRate(RATE, MEASURE, 1);
            Latencies ours = atRate(rig, paths, MEASURE, 1);
            print(printer, "api.p50", ours, floorLatency, 50);
            print(printer, "api.p99", ours, floorLatency, 99);
            printer.note("saturated");
            double floorRate = floor.saturated(IN_FLIGHT, SATURATE);
            double bareRate = saturated(bare.api(), paths, SATURATE);
            double rate = saturated(rig.api, paths, SATURATE);
            printer.print(
                    new Figure(
                            "api.saturated",
                            "commands/s",
                            rate,
                            bareRate,
                            Map.of(
                                    "inFlight",
                                    IN_FLIGHT,
                                    "calls",
                                    CALLS,
                                    "floorWithoutHttp",
                                    floorRate)));
            WebhookLatency.measure(rig, phone, floor, printer);
            joins.measure(rig, paths, printer);
        }
    }

    /// [BareApi] in a JVM of its own, and who asks it.
    private record BareHttp(ChildJvm process, ApiClient api) implements AutoCloseable {
        static BareHttp start(Rig rig) throws Exception {
            String commands = "bench.http.commands";
            String replies = "bench.http.replies";
            KafkaFloor.createTopics(rig.bootstrapServers, commands, replies, 12);
            ChildJvm process =
                    ChildJvm.start(
                            Rig.SERVICES_JVM,
                            BareApi.class.getName(),
                            List.of(rig.bootstrapServers, commands, replies),
                            Map.of());
            String line = process.awaitLine("bare API on port", Rig.START);
            int port = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1).strip());
            return new BareHttp(process, new ApiClient(rig.vertx, port, "YmFyZQ=="));
        }

        @Override
        public void close() throws InterruptedException {
            process.close();
        }
    }

    private static void print(
            Main.Printer printer, String name, Latencies ours, Latencies floor, double percent) {
        printer.print(
                new Figure(
                        name,
                        "ms",
                        ours.percentileMs(percent),
                        floor.percentileMs(percent),
                        Map.of("ratePerSecond", RATE, "commands", ours.count(), "calls", CALLS)));
    }

    /// A command that changes the call's state: the answer is remembered.
    private static io.vertx.core.Future<io.vertx.core.buffer.Buffer> command(
            ApiClient api, List<String> paths, long number) {
        return api.send(
                HttpMethod.POST,
                paths.get((int) (number % paths.size()))
                        + ":cancelAllMediaOperations?"
                        + ApiClient.VERSION,
                "",
                202);
    }

    private static Latencies atRate(Rig rig, List<String> paths, Duration duration, long seed) {
        Latencies latencies = new Latencies();
        AtomicLong failures = new AtomicLong();
        long sent =
                Pacer.run(
                        RATE,
                        duration,
                        seed,
                        (intendedNs, number) ->
                                command(rig.api, paths, number)
                                        .onSuccess(
                                                _ -> latencies.add(System.nanoTime() - intendedNs))
                                        .onFailure(failure -> {
                                            failures.incrementAndGet();
                                            System.err.println("bench: " + failure.getMessage());
                                        }));
        EventSink.await(() -> latencies.count() + failures.get() >= sent, Duration.ofSeconds(20));
        if (failures.get() > 0) {
            throw new IllegalStateException(failures.get() + " commands failed");
        }
        return latencies;
    }

    private static double saturated(ApiClient api, List<String> paths, Duration duration)
            throws InterruptedException {
        Semaphore window = new Semaphore(IN_FLIGHT);
        AtomicLong done = new AtomicLong();
        AtomicLong failures = new AtomicLong();
        long startNs = System.nanoTime();
        for (long i = 0; System.nanoTime() - startNs < duration.toNanos(); i++) {
            window.acquire();
            command(api, paths, i)
                    .onSuccess(_ -> done.incrementAndGet())
                    .onFailure(_ -> failures.incrementAndGet())
                    .onComplete(_ -> window.release());
        }
        double rate = done.get() / ((System.nanoTime() - startNs) / 1e9);
        window.acquire(IN_FLIGHT);
        if (failures.get() > 0) {
            throw new IllegalStateException(failures.get() + " commands failed");
        }
        return rate;
    }
}
