package io.strowger.standalone.platform;

import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// Where the broker is: named by the settings, or the embedded one of the data directory.
public final class Brokers {
    private static final int CONNECT_MS = 1000;

    private Brokers() {}

    /// Starts the broker that lives in the data directory.
    public static EmbeddedKafka startEmbedded(Settings settings) throws IOException {
        return EmbeddedKafka.start(
                new EmbeddedKafkaSettings(
                        directory(settings), "127.0.0.1", settings.kafka().port(), 0));
    }

    /// The broker to connect to: the set one, else a running embedded one of this data directory.
    ///
    /// @throws SettingsException when there is none, with what to do
    public static String bootstrapServers(Settings settings) {
        if (!settings.kafka().embedded()) {
            return settings.kafka().bootstrapServers();
        }
        return runningEmbedded(settings)
                .orElseThrow(() ->
                        new SettingsException(
                                "kafka.bootstrapServers is empty and no embedded broker runs in "
                                        + settings.dataDir().toAbsolutePath()
                                        + ": start `./strowger up` or `./strowger broker` with the"
                                        + " same dataDir, or set kafka.bootstrapServers"));
    }

    /// host:port of the embedded broker of this data directory, if it runs.
    public static Optional<String> runningEmbedded(Settings settings) {
        Path file = directory(settings).resolve("ports.properties");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties ports = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            ports.load(reader);
            int port = Integer.parseInt(ports.getProperty("broker", "0"));
            return isListening(port) ? Optional.of("127.0.0.1:" + port) : Optional.empty();
        } catch (IOException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isListening(int port) {
        if (port <= 0) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static Path directory(Settings settings) {
        return settings.dataDir().resolve("kafka");
    }
}
