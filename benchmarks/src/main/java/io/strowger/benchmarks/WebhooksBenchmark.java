package io.strowger.benchmarks;

import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.standalone.Main;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;

/// What sick receivers cost the others. A dispatcher in a JVM of its own delivers the events of a
/// hundred receivers; measured is the way of an event from its write to Kafka to the receiver, for
/// the eighty healthy ones: first alone (the floor), then while ten are dead and ten answer after
/// 29 s. The sick ones have their share of the events from 40 s before, so that requests and
/// retries under way have reached their full number.
final class WebhooksBenchmark implements io.strowger.benchmarks.Main.Benchmark {
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(40);
    private static final Duration SICKENING = Duration.ofSeconds(40);
    private static final Duration LATE = Duration.ofSeconds(29);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int HEALTHY = 80;
    private static final double HEALTHY_RATE = 160;
    private static final double SICK_RATE = 40;

    @Override
    public void run(io.strowger.benchmarks.Main.Printer printer) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (BrokerJvm broker = BrokerJvm.start();
                ChildJvm dispatcher = dispatcher(broker.data(), broker.servers())) {
            awaitReady(dispatcher.awaitLine("health", START));
            measure(vertx, broker.servers(), printer);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private static void measure(
            Vertx vertx, String servers, io.strowger.benchmarks.Main.Printer printer)
            throws Exception {
        Settings settings = SettingsLoader.load(null, Map.of());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaClients(servers, settings.kafka()).producer(0)) {
            EventFeed feed = new EventFeed(producer);
            EventFeed sickFeed = new EventFeed(producer);
            Receivers receivers = new Receivers(vertx, feed::arrived);
            List<URI> healthy = receivers.healthy(HEALTHY);
            List<URI> sick = new ArrayList<>(receivers.late(10, LATE));
            sick.addAll(receivers.silent(5));
            sick.addAll(Receivers.refusing(5));
            printer.note("webhooks: warming up");
            feed.run(healthy, HEALTHY_RATE, WARM_UP, 1, false);
            printer.note("webhooks: the healthy receivers alone");
            Latencies alone = feed.run(healthy, HEALTHY_RATE, MEASURED, 2, true);
            int lostAlone = settle(feed);
            double loadAlone = load();
            printer.note("webhooks: ten die, ten become slow");
            Duration sickFor = SICKENING.plus(MEASURED).plus(SOON);
            Thread sickness =
                    Thread.ofPlatform()
                            .daemon()
                            .start(() -> sickFeed.run(sick, SICK_RATE, sickFor, 3, false));
            feed.run(healthy, HEALTHY_RATE, SICKENING, 4, false);
            Latencies beside = feed.run(healthy, HEALTHY_RATE, MEASURED, 5, true);
            int lostBeside = settle(feed);
            for (int percent : new int[] {50, 99}) {
                printer.print(
                        new Figure(
                                "webhooks.healthy.p" + percent,
                                "ms",
                                beside.percentileMs(percent),
                                alone.percentileMs(percent),
                                Map.of(
                                        "events",
                                        beside.count(),
                                        "eventsAlone",
                                        alone.count(),
                                        "missing",
                                        lostAlone + lostBeside,
                                        "perSecond",
                                        HEALTHY_RATE,
                                        "sickPerSecond",
                                        SICK_RATE,
                                        "loadAlone",
                                        loadAlone,
                                        "loadBeside",
                                        load())));
            }
            sickness.join(SOON);
        }
    }

    /// @return events that have not come
    private static int settle(EventFeed feed) {
        EventSink.await(() -> feed.missing() == 0, SOON);
        return feed.missing();
    }

    /// Processes that run or want to, over the last minute.
    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static ChildJvm dispatcher(Path data, String servers) {
        return ChildJvm.start(
                Rig.SERVICES_JVM,
                Main.class.getName(),
                List.of("webhook-dispatcher"),
                Map.of(
                        "STROWGER_DATADIR", data.toString(),
                        "STROWGER_KAFKA_BOOTSTRAPSERVERS", servers,
                        "STROWGER_HTTP_HOST", "127.0.0.1",
                        "STROWGER_OPS_PORT", "0",
                        "STROWGER_WEBHOOKS_ALLOWPRIVATEADDRESSES", "true",
                        "STROWGER_LOG_LEVEL", "WARN"));
    }

    private static void awaitReady(String line) throws Exception {
        URI health = URI.create(line.replaceAll(".*(http://\\S+).*", "$1"));
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(health).build();
        long endNs = System.nanoTime() + START.toNanos();
        while (http.send(request, BodyHandlers.discarding()).statusCode() != 200) {
            if (System.nanoTime() - endNs > 0) {
                throw new IllegalStateException("the dispatcher does not become ready");
            }
            LockSupport.parkNanos(50_000_000);
        }
    }
}
