package io.strowger.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.gateway.shell.http.HttpLimits;
import io.strowger.testsupport.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients cannot do to the gateway, and https. Nobody answers commands here.
class GatewayLimitsIT {
    private static final int MAX_BODY = 10_000;
    private static final String V = "?api-version=2026-03-12";
    @TempDir static Path directory;
    private static RunningGateway gateway;
    private static String connection;

    @BeforeAll
    static void start() throws Exception {
        gateway =
                new RunningGateway(
                        directory,
                        Map.of(
                                "STROWGER_HTTP_TLS_PORT", "0",
                                "STROWGER_GATEWAY_REPLYTIMEOUT", "PT2S",
                                "STROWGER_GATEWAY_MAXINFLIGHT", "3",
                                "STROWGER_CALLS_PERSECOND", "1"),
                        new HttpLimits(
                                Duration.ofMillis(500),
                                Duration.ofSeconds(1),
                                Duration.ofMillis(300),
                                MAX_BODY,
                                8192,
                                4096));
        connection = "/calling/callConnections/" + gateway.ids.newCall(new Random(1)).connection(1);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void refusesToRingMorePeopleASecondThanAKeyMay() {
        String target = "{\"kind\":\"phoneNumber\",\"phoneNumber\":{\"value\":\"+1555010000%d\"}}";
        String targets =
                IntStream.rangeClosed(1, 9)
                        .mapToObj(target::formatted)
                        .collect(Collectors.joining(","));
        String create =
                """
                {"targets":[%s],"callbackUri":"https://app.example/events",
                 "sourceCallerIdNumber":{"value":"+15550100000"}}\
                """
                        .formatted(targets);
        SignedClient.Response first = gateway.client().post("/calling/callConnections" + V, create);

        SignedClient.Response next = gateway.client().post("/calling/callConnections" + V, create);
        SignedClient.Response other = gateway.client().post(connection + ":hangUp" + V, "{}");

        assertEquals(503, first.status(), "nobody answers here");
        assertEquals(429, next.status(), next.raw().body());
        assertEquals("TooManyRequests", next.errorCode());
        assertEquals("1", next.header("Retry-After"));
        assertTrue(other.status() != 429, "what rings nobody is not held up");
    }

    @Test
    void refusesABodyThatSaysItIsTooLarge() {
        SignedClient.Response response =
                gateway.client().post(connection + ":play" + V, "x".repeat(MAX_BODY + 1));

        assertEquals(413, response.status());
        assertEquals("RequestEntityTooLarge", response.errorCode());
    }

    @Test
    void refusesABodyThatBecomesTooLargeWhileItStillComes() throws Exception {
        String target = connection + ":play" + V;
        try (RawConnection raw = new RawConnection(gateway.service.httpPort())) {
            raw.send(head("POST", target, "Transfer-Encoding: chunked\r\n"));
            for (int i = 0; i < 3; i++) {
                raw.send("1000\r\n" + "x".repeat(4096) + "\r\n");
            }

            String response = raw.untilClosed();

            assertTrue(response.startsWith("HTTP/1.1 413"), response);
        }
    }

    @Test
    void givesUpOnABodyThatDoesNotCome() throws Exception {
        String target = connection + ":play" + V;
        try (RawConnection raw = new RawConnection(gateway.service.httpPort())) {
            raw.send(head("POST", target, "Content-Length: 100\r\n"));
            raw.send("{");

            String response = raw.untilClosed();

            assertTrue(response.startsWith("HTTP/1.1 408"), response);
            assertTrue(response.contains("RequestTimeout"), response);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /calling/keys HTTP/1.1\r\nHost: x\r\nX-A"})
    void closesAConnectionWhoseHeadDoesNotCome(String start) throws Exception {
        assertEquals("", RawConnection.exchange(gateway.service.httpPort(), start));
    }

    @Test
    void closesAKeptConnectionThatIsNotUsed() throws Exception {
        String response =
                RawConnection.exchange(
                        gateway.service.httpPort(),
                        "GET /calling/keys HTTP/1.1\r\nHost: x\r\n\r\n");

        assertTrue(response.startsWith("HTTP/1.1 200"), response);
    }

    @ParameterizedTest
    @ValueSource(ints = {431, 414, 400})
    void refusesRequestsThatAreTooLargeOrNoHttp(int status) throws Exception {
        String request =
                switch (status) {
                    case 431 -> "GET /calling/keys HTTP/1.1\r\nX-A: " + "a".repeat(9000);
                    case 414 -> "GET /" + "a".repeat(5000) + " HTTP/1.1\r\nHost: x";
                    default -> "no http at all";
                };

        String response = RawConnection.exchange(gateway.service.httpPort(), request + "\r\n\r\n");

        assertTrue(response.lines().findFirst().orElse("").contains(" " + status + " "), response);
        assertTrue(response.contains("\"error\""), response);
    }

    @Test
    void refusesRequestsBeyondThoseThatMayWait() {
        List<CompletableFuture<SignedClient.Response>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(gateway.client().sending("GET", connection + V, "", Map.of()));
        }

        List<SignedClient.Response> responses = all.stream().map(CompletableFuture::join).toList();

        assertEquals(5, responses.stream().filter(one -> one.status() == 503).count());
        assertEquals(
                2,
                responses.stream()
                        .filter(one -> one.errorMessage().startsWith("Too many"))
                        .count());
        Eventually.holds(
                "nobody waits any more",
                Duration.ofSeconds(2),
                () ->
                        gateway.context
                                .telemetry()
                                .scrape()
                                .contains("strowger_gateway_waiting 0.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void servesHttpsWithACertificateThatItsFileMakesTrusted(String host) throws Exception {
        HttpClient trusting = HttpClient.newBuilder().sslContext(trust()).build();
        int port = gateway.service.tlsPort().orElseThrow();

        HttpResponse<String> response =
                trusting.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "https://" + host + ":" + port + "/calling/keys"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertEquals(200, response.statusCode());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("tls.key"))));
    }

    private static SSLContext trust() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream file = Files.newInputStream(directory.resolve("tls.crt"))) {
            store.setCertificateEntry(
                    "strowger", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String head(String method, String target, String more) throws IOException {
        SignedClient client = gateway.client();
        String host = URI.create(client.base()).getAuthority();
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        head.append("Host: " + host + "\r\n" + more);
        client.signature(method, target, host, "", SignedClient.now())
                .forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        return new String(
                head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
    }
}
