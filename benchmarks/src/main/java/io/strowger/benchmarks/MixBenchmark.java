package io.strowger.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// What a leg of a conference costs while everyone talks: many small conferences, and one as large
/// as there may be, each beside the bare loop that sends and receives the same packets. The media
/// engine of a worker runs alone in a JVM of its own: neither SIP nor Kafka is measured.
final class MixBenchmark implements Main.Benchmark {
    private static final List<String> ENGINE_JVM =
            List.of(
                    "-Xms256m",
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-Djava.net.preferIPv4Stack=true",
                    "--enable-native-access=ALL-UNNAMED");
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURE = Duration.ofSeconds(8);
    private static final Duration FLOOR_WARM_UP = Duration.ofSeconds(4);
    private static final Duration FLOOR_MEASURE = Duration.ofSeconds(6);

    /// @param cpuMs per second and leg
    /// @param lateMsP50 and
    /// @param lateMsP99 how late it began its turns
    private record Floor(double cpuMs, double lateMsP50, double lateMsP99) {}

    @Override
    public void run(Main.Printer printer) throws Exception {
        measure(printer, "mix", 50, 4);
        measure(printer, "mix.large", 1, 350);
    }

    private static void measure(Main.Printer printer, String name, int conferences, int legs)
            throws Exception {
        int all = conferences * legs;
        printer.note("floor: the bare loop of " + all + " sockets");
        Floor floor = floor(all);
        printer.note(conferences + " conferences of " + legs + " legs");
        try (MixPhones phones = new MixPhones(all);
                ChildJvm engine =
                        ChildJvm.start(
                                ENGINE_JVM,
                                MixWorker.class.getName(),
                                List.of(
                                        Integer.toString(legs),
                                        Long.toString(WARM_UP.toSeconds()),
                                        Long.toString(MEASURE.toSeconds()),
                                        phones.ports().stream()
                                                .map(String::valueOf)
                                                .collect(Collectors.joining(","))),
                                Map.of())) {
            phones.talkTo(legPorts(engine));
            engine.awaitLine("BEGIN", Duration.ofSeconds(60));
            long packetsBefore = phones.received();
            Duration inside = MEASURE.minusMillis(200);
            double cpu = ProcessUse.cpuMsPerSecond(engine.pid(), inside) / all;
            double packets = phones.received() - packetsBefore;
            String[] late = engine.awaitLine("END ", Duration.ofSeconds(60)).split(" ");
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("conferences", conferences);
            facts.put("legsAConference", legs);
            facts.put("packetsPerSecondAndLeg", packets * 1000 / inside.toMillis() / all);
            printer.print(
                    new Figure(
                            name + ".cpu", "ms CPU per second and leg", cpu, floor.cpuMs, facts));
            lateness(printer, name + ".lateness.p50", late[1], floor.lateMsP50, facts);
            lateness(printer, name + ".lateness.p99", late[2], floor.lateMsP99, facts);
        }
    }

    /// The same packets from and to the same phones.
    private static Floor floor(int legs) throws Exception {
        try (MixPhones phones = new MixPhones(legs);
                ChildJvm loop =
                        UdpFloor.start(
                                legs,
                                FLOOR_WARM_UP.plus(FLOOR_MEASURE).plusSeconds(1),
                                phones.ports())) {
            phones.talkTo(legPorts(loop));
            LockSupport.parkNanos(FLOOR_WARM_UP.toNanos());
            double cpu = ProcessUse.cpuMsPerSecond(loop.pid(), FLOOR_MEASURE) / legs;
            String[] done = loop.awaitLine("DONE ", Duration.ofSeconds(30)).split(" ");
            return new Floor(cpu, Double.parseDouble(done[2]), Double.parseDouble(done[3]));
        }
    }

    private static List<Integer> legPorts(ChildJvm child) throws InterruptedException {
        String ports = child.awaitLine("LEGS ", Rig.START).replace("LEGS ", "");
        return Arrays.stream(ports.split(",")).map(Integer::valueOf).toList();
    }

    private static void lateness(
            Main.Printer printer,
            String name,
            String ms,
            double floorMs,
            Map<String, Object> facts) {
        printer.print(new Figure(name, "ms at most", Double.parseDouble(ms), floorMs, facts));
    }
}
