package io.strowger.benchmarks;

import io.strowger.contracts.recording.RecordingCommand.EndReason;
import io.strowger.contracts.recording.RecordingCommand.Finish;
import io.strowger.contracts.recording.RecordingCommand.Open;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/// What recording costs: 200 mixed recordings at once, each with a chunk of audio every 200 ms,
/// beside a consumer that only writes the same bytes to files; and how soon after its end an hour's
/// recording is a file. The broker, the service and the floor each have a JVM of their own; the
/// audio comes from this process: neither SIP nor RTP is measured.
final class RecordBenchmark implements Main.Benchmark {
    private static final int RECORDINGS = 200;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURE = Duration.ofSeconds(40);
    private static final Duration START = Rig.START;
    private static final int CHUNKS_AN_HOUR = 5 * 3600;
    private static final List<String> SERVICE_JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

    @Override
    public void run(Main.Printer printer) throws Exception {
        try (BrokerJvm broker = BrokerJvm.start()) {
            measure(printer, broker.servers(), broker.data());
        }
    }

    private static void measure(Main.Printer printer, String servers, Path data) throws Exception {
        Settings settings = SettingsLoader.load(null, Map.of());
        KafkaClients kafka = new KafkaClients(servers, settings.kafka());
        try (Admin admin = kafka.admin()) {
            TopicCreation.ensure(admin, settings.kafka());
        }
        List<String> arguments = List.of(servers, data.toString());
        try (RecordFeed feed = new RecordFeed(kafka);
                ChildJvm service =
                        ChildJvm.start(
                                SERVICE_JVM, RecordWorker.class.getName(), arguments, Map.of())) {
            service.awaitLine("READY", START);
            many(printer, feed, service, arguments);
            hour(printer, feed);
        }
    }

    private static void many(
            Main.Printer printer, RecordFeed feed, ChildJvm service, List<String> arguments)
            throws Exception {
        List<RecordingSpec> specs = new ArrayList<>();
        Latencies openings = new Latencies();
        for (int i = 0; i < RECORDINGS; i++) {
            RecordingSpec spec = feed.spec();
            specs.add(spec);
            long startNs = System.nanoTime();
            feed.command(new Open(spec));
            openings.add(feed.awaitOpened(spec) - startNs);
        }
        double floorCpu;
        double cpu;
        long chunks;
        try (ChildJvm floor =
                ChildJvm.start(SERVICE_JVM, RecordFloor.class.getName(), arguments, Map.of())) {
            floor.awaitLine("READY", START);
            printer.note(RECORDINGS + " recordings: warming up");
            chunks = feed.feed(specs, 0, WARM_UP);
            printer.note("measuring for " + MEASURE.toSeconds() + " s");
            double before = ProcessUse.cpuSeconds(service.pid());
            double floorBefore = ProcessUse.cpuSeconds(floor.pid());
            chunks = feed.feed(specs, chunks, MEASURE);
            cpu = (ProcessUse.cpuSeconds(service.pid()) - before) / MEASURE.toSeconds();
            floorCpu = (ProcessUse.cpuSeconds(floor.pid()) - floorBefore) / MEASURE.toSeconds();
        }
        LiveHeap.collect(List.of(service));
        double heap = LiveHeap.usedKib(List.of(service)) / 1024.0;
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("recordings", RECORDINGS);
        facts.put("seconds", MEASURE.toSeconds());
        printer.print(new Figure("record.cpu", "cores", cpu, floorCpu, facts));
        printer.print(new Figure("record.heap", "MiB after collection", heap, null, facts));
        printer.print(
                new Figure("record.open.p50", "ms", openings.percentileMs(50), null, Map.of()));
        printer.print(
                new Figure("record.open.p99", "ms", openings.percentileMs(99), null, Map.of()));
        finishAll(printer, feed, specs, chunks);
    }

    /// All at once.
    private static void finishAll(
            Main.Printer printer, RecordFeed feed, List<RecordingSpec> specs, long chunks) {
        feed.flush();
        long startNs = System.nanoTime();
        specs.forEach(spec -> feed.command(finish(spec)));
        long lastNs = specs.stream().mapToLong(feed::awaitFinished).max().orElse(startNs);
        long expected = 44 + chunks * RecordFeed.SAMPLES * Short.BYTES;
        long whole =
                specs.stream()
                        .filter(spec -> feed.finished(spec).file().sizeBytes() == expected)
                        .count();
        printer.print(
                new Figure(
                        "record.ready.all",
                        "ms until all are files",
                        (lastNs - startNs) / 1e6,
                        null,
                        Map.of("recordings", specs.size(), "whole", whole)));
    }

    private static void hour(Main.Printer printer, RecordFeed feed) throws Exception {
        RecordingSpec spec = feed.spec();
        feed.command(new Open(spec));
        feed.awaitOpened(spec);
        printer.note("an hour of audio at once");
        for (int chunk = 0; chunk < CHUNKS_AN_HOUR; chunk++) {
            feed.chunk(spec, (long) chunk * RecordFeed.SAMPLES);
        }
        feed.flush();
        feed.awaitSpooled();
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        long startNs = System.nanoTime();
        feed.command(finish(spec));
        long readyNs = feed.awaitFinished(spec);
        printer.print(
                new Figure(
                        "record.ready",
                        "ms from the end of an hour's recording to its file",
                        (readyNs - startNs) / 1e6,
                        null,
                        Map.of(
                                "seconds",
                                feed.finished(spec).file().duration().toSeconds(),
                                "bytes",
                                feed.finished(spec).file().sizeBytes())));
    }

    private static Finish finish(RecordingSpec spec) {
        return new Finish(
                spec,
                EndReason.STOPPED,
                null,
                List.of(),
                List.of(),
                List.of(),
                Duration.ofHours(1));
    }
}
