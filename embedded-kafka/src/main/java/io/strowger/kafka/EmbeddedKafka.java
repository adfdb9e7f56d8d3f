package io.strowger.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/// A running broker with its controller. Keeps its data through close and kill; one process a
/// directory.
public final class EmbeddedKafka implements AutoCloseable {
    private final KafkaRaftServer server;
    private final FileChannel lockFile;
    private final String bootstrapServers;

    private EmbeddedKafka(KafkaRaftServer server, FileChannel lockFile, String bootstrapServers) {
        this.server = server;
        this.lockFile = lockFile;
        this.bootstrapServers = bootstrapServers;
    }

    /// Formats the directory when it is new, starts, and returns when clients can connect. Takes 1
    /// to 5 s on a quiet machine.
    ///
    /// @throws IOException when the directory is in use by another broker, or a port is taken; the
    ///   message says what to do
    public static EmbeddedKafka start(EmbeddedKafkaSettings settings) throws IOException {
        Path directory = settings.directory().toAbsolutePath();
        Files.createDirectories(directory);
        FileChannel lockFile = lock(directory);
        try {
            BrokerNode node =
                    BrokerNode.alone(
                            Uuid.randomUuid().toString(), settings.host(), Ports.choose(settings));
            return start(directory, lockFile, node);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    /// The same for one of several brokers, whose ports are fixed. Returns when this one runs;
    /// clients are served once enough of them do.
    static EmbeddedKafka start(Path directory, BrokerNode node) throws IOException {
        Files.createDirectories(directory);
        FileChannel lockFile = lock(directory);
        try {
            return start(directory, lockFile, node);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private static EmbeddedKafka start(Path directory, FileChannel lockFile, BrokerNode node)
            throws IOException {
        Path logs = directory.resolve("log");
        format(logs, node);
        KafkaRaftServer server =
                new KafkaRaftServer(
                        KafkaConfig.fromProps(properties(logs, node), false), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, lockFile, node.host() + ":" + node.own().broker());
    }

    /// host:port for clients.
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        server.awaitShutdown();
        lockFile.close();
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve("broker.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException(
                    directory + " is in use by another broker: stop it, or choose another dataDir");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static void format(Path directory, BrokerNode node) throws IOException {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(node.clusterId())
                    .setNodeId(node.id())
                    .setControllerListenerName("CONTROLLER")
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new IOException("cannot format " + directory, e);
        }
    }

    /// A node that is broker and controller. The values that differ from Kafka's defaults are for
    /// fast transactions, a fast restart after a kill, and a small heap.
    private static Properties properties(Path logs, BrokerNode node) {
        Properties p = new Properties();
        String broker = "PLAINTEXT://" + node.host() + ":" + node.own().broker();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(node.id()));
        p.put("controller.quorum.voters", node.voters());
        p.put("listeners", broker + ",CONTROLLER://" + node.host() + ":" + node.own().controller());
        p.put("advertised.listeners", broker);
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("controller.listener.names", "CONTROLLER");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("log.dirs", logs.toString());
        p.put("auto.create.topics.enable", "false");
        copies(p, Integer.toString(node.copies()), Integer.toString(node.copiesInSync()));
        p.put("offsets.topic.num.partitions", "4");
        p.put("transaction.state.log.num.partitions", "4");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("group.min.session.timeout.ms", "1000");
        p.put("broker.session.timeout.ms", "3000");
        p.put("broker.heartbeat.interval.ms", "500");
        p.put("add.partitions.to.txn.retry.backoff.ms", "1");
        p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        return p;
    }

    private static void copies(Properties p, String copies, String inSync) {
        p.put("default.replication.factor", copies);
        p.put("offsets.topic.replication.factor", copies);
        p.put("transaction.state.log.replication.factor", copies);
        p.put("share.coordinator.state.topic.replication.factor", copies);
        p.put("min.insync.replicas", inSync);
        p.put("transaction.state.log.min.isr", inSync);
        p.put("share.coordinator.state.topic.min.isr", inSync);
    }
}
