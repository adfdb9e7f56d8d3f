package io.strowger.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/// Three brokers on loopback, each a process of its own that can be killed and started again on its
/// data: what production runs on, as far as one machine goes. Every topic is on all three, and a
/// write is acknowledged when two have it. For one thread.
public final class KafkaCluster implements AutoCloseable {
    /// How many brokers there are; their ids are 1 to 3.
    public static final int NODES = 3;

    private static final String HOST = "127.0.0.1";
    private static final long LOOK_MS = 100;
    private final Path directory;
    private final String clusterId = Uuid.randomUuid().toString();
    private final List<Ports> ports;
    private final Map<Integer, Process> running = new HashMap<>();

    private KafkaCluster(Path directory, List<Ports> ports) {
        this.directory = directory;
        this.ports = ports;
    }

    /// Starts all three; [#awaitNodes] waits for them.
    ///
    /// @param directory where data and logs of the nodes are, made when missing
    /// @param ports six that stay free while a node is away, two for each
    public static KafkaCluster start(Path directory, List<Integer> ports) throws IOException {
        if (ports.size() != 2 * NODES) {
            throw new IllegalArgumentException("two ports a node");
        }
        List<Ports> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Ports(ports.get(2 * i), ports.get(2 * i + 1)));
        }
        KafkaCluster cluster = new KafkaCluster(directory, List.copyOf(nodes));
        for (int id = 1; id <= NODES; id++) {
            cluster.start(id);
        }
        return cluster;
    }

    /// host:port of all nodes, for clients.
    public String bootstrapServers() {
        return String.join(",", ports.stream().map(one -> HOST + ":" + one.broker()).toList());
    }

    /// Starts a node that does not run, on the data that it left.
    public void start(int id) throws IOException {
        Path home = directory.resolve("node-" + id);
        Files.createDirectories(home);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=kafka-node-logback.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClusterNode.class.getName(),
                        home.toString()));
        command.addAll(new BrokerNode(id, clusterId, HOST, ports).words());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(home.resolve("out.log").toFile()))
                        .start();
        running.put(id, process);
    }

    public boolean isRunning(int id) {
        Process process = running.get(id);
        return process != null && process.isAlive();
    }

    /// As `kill -9`.
    public void kill(int id) throws InterruptedException {
        Process process = Objects.requireNonNull(running.remove(id), "node " + id + " runs");
        process.destroyForcibly().waitFor();
    }

    /// Waits until so many nodes say that they belong together.
    ///
    /// @throws IOException when that does not come true in time, or a node died
    public void awaitNodes(int count, Duration within) throws IOException, InterruptedException {
        long endNs = System.nanoTime() + within.toNanos();
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers(),
                        "request.timeout.ms",
                        "2000",
                        "default.api.timeout.ms",
                        "2000");
        try (Admin admin = Admin.create(settings)) {
            while (nodes(admin) < count) {
                for (Map.Entry<Integer, Process> node : running.entrySet()) {
                    if (!node.getValue().isAlive()) {
                        throw new IOException("node " + node.getKey() + " died: see " + directory);
                    }
                }
                if (System.nanoTime() - endNs > 0) {
                    throw new IOException("no " + count + " nodes in time: see " + directory);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        }
    }

    /// None while no node answers.
    private static int nodes(Admin admin) throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get().size();
        } catch (ExecutionException notYet) {
            return 0;
        }
    }

    @Override
    public void close() throws InterruptedException {
        running.values().forEach(Process::destroyForcibly);
        for (Process process : running.values()) {
            process.waitFor();
        }
        running.clear();
    }
}
