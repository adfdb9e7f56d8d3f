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
            Ports ports = Ports.choose(settings);
            Properties properties = properties(directory.resolve("log"), settings.host(), ports);
            format(directory.resolve("log"));
            KafkaRaftServer server =
                    new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(server, lockFile, settings.host() + ":" + ports.broker());
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
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

    private static void format(Path directory) throws IOException {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
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

    /// One node that is broker and controller. The values that differ from Kafka's defaults are for
    /// fast transactions, a fast restart after a kill, and a small heap.
    private static Properties properties(Path logs, String host, Ports ports) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@" + host + ":" + ports.controller());
        p.put(
                "listeners",
                "PLAINTEXT://"
                        + host
                        + ":"
                        + ports.broker()
                        + ",CONTROLLER://"
                        + host
                        + ":"
                        + ports.controller());
        p.put("advertised.listeners", "PLAINTEXT://" + host + ":" + ports.broker());
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("controller.listener.names", "CONTROLLER");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("log.dirs", logs.toString());
        p.put("auto.create.topics.enable", "false");
        for (String topic :
                new String[] {
                    "offsets.topic", "transaction.state.log", "share.coordinator.state.topic"
                }) {
            p.put(topic + ".replication.factor", "1");
        }
        p.put("default.replication.factor", "1");
        p.put("min.insync.replicas", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("offsets.topic.num.partitions", "4");
        p.put("transaction.state.log.num.partitions", "4");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("broker.session.timeout.ms", "3000");
        p.put("broker.heartbeat.interval.ms", "500");
        p.put("add.partitions.to.txn.retry.backoff.ms", "1");
        p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        return p;
    }
}
