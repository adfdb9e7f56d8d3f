package io.strowger.standalone.doctor;

import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicPlan;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.tls.TlsContexts;
import io.strowger.standalone.platform.Brokers;
import io.strowger.standalone.topics.TopicState;
import io.strowger.standalone.topics.TopicSurvey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;

/// The broker and the trunks; and settings that contradict what they are for.
final class PeerChecks {
    private static final Pattern SIP_URI =
            Pattern.compile("(sips?):(?:[^@;]+@)?([^:;]+)(?::(\\d+))?(?:;(.*))?");
    private static final int SIP_PORT = 5060;
    private static final int SIP_TLS_PORT = 5061;
    private static final int BROKER_PATIENCE_S = 5;

    private PeerChecks() {}

    static List<Finding> look(Settings settings) throws InterruptedException {
        List<Finding> found = new ArrayList<>();
        found.addAll(broker(settings));
        if (settings.trunks().isEmpty()) {
            found.add(
                    Finding.warn(
                            "trunks",
                            "none",
                            "calls to numbers have no way out: set trunks[{name, uri}]"));
        }
        settings.trunks().forEach(trunk -> found.add(trunk(trunk, settings.sip().tls())));
        found.add(advertised(settings));
        reachable(settings.sip().advertisedHost()).ifPresent(found::add);
        found.add(publicUrl(settings));
        store(settings.recordings()).ifPresent(found::add);
        return found;
    }

    private static List<Finding> broker(Settings settings) throws InterruptedException {
        Optional<String> servers =
                settings.kafka().embedded()
                        ? Brokers.runningEmbedded(settings)
                        : Optional.of(settings.kafka().bootstrapServers());
        if (servers.isEmpty()) {
            return List.of(Finding.ok("broker", "embedded; it starts with `up` or `broker`"));
        }
        try {
            return asked(servers.get(), settings);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return List.of(
                    Finding.fail(
                            "broker",
                            servers.get() + " does not answer: " + e.getClass().getSimpleName(),
                            "check kafka.bootstrapServers, kafka.client (security) and the network"));
        }
    }

    private static List<Finding> asked(String servers, Settings settings)
            throws InterruptedException, ExecutionException, TimeoutException {
        Admin admin = new KafkaClients(servers, settings.kafka()).admin();
        try {
            int nodes =
                    admin.describeCluster().nodes().get(BROKER_PATIENCE_S, TimeUnit.SECONDS).size();
            return List.of(
                    Finding.ok("broker", servers + " answers, " + nodes + " node(s)"),
                    topics(admin, settings));
        } finally {
            admin.close(Duration.ZERO); // else a question without an answer keeps it for a minute
        }
    }

    /// Missing ones are made at the first start.
    private static Finding topics(Admin admin, Settings settings) throws InterruptedException {
        List<TopicState> wrong;
        try {
            wrong =
                    TopicSurvey.of(admin, TopicPlan.all(settings.kafka())).stream()
                            .filter(topic -> !topic.isMissing() && !topic.faults().isEmpty())
                            .toList();
        } catch (ExecutionException e) {
            return Finding.warn(
                    "topics",
                    "cannot be asked: " + e.getMessage(),
                    "check the rights of this user: docs/topics.md");
        }
        if (wrong.isEmpty()) {
            return Finding.ok("topics", "as they should be, or made at the first start");
        }
        TopicState first = wrong.getFirst();
        String said =
                first.plan().name()
                        + " "
                        + first.faults().getFirst()
                        + (wrong.size() == 1 ? "" : "; and " + (wrong.size() - 1) + " more");
        boolean stops =
                wrong.stream().anyMatch(topic -> topic.partitions() != topic.plan().partitions());
        return stops
                ? Finding.fail("topics", said, "./strowger topics tells of each")
                : Finding.warn("topics", said, "./strowger topics tells of each");
    }

    private static Finding trunk(Settings.Trunk trunk, Settings.SipTls tls) {
        String what = "trunk " + trunk.name();
        Matcher uri = SIP_URI.matcher(trunk.uri());
        if (!uri.matches()) {
            return Finding.fail(what, trunk.uri() + " is no SIP URI", "write sip:HOST:PORT");
        }
        String parameters = uri.group(4) == null ? "" : uri.group(4);
        boolean secure = uri.group(1).equals("sips") || parameters.contains("transport=tls");
        int usual = secure ? SIP_TLS_PORT : SIP_PORT;
        int port = uri.group(3) == null ? usual : Integer.parseInt(uri.group(3));
        try {
            OptionsPing.Connection connection =
                    secure
                            ? new OptionsPing.Connection(
                                    TlsContexts.of(null, "sip.tls", tls.trustFile()))
                            : parameters.contains("transport=tcp")
                                    ? new OptionsPing.Connection(null)
                                    : null;
            Optional<String> answer = OptionsPing.over(connection, uri.group(2), port);
            return answer.isPresent()
                    ? Finding.ok(what, "answers OPTIONS with " + answer.get())
                    : Finding.warn(
                            what,
                            "no answer to OPTIONS in 2 s",
                            "check address, port, transport and firewall, and that the peer knows"
                                    + " this machine's address");
        } catch (IOException e) {
            return Finding.fail(
                    what, "not reachable: " + e.getMessage(), "check address, port and transport");
        }
    }

    private static Finding advertised(Settings settings) {
        boolean local = settings.sip().host().startsWith("127.");
        boolean outside =
                settings.trunks().stream().anyMatch(trunk -> !trunk.uri().contains("127."));
        return local && outside
                ? Finding.warn(
                        "sip.host",
                        settings.sip().host() + ": trunks outside of this machine cannot reach it",
                        "set sip.host to 0.0.0.0 and sip.advertisedHost to the public address")
                : Finding.ok("sip.host", settings.sip().host());
    }

    private static Optional<Finding> reachable(String advertisedHost) {
        try {
            if (!advertisedHost.isEmpty()) {
                InetAddress.getByName(advertisedHost);
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(
                    Finding.fail(
                            "sip.advertisedHost",
                            advertisedHost + " is not known to DNS",
                            "set it to the address that phones and trunks reach"));
        }
    }

    private static Optional<Finding> store(Settings.Recordings recordings) {
        if (!recordings.store().equals("s3") || recordings.s3().endpoint().isEmpty()) {
            return Optional.empty();
        }
        URI endpoint = URI.create(recordings.s3().endpoint());
        int port =
                endpoint.getPort() >= 0
                        ? endpoint.getPort()
                        : "https".equals(endpoint.getScheme()) ? 443 : 80;
        try {
            return Optional.of(
                    ApplicationChecks.answers(InetAddress.getByName(endpoint.getHost()), port)
                            ? Finding.ok("recordings.s3", endpoint + " answers")
                            : noStore(endpoint, "does not answer"));
        } catch (UnknownHostException e) {
            return Optional.of(noStore(endpoint, "is not known to DNS"));
        }
    }

    private static Finding noStore(URI endpoint, String reason) {
        return Finding.warn(
                "recordings.s3",
                endpoint + " " + reason + ": recordings wait on the disk",
                "start the store, or mend recordings.s3.endpoint");
    }

    private static Finding publicUrl(Settings settings) {
        return settings.http().publicUrl().isEmpty()
                ? Finding.warn(
                        "http.publicUrl",
                        "not set: receivers check tokens against http://127.0.0.1:"
                                + settings.http().port(),
                        "set it to what applications reach this installation at")
                : Finding.ok("http.publicUrl", settings.http().publicUrl());
    }
}
