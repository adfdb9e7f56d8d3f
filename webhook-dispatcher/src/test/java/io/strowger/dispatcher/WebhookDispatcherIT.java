package io.strowger.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.WebhookReceiver;
import io.strowger.testsupport.WebhookReceiver.Answer;
import io.strowger.testsupport.WebhookReceiver.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class WebhookDispatcherIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEAD_LETTERS = Topics.CALLBACK_DELIVERIES.deadLetterName();
    @TempDir private static Path directory;
    private static DispatcherFixture fixture;
    private DispatcherFixture.Running dispatcher;
    private String name;

    @BeforeAll
    static void startBroker() throws Exception {
        fixture = new DispatcherFixture(directory);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        fixture.close();
    }

    @BeforeEach
    void start(TestInfo info) throws Exception {
        name = info.getDisplayName();
        dispatcher = fixture.start();
    }

    @AfterEach
    void stop() throws Exception {
        dispatcher.service().stop();
    }

    @Test
    void deliversTheEventsOfManyCallsEachInOrderAndCommits() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            for (int sequence = 1; sequence <= 20; sequence++) {
                for (int call = 0; call < 10; call++) {
                    fixture.tell(event(call, receiver, sequence));
                }
            }

            receiver.awaitRequests(200, DispatcherFixture.SOON);

            for (int call = 0; call < 10; call++) {
                assertEquals(sequences(1, 20), firstSequences(receiver, call));
            }
            fixture.awaitAllCommitted();
        }
    }

    @Test
    void aHealthyDeliveryWritesNothingToTheLog() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            for (int sequence = 1; sequence <= 50; sequence++) {
                fixture.tell(event(0, receiver, sequence));
            }

            receiver.awaitRequests(50, DispatcherFixture.SOON);

            fixture.awaitAllCommitted();
            String call = Events.call(name + 0).toString();
            assertEquals(
                    0,
                    fixture.all(Topics.CALLBACK_DELIVERIES.name()).stream()
                            .filter(record -> record.key().startsWith(call))
                            .count());
        }
    }

    @Test
    void aReceiverThatDoesNotAnswerDelaysNobodyElse() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (WebhookReceiver stuck = WebhookReceiver.start();
                WebhookReceiver other = WebhookReceiver.start()) {
            stuck.answer(request -> {
                await(release);
                return Answer.status(200);
            });
            for (int call = 0; call < 300; call++) {
                fixture.tell(event(call, stuck, 1));
                fixture.tell(event(call, other, 1));
            }

            other.awaitRequests(300, Duration.ofSeconds(10));

            assertTrue(stuck.requests().size() <= 64, "more under way than allowed");
            fixture.awaitAllCommitted();
            release.countDown();
            stuck.awaitRequests(300, DispatcherFixture.SOON);
        }
    }

    @Test
    void keepsOrderWhileAReceiverRefusesAndGetsEverythingToItAfterwards() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            receiver.answer(request -> Answer.status(503));
            for (int sequence = 1; sequence <= 5; sequence++) {
                fixture.tell(event(0, receiver, sequence));
            }
            receiver.awaitRequests(2, DispatcherFixture.SOON);
            List<String> refused = ids(receiver);
            receiver.answer(request -> Answer.status(204));

            Eventually.holds("all five", DispatcherFixture.SOON, () -> firstIds(receiver) == 5);

            assertEquals(1, refused.stream().distinct().count(), "only the first was tried");
            assertEquals(sequences(1, 5), firstSequences(receiver, 0));
            fixture.awaitAllCommitted();
        }
    }

    @Test
    void deliversWhenAReceiverThatWasDownComesBack() throws Exception {
        WebhookReceiver first = WebhookReceiver.start();
        int port = first.port();
        EventRecord event = event(0, first, 1);
        first.close();
        fixture.tell(event);
        fixture.awaitAllCommitted();

        try (WebhookReceiver back = WebhookReceiver.start(port)) {
            Request request = back.awaitRequests(1, DispatcherFixture.SOON).getFirst();

            assertEquals(event.eventId().toString(), request.headers().get("webhook-id"));
        }
    }

    @Test
    void parkedEventsSurviveARestartInOrder() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            receiver.answer(request -> Answer.status(500));
            for (int sequence = 1; sequence <= 8; sequence++) {
                fixture.tell(event(0, receiver, sequence));
            }
            receiver.awaitRequests(1, DispatcherFixture.SOON);
            fixture.awaitAllCommitted();
            assertEquals(8, fixture.parked(Events.call(name + 0)).size());
            assertTrue(dispatcher.telemetry().scrape().contains("strowger_webhooks_parked "));
            dispatcher.service().stop();
            int before = receiver.requests().size();
            receiver.answer(request -> Answer.status(200));

            dispatcher = fixture.start();

            Eventually.holds("all eight", DispatcherFixture.SOON, () -> firstIds(receiver) == 8);
            assertEquals(before + 8, receiver.requests().size());
            assertEquals(sequences(1, 8), firstSequences(receiver, 0));
            Eventually.holds(
                    "nothing is left parked",
                    DispatcherFixture.SOON,
                    () -> fixture.parked(Events.call(name + 0)).isEmpty());
        }
    }

    @Test
    void everyAttemptHasTheTraceOfItsEventThoughItWasParked() throws Exception {
        TraceContext trace =
                new TraceContext(
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "congo=t61");
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            receiver.answer(request -> Answer.status(500));
            fixture.tell(event(0, receiver, 1), trace);
            fixture.tell(event(0, receiver, 2));
            receiver.awaitRequests(2, DispatcherFixture.SOON);
            fixture.awaitAllCommitted();
            dispatcher.service().stop();
            receiver.answer(request -> Answer.status(200));

            dispatcher = fixture.start();

            Eventually.holds("both", DispatcherFixture.SOON, () -> firstIds(receiver) == 2);
            for (Request request : receiver.requests()) {
                boolean traced = JSON.readTree(request.body()).get(0).get("sequence").asInt() == 1;
                assertEquals(
                        traced ? trace.traceparent() : null, request.headers().get("traceparent"));
                assertEquals(
                        traced ? trace.tracestate() : null, request.headers().get("tracestate"));
            }
        }
    }

    @Test
    void instancesShareTheWorkAndTakeItOverFromEachOther() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            for (int call = 0; call < 8; call++) {
                fixture.tell(event(call, receiver, 1));
            }
            DispatcherFixture.Running second = fixture.start(1, Map.of());
            for (int sequence = 2; sequence <= 30; sequence++) {
                for (int call = 0; call < 8; call++) {
                    fixture.tell(event(call, receiver, sequence));
                }
            }
            receiver.awaitRequests(60, DispatcherFixture.SOON);

            dispatcher.service().stop();

            Eventually.holds("all", DispatcherFixture.SOON, () -> firstIds(receiver) == 240);
            for (int call = 0; call < 8; call++) {
                assertEquals(sequences(1, 30), firstSequences(receiver, call));
            }
            fixture.awaitAllCommitted();
            second.service().stop();
        }
    }

    @Test
    void goneStopsTheReceiverForThatConnectionOnly() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            int before = fixture.all(DEAD_LETTERS).size();
            String leaving = "/" + name + "/0";
            receiver.answer(
                    request -> Answer.status(request.uri().getPath().equals(leaving) ? 410 : 200));
            for (int sequence = 1; sequence <= 3; sequence++) {
                fixture.tell(event(0, receiver, sequence));
                fixture.tell(event(1, receiver, sequence));
            }

            List<ConsumerRecord<String, byte[]>> letters =
                    fixture.awaitDeadLetters(DEAD_LETTERS, before + 3);

            assertEquals(sequences(1, 3), firstSequences(receiver, 1));
            assertEquals(List.of(1L), firstSequences(receiver, 0));
            ConsumerRecord<String, byte[]> last = letters.getLast();
            assertEquals(
                    "the receiver answered 410 Gone",
                    DispatcherFixture.header(last, KafkaHeaders.REASON));
            assertTrue(
                    DispatcherFixture.header(last, KafkaHeaders.ORIGIN).startsWith("call.events/"));
            assertEquals(3, Topics.CALL_EVENTS.codec().decode(last.value()).sequence());
            fixture.awaitAllCommitted();
        }
    }

    @Test
    void aPrivateAddressIsRefusedUnlessAllowed() throws Exception {
        dispatcher.service().stop();
        dispatcher = fixture.start(0, Map.of("STROWGER_WEBHOOKS_ALLOWPRIVATEADDRESSES", "false"));
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            int before = fixture.all(DEAD_LETTERS).size();
            fixture.tell(event(0, receiver, 1));

            ConsumerRecord<String, byte[]> letter =
                    fixture.awaitDeadLetters(DEAD_LETTERS, before + 1).getLast();

            assertEquals("loopback address", DispatcherFixture.header(letter, KafkaHeaders.REASON));
            assertEquals(List.of(), receiver.requests());
        }
    }

    @Test
    void anUnreadableRecordIsADeadLetterAndDelaysNothing() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            int before = fixture.all("call.events.dlq").size();
            fixture.tellUnreadable("someone", "no event");
            fixture.tell(event(0, receiver, 1));

            receiver.awaitRequests(1, DispatcherFixture.SOON);

            ConsumerRecord<String, byte[]> letter =
                    fixture.awaitDeadLetters("call.events.dlq", before + 1).getLast();
            assertEquals("no event", new String(letter.value(), StandardCharsets.UTF_8));
            fixture.awaitAllCommitted();
        }
    }

    @Test
    void signsTwice() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            fixture.tell(event(0, receiver, 1));

            Request request = receiver.awaitRequests(1, DispatcherFixture.SOON).getFirst();

            Map<String, String> headers = request.headers();
            String[] token =
                    String.valueOf(headers.get("authorization"))
                            .substring("Bearer ".length())
                            .split("\\.");
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initVerify(fixture.secrets().tokenPublicKey());
            rsa.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
            assertTrue(rsa.verify(Base64.getUrlDecoder().decode(token[2])));
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(token[1]));
            assertEquals("https://calls.example.com", claims.get("iss").asText());
            assertEquals(fixture.secrets().resourceId(), claims.get("aud").asText());
            assertEquals(300, claims.get("exp").asLong() - claims.get("iat").asLong());
            JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(token[0]));
            assertEquals(fixture.secrets().tokenKeyId(), header.get("kid").asText());

            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(fixture.secrets().signingSecret(), "HmacSHA256"));
            String signed =
                    headers.get("webhook-id")
                            + "."
                            + headers.get("webhook-timestamp")
                            + "."
                            + request.body();
            byte[] expected = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    "v1," + Base64.getEncoder().encodeToString(expected),
                    headers.get("webhook-signature"));
            assertEquals("application/json", headers.get("content-type"));
        }
    }

    private EventRecord event(int call, WebhookReceiver receiver, long sequence) {
        return Events.event(
                name + call, receiver.uri("/" + name + "/" + call), sequence, Instant.now());
    }

    private static List<Long> sequences(long from, long to) {
        return java.util.stream.LongStream.rangeClosed(from, to).boxed().toList();
    }

    /// The sequence numbers that a call's receiver saw, in order of the first time each.
    private List<Long> firstSequences(WebhookReceiver receiver, int call) throws Exception {
        LinkedHashSet<Long> seen = new LinkedHashSet<>();
        for (Request request : receiver.requests()) {
            if (request.uri().getPath().equals("/" + name + "/" + call)) {
                seen.add(JSON.readTree(request.body()).get(0).get("sequence").asLong());
            }
        }
        return List.copyOf(seen);
    }

    private static List<String> ids(WebhookReceiver receiver) {
        return receiver.requests().stream()
                .map(request -> String.valueOf(request.headers().get("webhook-id")))
                .toList();
    }

    private static long firstIds(WebhookReceiver receiver) {
        return ids(receiver).stream().distinct().count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
