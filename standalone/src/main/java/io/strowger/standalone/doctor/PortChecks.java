package io.strowger.standalone.doctor;

import io.strowger.runtime.settings.Settings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whether the ports are free, or used by a Strowger that runs already.
final class PortChecks {
    private static final int RTP_PORTS_A_CALL = 2;

    private PortChecks() {}

    static List<Finding> look(Settings settings) throws InterruptedException {
        List<Finding> found = new ArrayList<>();
        boolean runs = isStrowger(settings.http().port());
        found.add(tcp("http.port", settings.http().host(), settings.http().port(), runs));
        if (settings.http().tls().enabled()) {
            found.add(
                    tcp(
                            "http.tls.port",
                            settings.http().host(),
                            settings.http().tls().port(),
                            runs));
        }
        if (settings.sip().tcp()) {
            found.add(tcp("sip.port (TCP)", settings.sip().host(), settings.sip().port(), runs));
        }
        if (settings.sip().tls().enabled()) {
            found.add(
                    tcp("sip.tls.port", settings.sip().host(), settings.sip().tls().port(), runs));
        }
        found.add(udp("sip.port (UDP)", settings.sip().host(), settings.sip().port(), runs));
        if (settings.kafka().embedded() && settings.kafka().port() != 0) {
            found.add(tcp("kafka.port", "127.0.0.1", settings.kafka().port(), runs));
        }
        found.add(
                tcp(
                        "recordings.contentPort",
                        settings.http().host(),
                        settings.recordings().contentPort(),
                        runs));
        found.add(ops(settings));
        found.add(rtp(settings));
        return found;
    }

    /// Only where a service runs alone is there such a port.
    private static Finding ops(Settings settings) throws InterruptedException {
        int port = settings.ops().port();
        Finding seen = tcp("ops.port", settings.http().host(), port, isStrowger(port));
        return seen.verdict() == Finding.Verdict.OK
                ? seen
                : Finding.warn(
                        seen.what(),
                        seen.said() + "; `up` does without, a service alone does not",
                        seen.mend());
    }

    private static boolean isStrowger(int port) throws InterruptedException {
        if (port == 0) {
            return false;
        }
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/live"))
                            .timeout(Duration.ofSeconds(2))
                            .build();
            return http.send(request, BodyHandlers.ofString()).body().contains("\"status\"");
        } catch (IOException nobody) {
            return false;
        }
    }

    private static Finding tcp(String key, String host, int port, boolean runs) {
        if (port == 0) {
            return Finding.ok(key, "any free one");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return Finding.ok(key, port + " is free");
        } catch (IOException e) {
            return taken(key, host + ":" + port, e, runs);
        }
    }

    private static Finding udp(String key, String host, int port, boolean runs) {
        if (port == 0) {
            return Finding.ok(key, "any free one");
        }
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(host, port))) {
            return Finding.ok(key, socket.getLocalPort() + " is free");
        } catch (IOException e) {
            return taken(key, host + ":" + port, e, runs);
        }
    }

    private static Finding taken(String key, String where, IOException e, boolean runs) {
        return runs
                ? Finding.ok(key, where + " is used by the Strowger that runs")
                : Finding.fail(
                        key,
                        where + " cannot be used: " + e.getMessage(),
                        "stop what uses it (ss -lntup), or set another " + key.split(" ")[0]);
    }

    private static Finding rtp(Settings settings) {
        int low = settings.rtp().portMin();
        int high = settings.rtp().portMax();
        if (low == 0) {
            return Finding.warn(
                    "rtp.portMin, rtp.portMax",
                    "any free ports",
                    "behind a firewall set a range and open it for UDP, e.g. 20000 and 21999");
        }
        int calls = (high - low + 1) / RTP_PORTS_A_CALL;
        return calls >= settings.media().maxCalls()
                ? Finding.ok("rtp.portMin, rtp.portMax", "room for " + calls + " legs")
                : Finding.warn(
                        "rtp.portMin, rtp.portMax",
                        "room for "
                                + calls
                                + " legs, media.maxCalls is "
                                + settings.media().maxCalls(),
                        "widen the range or lower media.maxCalls");
    }
}
