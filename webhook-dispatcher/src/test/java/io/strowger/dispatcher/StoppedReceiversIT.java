package io.strowger.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.contracts.kafka.Topics;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.TestJvm;
import io.strowger.testsupport.WebhookReceiver;
import io.strowger.testsupport.WebhookReceiver.Answer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Receivers that answered 410 Gone stay known whatever becomes of the dispatchers.
class StoppedReceiversIT {
    private static final String STOPPED = "/admin/webhooks/stopped";
    private static final String DEAD_LETTERS = Topics.CALLBACK_DELIVERIES.deadLetterName();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CALLS = 6;

    @Test
    void whoSaidGoneIsNotAskedAfterAKillOrByAnotherDispatcherUntilAnOperatorResumesIt(
            @TempDir Path folder) throws Exception {
        try (DispatcherFixture fixture = new DispatcherFixture(folder);
                WebhookReceiver receiver = WebhookReceiver.start()) {
            receiver.answer(request -> Answer.status(410));
            TestJvm killed = DispatcherProcess.start(fixture);
            tell(fixture, receiver, 1);
            fixture.awaitDeadLetters(DEAD_LETTERS, CALLS);
            killed.kill();
            receiver.answer(request -> Answer.status(200));

            DispatcherFixture.Running first = fixture.start();
            tell(fixture, receiver, 2);
            fixture.awaitDeadLetters(DEAD_LETTERS, 2 * CALLS);
            DispatcherFixture.Running second = fixture.start(1, java.util.Map.of());
            tell(fixture, receiver, 3);
            fixture.awaitDeadLetters(DEAD_LETTERS, 3 * CALLS);

            assertEquals(CALLS, receiver.requests().size(), "asked again though it is gone");
            try (AdminClient admin =
                    new AdminClient(second.service(), fixture.secrets().accessKeys().getFirst())) {
                resumeOneOf(admin, fixture, receiver);
            }
            assertTrue(
                    first.telemetry()
                            .scrape()
                            .contains("strowger_webhook_receivers_stopped " + (CALLS - 1)));
            first.service().stop();
            second.service().stop();
        }
    }

    @Test
    void aSubscriptionThatSaidGoneIsNotAskedForAnyCallAfterARestart(@TempDir Path folder)
            throws Exception {
        try (DispatcherFixture fixture = new DispatcherFixture(folder);
                WebhookReceiver receiver = WebhookReceiver.start()) {
            receiver.answer(request -> Answer.status(410));
            java.util.Map<String, String> settings =
                    java.util.Map.of(
                            "STROWGER_APPLICATIONS",
                            "[{name: app, eventsUrl: \"" + receiver.uri("/0") + "\"}]");
            DispatcherFixture.Running first = fixture.start(0, settings);
            fixture.tell(Events.event("one", receiver.uri("/0"), 1, Instant.now()));
            fixture.awaitDeadLetters(DEAD_LETTERS, 1);
            first.service().stop();

            DispatcherFixture.Running second = fixture.start(0, settings);
            fixture.tell(Events.event("two", receiver.uri("/0"), 1, Instant.now()));
            fixture.awaitDeadLetters(DEAD_LETTERS, 2);

            assertEquals(
                    1,
                    receiver.requests().stream()
                            .filter(request -> request.headers().containsKey("webhook-id"))
                            .count());
            second.service().stop();
        }
    }

    private static void resumeOneOf(
            AdminClient admin, DispatcherFixture fixture, WebhookReceiver receiver)
            throws Exception {
        List<JsonNode> stopped = stopped(admin);
        JsonNode one =
                stopped.stream()
                        .filter(stop -> stop.get("callbackUri").asText().endsWith("/0"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(CALLS, stopped.size());
        assertEquals(Events.call("gone-0").toString(), one.get("serverCallId").asText());
        assertEquals("the receiver answered 410 Gone", one.get("reason").asText());
        String path = STOPPED + "/" + one.get("id").asText() + "/resume";
        assertEquals(401, admin.sendSignedWith(new byte[32], "POST", path).statusCode());

        HttpResponse<String> resumed = admin.send("POST", path);

        assertEquals(200, resumed.statusCode(), resumed.body());
        assertEquals(404, admin.send("POST", path).statusCode());
        assertEquals(404, admin.send("POST", STOPPED + "/mine/resume").statusCode());
        assertEquals(CALLS - 1, stopped(admin).size());
        int before = receiver.requests().size();
        long[] sequence = {3};
        Eventually.holds(
                "events come again, and only to whom was resumed",
                DispatcherFixture.SOON,
                () -> {
                    tell(fixture, receiver, ++sequence[0]);
                    return receiver.requests().size() > before;
                });
        assertFalse(
                receiver.requests().subList(before, receiver.requests().size()).stream()
                        .anyMatch(request -> !request.uri().getPath().equals("/0")));
    }

    private static List<JsonNode> stopped(AdminClient admin) throws Exception {
        HttpResponse<String> response = admin.send("GET", STOPPED);
        assertEquals(200, response.statusCode(), response.body());
        List<JsonNode> stopped = new ArrayList<>();
        JSON.readTree(response.body()).get("stopped").forEach(stopped::add);
        return stopped;
    }

    private static void tell(DispatcherFixture fixture, WebhookReceiver receiver, long sequence) {
        for (int call = 0; call < CALLS; call++) {
            fixture.tell(
                    Events.event(
                            "gone-" + call, receiver.uri("/" + call), sequence, Instant.now()));
        }
    }
}
