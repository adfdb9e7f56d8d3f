package io.strowger.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.gateway.shell.http.HttpLimits;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.Mutations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spoilt requests over real connections: each is answered or hung up on, none is an error of ours,
/// and nothing waits afterwards.
class GatewayFuzzIT {
    private static final int REQUESTS = 600;
    private static final int AT_ONCE = 20;
    private static final Pattern STATUS_LINE = Pattern.compile("\\S+/\\d\\.\\d (\\d{3}) ");
    private static final Set<Integer> ANSWERS =
            Set.of(
                    200, 201, 202, 204, 400, 401, 403, 404, 405, 408, 409, 411, 413, 414, 415, 417,
                    431, 501, 505);
    @TempDir static Path directory;
    private static RunningGateway gateway;
    private static SignedClient client;
    private static List<Request> corpus;

    private record Request(String method, String target, String body) {}

    @BeforeAll
    static void start() throws Exception {
        gateway =
                new RunningGateway(
                        directory,
                        Map.of("STROWGER_GATEWAY_REPLYTIMEOUT", "PT20S"),
                        new HttpLimits(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(2),
                                Duration.ofMillis(200),
                                1_000_000,
                                8192,
                                4096));
        gateway.orchestrator.answers(PlayedAnswers::to);
        client = gateway.client();
        corpus = corpus();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    /// Every corpus line: method, target, body.
    private static List<Request> corpus() throws IOException {
        var call = gateway.ids.newCall(new Random(1));
        List<Request> requests = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        GatewayFuzzIT.class.getResourceAsStream(
                                                "/fuzz/requests.txt")),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts =
                        line.replace("CONNECTION", call.connection(1).toString())
                                .replace("CALL", call.toString())
                                .replace("RECORDING", call.recording(1).toString())
                                .replace(
                                        "CONTEXT",
                                        gateway.contexts.seal(
                                                call, java.time.Instant.now().plusSeconds(600)))
                                .split(" ", 3);
                requests.add(new Request(parts[0], parts[1], parts.length < 3 ? "" : parts[2]));
            }
        }
        return requests;
    }

    @AfterEach
    void nothingWaitsAndTheGatewayServes() {
        Eventually.holds(
                "no request waits",
                Duration.ofSeconds(30),
                () ->
                        gateway.context
                                .telemetry()
                                .scrape()
                                .contains(Telemetry.GATEWAY_WAITING.replace('.', '_') + " 0.0"));
        Request right = corpus.getFirst();
        assertEquals(201, client.send(right.method, right.target, right.body, Map.of()).status());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void spoiltBodiesAreTakenOrRefused(long seed) {
        Mutations mutations = new Mutations(seed);
        Map<Integer, Integer> statuses = new TreeMap<>();
        List<Request> spoilt = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Request whole = mutations.any(corpus);
            spoilt.add(new Request(whole.method, whole.target, mutations.of(whole.body)));
        }

        for (int i = 0; i < spoilt.size(); i += AT_ONCE) {
            List<Request> together = spoilt.subList(i, Math.min(spoilt.size(), i + AT_ONCE));
            List<CompletableFuture<SignedClient.Response>> answers =
                    together.stream()
                            .map(r -> client.sending(r.method, r.target, r.body, Map.of()))
                            .toList();
            for (int n = 0; n < answers.size(); n++) {
                int status = answers.get(n).join().status();
                assertTrue(ANSWERS.contains(status), status + " for " + together.get(n));
                statuses.merge(status, 1, Integer::sum);
            }
        }

        assertTrue(statuses.size() >= 3, () -> "statuses " + statuses);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void spoiltHeadsAreAnsweredOrHungUpOn(long seed) throws Exception {
        Mutations mutations = new Mutations(seed);
        List<Callable<Void>> exchanges = new ArrayList<>();
        for (int i = 0; i < REQUESTS / 2; i++) {
            String spoilt = mutations.of(head(mutations.any(corpus)));
            exchanges.add(() -> isAnsweredOrHungUpOn(spoilt));
        }

        try (ExecutorService threads = Executors.newFixedThreadPool(5 * AT_ONCE)) {
            for (Future<Void> exchange : threads.invokeAll(exchanges)) {
                exchange.get();
            }
        }
    }

    private static @Nullable Void isAnsweredOrHungUpOn(String spoilt) throws IOException {
        String answer = exchange(spoilt);
        if (!answer.isEmpty()) {
            // A protocol that nobody knows is repeated by the server beside its 501.
            Matcher line = STATUS_LINE.matcher(answer);
            assertTrue(line.lookingAt(), answer);
            int status = Integer.parseInt(line.group(1));
            assertTrue(ANSWERS.contains(status), () -> answer + "\nfor\n" + spoilt);
        }
        return null;
    }

    private static String head(Request request) {
        StringBuilder head =
                new StringBuilder(request.method + " " + request.target + " HTTP/1.1\r\n");
        head.append("Host: 127.0.0.1:").append(gateway.service.httpPort()).append("\r\n");
        client.signature(request.method, request.target, request.body)
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Type: application/json\r\nConnection: close\r\nContent-Length: ")
                .append(request.body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n")
                .append(request.body);
        return head.toString();
    }

    /// What is said until the connection is closed: at the latest when the gateway has lost its
    /// patience.
    private static String exchange(String request) throws IOException {
        try {
            return RawConnection.exchange(gateway.service.httpPort(), request);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither answered nor hung up on:\n" + request, e);
        } catch (SocketException hungUp) {
            return "";
        }
    }
}
