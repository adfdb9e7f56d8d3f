package io.strowger.benchmarks;

import io.strowger.standalone.Main;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The platform as it is measured: the broker in one JVM, the five services in another, on loopback
/// and free ports. The load, the phones and the webhook are in this process.
final class Rig implements AutoCloseable {
    static final Duration START = Duration.ofSeconds(120);
    static final List<String> SERVICES_JVM =
            List.of(
                    "-Xms512m",
                    "-Xmx512m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC",
                    "-Djava.net.preferIPv4Stack=true",
                    "--enable-native-access=ALL-UNNAMED");
    final Vertx vertx = Vertx.vertx();
    final EventSink sink;
    private final BrokerJvm broker;
    final ChildJvm services;
    final String bootstrapServers;
    final ApiClient api;
    final int port;
    private final Map<String, String> environment;

    private Rig(String trunks, Map<String, String> further) throws Exception {
        sink = EventSink.start(vertx);
        broker = BrokerJvm.start();
        bootstrapServers = broker.servers();
        environment = settings(broker.data(), bootstrapServers, trunks);
        services = child("up", further);
        String line = services.awaitLine("connection string", START);
        String endpoint = between(line, "endpoint=http://127.0.0.1:", "/;accesskey=");
        port = Integer.parseInt(endpoint);
        api = new ApiClient(vertx, port, line.substring(line.indexOf("accesskey=") + 10).strip());
    }

    /// @param trunks the setting `trunks`
    static Rig start(String trunks) throws Exception {
        return new Rig(trunks, Map.of());
    }

    /// @param further settings of the services
    static Rig start(String trunks, Map<String, String> further) throws Exception {
        return new Rig(trunks, further);
    }

    /// A media worker beside them; with a drain as in production.
    ChildJvm worker(int ordinal) throws InterruptedException {
        ChildJvm worker =
                child(
                        "media-worker",
                        Map.of(
                                "STROWGER_WORKER_ORDINAL",
                                Integer.toString(ordinal),
                                "STROWGER_OPS_PORT",
                                "0",
                                "STROWGER_MEDIA_TIMEOUTS_DRAIN",
                                "60s"));
        worker.awaitLine("STARTED", START);
        return worker;
    }

    private ChildJvm child(String word, Map<String, String> further) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(further);
        return ChildJvm.start(SERVICES_JVM, Main.class.getName(), List.of(word), all);
    }

    private static Map<String, String> settings(Path data, String broker, String trunks) {
        Map<String, String> settings = new HashMap<>();
        settings.put("STROWGER_DATADIR", data.toString());
        settings.put("STROWGER_KAFKA_BOOTSTRAPSERVERS", broker);
        settings.put("STROWGER_HTTP_HOST", "127.0.0.1");
        settings.put("STROWGER_HTTP_PORT", "0");
        settings.put("STROWGER_HTTP_TLS_PORT", "-1");
        settings.put("STROWGER_SIP_HOST", "127.0.0.1");
        settings.put("STROWGER_SIP_PORT", "0");
        settings.put("STROWGER_MEDIA_ALLOWPRIVATEADDRESSES", "true");
        settings.put("STROWGER_MEDIA_MAXCALLS", "5000");
        settings.put("STROWGER_MEDIA_TIMEOUTS_DRAIN", "1s");
        settings.put("STROWGER_WEBHOOKS_ALLOWPRIVATEADDRESSES", "true");
        settings.put("STROWGER_TRUNKS", trunks);
        settings.put("STROWGER_LOG_LEVEL", "WARN");
        return settings;
    }

    /// The way to a phone at `address`, with no limits of its own.
    static String trunkTo(String address) {
        return "[{name: phones, uri: \"sip:"
                + address
                + "\", maxCallsPerSecond: 10000, maxChannels: 10000}]";
    }

    List<ChildJvm> processes() {
        return List.of(broker.jvm(), services);
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }

    @Override
    public void close() throws Exception {
        services.close();
        broker.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }
}
