package io.strowger.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// The two ports of a broker, remembered beside its data so that clients find it again after a
/// restart.
record Ports(int broker, int controller) {
    private static final String FILE = "ports.properties";

    static Ports choose(EmbeddedKafkaSettings settings) throws IOException {
        Ports last = remembered(settings.directory());
        int broker = choose(settings.host(), settings.brokerPort(), last.broker);
        int controller = choose(settings.host(), settings.controllerPort(), last.controller);
        Ports chosen = new Ports(broker, controller);
        chosen.remember(settings.directory());
        return chosen;
    }

    private static int choose(String host, int asked, int last) throws IOException {
        if (asked != 0) {
            if (!isFree(host, asked)) {
                throw new IOException(
                        "port "
                                + asked
                                + " on "
                                + host
                                + " is in use: choose another kafka.port, or 0 for any");
            }
            return asked;
        }
        return last != 0 && isFree(host, last) ? last : anyFree(host);
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int anyFree(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, 0));
            return socket.getLocalPort();
        }
    }

    private static Ports remembered(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return new Ports(0, 0);
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Ports(
                Integer.parseInt(properties.getProperty("broker", "0")),
                Integer.parseInt(properties.getProperty("controller", "0")));
    }

    private void remember(Path directory) throws IOException {
        Files.writeString(
                directory.resolve(FILE), "broker=" + broker + "\ncontroller=" + controller + "\n");
    }
}
