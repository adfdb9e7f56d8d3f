package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneListener;
import io.strowger.phone.PhoneSettings;
import io.strowger.standalone.chaos.Fleet;
import io.strowger.standalone.client.ApiClient;
import io.strowger.standalone.platform.Services;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.FreePorts;
import io.strowger.testsupport.WebhookReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Orchestrators and gateways are killed under load. Applications that were told to come back do so
/// with the same Repeatability-Request-ID, and each of their calls is made once.
@Isolated
@Tag("chaos")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TakeoverIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(10);
    private static final int CALLS = 60;
    private static final int EVERY_MS = 100;
    private static final byte[] KEY =
            "takeover-access-key-of-32-bytes!".getBytes(StandardCharsets.UTF_8);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger rang = new AtomicInteger();
    private Phone phone;
    private EmbeddedKafka broker;
    private Fleet fleet;
    private WebhookReceiver receiver;
    private int firstHttp;

    /// What one request met with on its way.
    private record Asked(long startedNs, long doneNs, int unavailable, int broken) {}

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        phone =
                Phone.start(
                        PhoneSettings.listening("127.0.0.1", 0).withReject(486),
                        new PhoneListener() {
                            @Override
                            public void incoming(PhoneCall call) {
                                rang.incrementAndGet();
                            }
                        });
        receiver = WebhookReceiver.start();
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data.resolve("kafka")));
        firstHttp = FreePorts.pairs(1);
        Map<String, String> settings =
                new HashMap<>(
                        Stage.environment(
                                data,
                                Map.of("+1", phone.address()),
                                Map.of(
                                        "STROWGER_KAFKA_BOOTSTRAPSERVERS",
                                        broker.bootstrapServers(),
                                        "STROWGER_ACCESSKEYS",
                                        "[\"" + Base64.getEncoder().encodeToString(KEY) + "\"]",
                                        "STROWGER_GATEWAY_REPLYTIMEOUT",
                                        "1s")));
        fleet =
                new Fleet(
                        data.resolve("fleet"),
                        new Fleet.Ports(firstHttp, FreePorts.pairs(1), FreePorts.pairs(100)),
                        settings);
        fleet.launch(Services.CALL_ORCHESTRATOR, 1);
        fleet.awaitStarted(); // makes the topics and secrets that the others then find
        fleet.member(Services.CALL_ORCHESTRATOR, 1).launch();
        fleet.member(Services.CALL_ORCHESTRATOR, 2).launch();
        fleet.launch(Services.GATEWAY, 2);
        fleet.launch(Services.MEDIA_WORKER, 1);
        fleet.launch(Services.WEBHOOK_DISPATCHER, 1);
        fleet.awaitStarted();
        create("/first/0", 0);
        create("/first/1", 1);
    }

    @AfterAll
    void stop() throws Exception {
        fleet.close();
        broker.close();
        receiver.close();
        phone.close();
    }

    @Test
    void anotherOrchestratorTakesOverAndEachCallIsMadeOnce() throws Exception {
        int before = rang.get();

        long[] killedNs = new long[1];
        List<Asked> asked =
                load(
                        "/orchestrator/",
                        () -> {
                            killedNs[0] = System.nanoTime();
                            fleet.member(Services.CALL_ORCHESTRATOR, 1).kill();
                        });

        long slowestMs =
                asked.stream()
                        .filter(one -> one.unavailable > 0)
                        .mapToLong(one ->
                                (one.doneNs - Math.max(killedNs[0], one.startedNs)) / 1_000_000)
                        .max()
                        .orElse(0);
        System.out.println(
                "orchestrator killed: "
                        + asked.stream().filter(one -> one.unavailable > 0).count()
                        + " of "
                        + CALLS
                        + " requests were told 503, the last was served after "
                        + slowestMs
                        + " ms");
        assertEachCallOnce("/orchestrator/", before);
        assertTrue(slowestMs <= TAKEN_OVER_WITHIN.toMillis(), () -> slowestMs + " ms");
        fleet.member(Services.CALL_ORCHESTRATOR, 1).launch();
        fleet.member(Services.CALL_ORCHESTRATOR, 1).awaitStarted();
    }

    @Test
    void anotherGatewayServesAndEachCallIsMadeOnce() throws Exception {
        int before = rang.get();

        List<Asked> asked = load("/gateway/", () -> fleet.member(Services.GATEWAY, 0).kill());

        System.out.println(
                "gateway killed: "
                        + asked.stream().filter(one -> one.broken > 0).count()
                        + " of "
                        + CALLS
                        + " requests got no answer and were asked again elsewhere");
        assertTrue(asked.stream().anyMatch(one -> one.broken > 0));
        assertEachCallOnce("/gateway/", before);
        fleet.member(Services.GATEWAY, 0).launch();
        fleet.member(Services.GATEWAY, 0).awaitStarted();
    }

    /// Creates calls at a steady pace, and breaks something in the middle.
    private List<Asked> load(String prefix, Fault fault) throws Exception {
        try (ScheduledExecutorService pace = Executors.newScheduledThreadPool(1);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Future<Asked>>> begun = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                int number = i;
                begun.add(
                        pace.schedule(
                                () -> threads.submit(() -> create(prefix + number, number % 2)),
                                (long) i * EVERY_MS,
                                TimeUnit.MILLISECONDS));
            }
            Future<Future<Boolean>> broken =
                    pace.schedule(
                            () -> threads.submit(() -> strike(fault)),
                            CALLS / 3L * EVERY_MS,
                            TimeUnit.MILLISECONDS);
            List<Asked> asked = new ArrayList<>();
            for (Future<Future<Asked>> one : begun) {
                asked.add(one.get().get());
            }
            broken.get().get();
            return asked;
        }
    }

    private interface Fault {
        void strike() throws Exception;
    }

    private static boolean strike(Fault fault) throws Exception {
        fault.strike();
        return true;
    }

    /// Asks until the call is made: at the same gateway when it says 503, at the other one when it
    /// says nothing.
    private Asked create(String path, int gateway) throws Exception {
        Map<String, String> repeatable = api(gateway).repeatable();
        String body =
                """
                {"targets":[{"rawId":"4:+15550100001"}],"callbackUri":"%s",
                 "sourceCallerIdNumber":{"value":"+15550100000"}}\
                """
                        .formatted(receiver.uri(path));
        long startedNs = System.nanoTime();
        int unavailable = 0;
        int broken = 0;
        while (System.nanoTime() - startedNs < LONG.toNanos()) {
            try {
                HttpResponse<String> answer =
                        api(gateway + broken)
                                .send("POST", "/calling/callConnections" + V2026, body, repeatable);
                if (answer.statusCode() != 503) {
                    assertEquals(201, answer.statusCode(), answer::body);
                    return new Asked(startedNs, System.nanoTime(), unavailable, broken);
                }
                assertTrue(answer.headers().firstValue("Retry-After").isPresent());
                unavailable++;
            } catch (IOException noAnswer) {
                broken++;
            }
        }
        throw new AssertionError(path + " was not served in time");
    }

    private ApiClient api(int gateway) {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + (firstHttp + gateway % 2) + "/"),
                KEY,
                http,
                InstantSource.system());
    }

    private void assertEachCallOnce(String prefix, int before) {
        Eventually.holds(
                LONG,
                () -> IntStream.range(0, CALLS).allMatch(n -> !ends(prefix + n).isEmpty()),
                () -> "all calls end: " + rang.get() + " rang");
        for (int n = 0; n < CALLS; n++) {
            assertEquals(1, ends(prefix + n).stream().distinct().count(), prefix + n);
        }
        assertEquals(before + CALLS, rang.get(), "the phone rang once for each");
    }

    /// Bodies of the events that say that a call is over; the same one may come twice.
    private List<String> ends(String path) {
        return receiver.requests().stream()
                .filter(request -> request.uri().getPath().equals(path))
                .map(WebhookReceiver.Request::body)
                .filter(event -> event.contains("CreateCallFailed"))
                .toList();
    }
}
