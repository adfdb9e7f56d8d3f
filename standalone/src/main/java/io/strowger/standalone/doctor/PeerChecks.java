package io.strowger.standalone.doctor;

import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.tls.TlsContexts;
import io.strowger.standalone.platform.Brokers;
import java.io.IOException;
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
        found.add(broker(settings));
        if (settings.trunks().isEmpty()) {
            found.add(
                    Finding.warn(
                            "trunks",
                            "none",
                            "calls to numbers have no way out: set trunks[{name, uri}]"));
        }
        settings.trunks().forEach(trunk -> found.add(trunk(trunk, settings.sip().tls())));
        found.add(advertised(settings));
        found.add(publicUrl(settings));
        return found;
    }

    private static Finding broker(Settings settings) throws InterruptedException {
        Optional<String> servers =
                settings.kafka().embedded()
                        ? Brokers.runningEmbedded(settings)
                        : Optional.of(settings.kafka().bootstrapServers());
        if (servers.isEmpty()) {
            return Finding.ok("broker", "embedded; it starts with `up` or `broker`");
        }
        try (Admin admin = new KafkaClients(servers.get(), settings.kafka()).admin()) {
            int nodes =
                    admin.describeCluster().nodes().get(BROKER_PATIENCE_S, TimeUnit.SECONDS).size();
            return Finding.ok("broker", servers.get() + " answers, " + nodes + " node(s)");
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return Finding.fail(
                    "broker",
                    servers.get() + " does not answer: " + e.getClass().getSimpleName(),
                    "check kafka.bootstrapServers, kafka.client (security) and the network");
        }
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
