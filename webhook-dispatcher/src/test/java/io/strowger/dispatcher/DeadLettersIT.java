package io.strowger.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.contracts.kafka.Topics;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.WebhookReceiver;
import io.strowger.testsupport.WebhookReceiver.Answer;
import io.strowger.testsupport.WebhookReceiver.Request;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// What an operator does about events that were given up.
class DeadLettersIT {
    private static final String LETTERS = "/admin/webhooks/dead-letters";
    private static final String REPLAY = "/admin/webhooks/replay";
    private static final String DEAD_LETTERS = Topics.CALLBACK_DELIVERIES.deadLetterName();
    private static final ObjectMapper JSON = new ObjectMapper();
    @TempDir private static Path directory;
    private static DispatcherFixture fixture;
    private static DispatcherFixture.Running dispatcher;
    private static AdminClient admin;
    private String name;

    @BeforeAll
    static void start() throws Exception {
        fixture = new DispatcherFixture(directory);
        dispatcher = fixture.start();
        admin = new AdminClient(dispatcher.service(), fixture.secrets().accessKeys().getFirst());
    }

    @AfterAll
    static void stop() throws Exception {
        dispatcher.service().stop();
        admin.close();
        fixture.close();
    }

    @BeforeEach
    void name(TestInfo info) {
        name = info.getTestMethod().orElseThrow().getName();
    }

    @Test
    void oneIsShownAndSentAgainByItsId() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            giveUp(receiver, 1, 1);
            JsonNode listed = list(receiver, "").getFirst();
            long id = listed.get("id").asLong();
            Request refused = receiver.requests().getFirst();
            receiver.answer(request -> Answer.status(200));

            JsonNode shown = json(send("GET", LETTERS + "/" + id));
            JsonNode result = json(send("POST", LETTERS + "/" + id + "/replay"));

            assertEquals("the receiver answered 410 Gone", listed.get("reason").asText());
            assertEquals(receiver.uri("/0").toString(), shown.get("callbackUri").asText());
            assertEquals(JSON.readTree(refused.body()), shown.get("body"));
            assertEquals("accepted", result.get("outcome").asText());
            Request again = receiver.requests().getLast();
            assertEquals(refused.headers().get("webhook-id"), again.headers().get("webhook-id"));
            assertEquals(refused.body(), again.body());
            assertEquals(List.of(), list(receiver, ""));
            JsonNode kept = list(receiver, "&replayed=true").getFirst();
            assertTrue(kept.get("replayed").asBoolean());
            JsonNode twice = json(send("POST", LETTERS + "/" + id + "/replay"));
            assertEquals("skipped", twice.get("outcome").asText());
        }
    }

    @Test
    void allOfAReceiverAreSentAgainInOrderAndWhatFailsStays() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            giveUp(receiver, 2, 3);
            int before = receiver.requests().size();
            receiver.answer(
                    request -> Answer.status(request.uri().getPath().equals("/1") ? 500 : 200));

            List<JsonNode> first = lines(send("POST", REPLAY + query(receiver, "&limit=2")));
            receiver.answer(request -> Answer.status(200));
            List<JsonNode> second = lines(send("POST", REPLAY + query(receiver, "")));

            assertEquals(
                    List.of("accepted", "accepted", "accepted", "refused", "skipped", "skipped"),
                    outcomes(first));
            assertTrue(first.getLast().get("done").asBoolean());
            assertEquals(List.of("accepted", "accepted", "accepted"), outcomes(second));
            List<String> sent = new ArrayList<>();
            for (Request request :
                    receiver.requests().subList(before, receiver.requests().size())) {
                JsonNode event = JSON.readTree(request.body()).get(0);
                sent.add(request.uri().getPath() + "#" + event.get("sequence").asText());
            }
            assertEquals(
                    List.of("/0#1", "/0#2", "/0#3", "/1#1", "/1#1", "/1#2", "/1#3"),
                    sent.stream().sorted().toList());
            assertEquals(List.of("/1#1", "/1#2", "/1#3"), sent.subList(4, 7));
        }
    }

    @Test
    void timesNarrowDownAndPagesFollowEachOther() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            Instant start = Instant.now();
            giveUp(receiver, 5, 1);

            JsonNode page = json(send("GET", LETTERS + query(receiver, "&limit=3")));
            long next = page.get("next").asLong();

            assertEquals(3, page.get("deadLetters").size());
            assertEquals(2, list(receiver, "&limit=3&after=" + next).size());
            assertEquals(5, list(receiver, "&from=" + start).size());
            assertEquals(0, list(receiver, "&until=" + start).size());
            assertEquals(0, list(receiver, "&from=" + Instant.now().plusSeconds(1)).size());
        }
    }

    @Test
    void whoHasNoKeyLearnsNothing() throws Exception {
        HttpResponse<String> bare = admin.sendUnsigned(LETTERS);
        HttpResponse<String> forged =
                admin.sendSignedWith(new byte[32], "POST", REPLAY + "?receiver=a");

        assertEquals(401, bare.statusCode());
        assertEquals(401, forged.statusCode());
        assertFalse(bare.body().contains("deadLetters"), bare.body());
    }

    @Test
    void whatCannotBeMeantIsRefused() throws Exception {
        assertEquals(400, send("POST", REPLAY).statusCode());
        assertEquals(400, send("GET", LETTERS + "?reciever=a").statusCode());
        assertEquals(400, send("GET", LETTERS + "?from=yesterday").statusCode());
        assertEquals(400, send("GET", LETTERS + "?limit=0").statusCode());
        assertEquals(404, send("GET", LETTERS + "/99999999").statusCode());
        assertEquals(404, send("POST", LETTERS + "/mine/replay").statusCode());
    }

    /// Events of calls that the receiver does not want: dead letters at once.
    private void giveUp(WebhookReceiver receiver, int calls, int events) {
        int before = fixture.all(DEAD_LETTERS).size();
        receiver.answer(request -> Answer.status(410));
        for (int call = 0; call < calls; call++) {
            for (int sequence = 1; sequence <= events; sequence++) {
                URI uri = receiver.uri("/" + call);
                fixture.tell(Events.event(name + call, uri, sequence, Instant.now()));
            }
            int expected = before + (call + 1) * events;
            Eventually.holds(
                    "dead letters",
                    DispatcherFixture.SOON,
                    () -> fixture.all(DEAD_LETTERS).size() >= expected);
        }
    }

    private static List<JsonNode> list(WebhookReceiver receiver, String more) throws Exception {
        List<JsonNode> letters = new ArrayList<>();
        json(send("GET", LETTERS + query(receiver, more))).get("deadLetters").forEach(letters::add);
        return letters;
    }

    private static String query(WebhookReceiver receiver, String more) {
        return "?receiver=127.0.0.1:" + receiver.port() + more;
    }

    private static List<String> outcomes(List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.has("outcome"))
                .map(line -> line.get("outcome").asText())
                .toList();
    }

    private static List<JsonNode> lines(HttpResponse<String> response) throws Exception {
        assertEquals(200, response.statusCode(), response.body());
        List<JsonNode> lines = new ArrayList<>();
        for (String line : response.body().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertEquals(200, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }

    private static HttpResponse<String> send(String method, String target) throws Exception {
        return admin.send(method, target);
    }
}
