package io.strowger.standalone.chaos;

import io.strowger.kafka.KafkaCluster;
import io.strowger.standalone.client.ApiClient;
import io.strowger.standalone.platform.Services;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Everything that faults need: three brokers, the services, phones and an application. Made and
/// closed by one thread.
///
/// @param cluster of three brokers
/// @param fleet one process of each service, two orchestrators
/// @param situations for each kind of leg that takes part
record Theatre(
        KafkaCluster cluster,
        Fleet fleet,
        Application application,
        Extras extras,
        Map<LegKind, Situations> situations,
        Caller caller)
        implements AutoCloseable {
    /// Where the application hears of files of recordings.
    static final String INCOMING = "/incoming";

    private static final byte[] KEY =
            "chaos-access-key-of-32-bytes-xyz".getBytes(StandardCharsets.UTF_8);
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int SIP = 40;
    private static final int RTP = 100;

    /// Starts it all; takes half a minute or so.
    ///
    /// @param directory for data and logs
    /// @param firstPort even; 2,000 ports from here on are used
    static Theatre open(Path directory, int firstPort, Set<LegKind> legs)
            throws IOException, InterruptedException {
        List<Integer> brokerPorts = new ArrayList<>();
        for (int i = 0; i < 2 * KafkaCluster.NODES; i++) {
            brokerPorts.add(firstPort + i);
        }
        int http = firstPort + 2 * KafkaCluster.NODES;
        Keys keys = Keys.load(directory, directory.resolve("data"));
        Extras extras = new Extras(keys, firstPort + SIP);
        Application application = Application.start();
        Caller caller =
                new Caller(
                        new ApiClient(
                                URI.create("http://127.0.0.1:" + http + "/"),
                                KEY,
                                HttpClient.newHttpClient(),
                                InstantSource.system()));
        Map<LegKind, Situations> situations = new EnumMap<>(LegKind.class);
        for (LegKind leg : legs) {
            if (leg != LegKind.USER) {
                situations.put(leg, new Situations(application, caller, Cast.of(extras, leg)));
            }
        }
        KafkaCluster cluster = KafkaCluster.start(directory.resolve("brokers"), brokerPorts);
        Fleet fleet =
                new Fleet(
                        directory,
                        new Fleet.Ports(http, firstPort + SIP, firstPort + RTP),
                        environment(cluster, application, extras, keys));
        Theatre theatre = new Theatre(cluster, fleet, application, extras, situations, caller);
        try {
            theatre.start();
            if (legs.contains(LegKind.USER)) {
                theatre.enter(LegKind.USER); // their registrar is there now
            }
            return theatre;
        } catch (IOException | InterruptedException e) {
            theatre.close();
            throw e;
        }
    }

    private void start() throws IOException, InterruptedException {
        cluster.awaitNodes(KafkaCluster.NODES, LONG);
        fleet.launch(Services.CALL_ORCHESTRATOR, 1);
        fleet.awaitStarted(); // makes topics and secrets, which the others then find
        fleet.launch(Services.GATEWAY, 1);
        fleet.launch(Services.MEDIA_WORKER, 1);
        fleet.launch(Services.RECORDING_SERVICE, 1);
        fleet.launch(Services.WEBHOOK_DISPATCHER, 1);
        fleet.member(Services.CALL_ORCHESTRATOR, 1).launch();
        fleet.awaitStarted();
    }

    /// @param leg one of those that take part
    Situations situations(LegKind leg) {
        return Objects.requireNonNull(situations.get(leg), leg::toString);
    }

    private void enter(LegKind leg) throws IOException, InterruptedException {
        situations.put(leg, new Situations(application, caller, Cast.of(extras, leg)));
    }

    private static Map<String, String> environment(
            KafkaCluster cluster, Application application, Extras extras, Keys keys) {
        Map<String, String> settings = new HashMap<>();
        settings.put("STROWGER_KAFKA_BOOTSTRAPSERVERS", cluster.bootstrapServers());
        settings.put("STROWGER_KAFKA_REPLICATIONFACTOR", "3");
        settings.put("STROWGER_KAFKA_PARTITIONS", "4");
        settings.put(
                "STROWGER_ACCESSKEYS", "[\"" + Base64.getEncoder().encodeToString(KEY) + "\"]");
        settings.put("STROWGER_HTTP_HOST", "127.0.0.1");
        settings.put("STROWGER_SIP_HOST", "127.0.0.1");
        settings.put("STROWGER_MEDIA_ALLOWPRIVATEADDRESSES", "true");
        settings.put("STROWGER_MEDIA_TIMEOUTS_DRAIN", "20s");
        settings.put("STROWGER_WEBHOOKS_ALLOWPRIVATEADDRESSES", "true");
        settings.put("STROWGER_GATEWAY_REPLYTIMEOUT", "3s");
        settings.put("STROWGER_CALLS_RINGTIMEOUT", "180s");
        settings.put("STROWGER_SIP_TLS_PORT", "0");
        settings.put("STROWGER_SIP_TLS_TRUSTFILE", keys.trustFile().toString());
        settings.put("STROWGER_TRUNKS", extras.trunks());
        settings.put("STROWGER_USERS", Extras.users());
        settings.put(
                "STROWGER_APPLICATIONS",
                "[{name: chaos, incomingCallUrl: \"" + application.uri(INCOMING) + "\"}]");
        settings.put("STROWGER_LOG_LEVEL", "INFO");
        settings.put("STROWGER_LOG_FORMAT", "text");
        return settings;
    }

    @Override
    public void close() throws InterruptedException {
        extras.close();
        fleet.close();
        cluster.close();
        application.close();
    }
}
