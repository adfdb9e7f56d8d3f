package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.kafka.KafkaCluster;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.FreePorts;
import io.strowger.testsupport.WebhookReceiver;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Brokers die under a call that is recorded: one of three, then all of them for longer than any
/// lease. The call goes on, the application is told to come back later, and once there are brokers
/// again everything is as if nothing had been.
@Isolated
class BrokersIT {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Duration ASK_AGAIN = Duration.ofMillis(300);
    private static final Duration OUTAGE = Duration.ofSeconds(30);
    private static final Duration UNHEARD_AT_MOST = Duration.ofMillis(800);
    private static final String EVENTS = "/calls";

    @Test
    void aRecordedCallOutlivesAllBrokers(@TempDir Path data) throws Exception {
        WebhookReceiver receiver = WebhookReceiver.start();
        receiver.answer(PeopleStage::confirm);
        try (Person ann = Person.atTrunk("ann", 440);
                Person ben = Person.atTrunk("ben", 660);
                KafkaCluster cluster = KafkaCluster.start(data.resolve("brokers"), ports())) {
            cluster.awaitNodes(3, LONG);
            try (Stage stage = open(data, ann, ben, cluster, receiver)) {
                String connection = connect(stage, ann, ben);
                String recording = record(stage, connection);

                oneBrokerDies(stage, cluster, connection, ann, ben);
                int recordedMs = allBrokersAreAway(stage, cluster, connection, ann, ben);
                cluster.start(1);
                cluster.start(2);
                cluster.start(3);
                cluster.awaitNodes(3, LONG);
                catchesUp(stage, connection, ann);

                fileIsWhole(stage, recording, recordedMs, ann, ben);
                stage.act(connection, ":terminate", "", 204);
                stage.awaitEvent(EVENTS, "CallDisconnected");
                stage.assertGapFree(EVENTS);
            }
        }
    }

    private static List<Integer> ports() throws Exception {
        List<Integer> ports = new ArrayList<>();
        int first = FreePorts.pairs(KafkaCluster.NODES);
        for (int i = 0; i < 2 * KafkaCluster.NODES; i++) {
            ports.add(first + i);
        }
        return ports;
    }

    private static Stage open(
            Path data, Person ann, Person ben, KafkaCluster cluster, WebhookReceiver receiver)
            throws Exception {
        return Stage.open(
                data.resolve("platform"),
                Map.of("+1", ann.phone.address(), "+2", ben.phone.address()),
                Map.of(
                        "STROWGER_KAFKA_BOOTSTRAPSERVERS",
                        cluster.bootstrapServers(),
                        "STROWGER_KAFKA_REPLICATIONFACTOR",
                        "3",
                        "STROWGER_GATEWAY_REPLYTIMEOUT",
                        "2s",
                        "STROWGER_APPLICATIONS",
                        "[{name: app, incomingCallUrl: \""
                                + receiver.uri(PeopleStage.INCOMING)
                                + "\"}]"),
                receiver);
    }

    private static String connect(Stage stage, Person ann, Person ben) throws Exception {
        String body =
                """
                {"targets":[{"rawId":"4:%s"},{"rawId":"4:%s"}],
                 "sourceCallerIdNumber":{"value":"+15550100000"},"callbackUri":"%s"}\
                """
                        .formatted(PeopleStage.ANN, PeopleStage.BEN, stage.receiver.uri(EVENTS));
        HttpResponse<String> created =
                stage.ask("POST", "/calling/callConnections" + V2026, body, Map.of());
        assertEquals(201, created.statusCode(), created::body);
        stage.awaitEvent(
                EVENTS, "ParticipantsUpdated", event -> event.path("participants").size() == 2);
        ann.awaitHears(ben.toneHz);
        ben.awaitHears(ann.toneHz);
        return callConnection(stage);
    }

    private static String callConnection(Stage stage) {
        return stage.events(EVENTS).getFirst().path("data").path("callConnectionId").asText();
    }

    private static String record(Stage stage, String connection) throws Exception {
        return stage.request(
                        "POST",
                        "/calling/recordings" + V2026,
                        "{\"callConnectionId\":\"" + connection + "\"}",
                        200)
                .path("recordingId")
                .asText();
    }

    private static void oneBrokerDies(
            Stage stage, KafkaCluster cluster, String connection, Person ann, Person ben)
            throws Exception {
        forgetGaps(ann, ben);
        cluster.kill(1);
        long killedNs = System.nanoTime();

        play(stage, connection, 1500, "one");

        long tookMs = Duration.ofNanos(System.nanoTime() - killedNs).toMillis();
        System.out.println(
                "one broker killed: a play was over after " + tookMs + " ms, " + gaps(ann, ben));
    }

    /// @return how long the call was recorded so far at least
    private static int allBrokersAreAway(
            Stage stage, KafkaCluster cluster, String connection, Person ann, Person ben)
            throws Exception {
        forgetGaps(ann, ben);
        cluster.kill(2);
        cluster.kill(3);
        int before = ann.call().heard().length;

        HttpResponse<String> answer =
                stage.ask(
                        "POST",
                        "/calling/callConnections/"
                                + connection
                                + ":cancelAllMediaOperations"
                                + V2026,
                        "",
                        Map.of());
        Eventually.holds(
                OUTAGE.plus(SOON),
                () -> ann.call().heard().length - before >= OUTAGE.toMillis() * 8,
                () -> "the call goes on");

        assertEquals(503, answer.statusCode(), answer::body);
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
        int annMs = ann.heardMs(ben.toneHz);
        System.out.println("no broker for " + OUTAGE + ": " + gaps(ann, ben));
        return annMs;
    }

    private static void catchesUp(Stage stage, String connection, Person ann) throws Exception {
        long startedNs = System.nanoTime();
        play(stage, connection, 1800, "again");
        long tookMs = Duration.ofNanos(System.nanoTime() - startedNs).toMillis();
        System.out.println("brokers are back: a play was over after " + tookMs + " ms");
        assertTrue(ann.heardMs(1800) > 200, "the play is heard");
    }

    /// Asks until it is accepted, as an application does that is told to come back later.
    private static void play(Stage stage, String connection, double hz, String context)
            throws Exception {
        String body =
                """
                {"playSources":[{"kind":"file","file":{"uri":"%s"}}],"operationContext":"%s"}\
                """
                        .formatted(stage.tone(hz, 400), context);
        HttpResponse<String> answer = ask(stage, connection, body);
        long endNs = System.nanoTime() + LONG.toNanos();
        while (answer.statusCode() == 503 && System.nanoTime() < endNs) {
            long laterNs = System.nanoTime() + ASK_AGAIN.toNanos();
            Eventually.holds("it is later", SOON, () -> System.nanoTime() - laterNs > 0);
            answer = ask(stage, connection, body);
        }
        assertEquals(202, answer.statusCode(), answer.body());
        Eventually.holds(
                LONG,
                () ->
                        stage.events(EVENTS).stream()
                                .anyMatch(event ->
                                        event.path("type").asText().endsWith("PlayCompleted")
                                                && event.path("data")
                                                        .path("operationContext")
                                                        .asText()
                                                        .equals(context)),
                () -> "the play is told of: " + stage.events(EVENTS));
    }

    private static HttpResponse<String> ask(Stage stage, String connection, String body)
            throws Exception {
        return stage.ask(
                "POST", "/calling/callConnections/" + connection + ":play" + V2026, body, Map.of());
    }

    private static void fileIsWhole(
            Stage stage, String recording, int recordedMs, Person ann, Person ben)
            throws Exception {
        stage.request("DELETE", "/calling/recordings/" + recording + V2026, "", 204);
        JsonNode file =
                stage.awaitGridEvent(
                        PeopleStage.INCOMING,
                        "RecordingFileStatusUpdated",
                        event -> event.path("subject").asText().endsWith(recording));
        String url =
                file.path("recordingStorageInfo")
                        .path("recordingChunks")
                        .path(0)
                        .path("contentLocation")
                        .asText();
        Recorded recorded = Recorded.of(stage.fetch("GET", url, Map.of()).body());

        System.out.println(
                "recorded "
                        + recorded.durationMs()
                        + " ms, "
                        + recorded.heardMs(0, ann.toneHz)
                        + " ms of ann, "
                        + recorded.heardMs(0, ben.toneHz)
                        + " ms of ben; ann heard ben for "
                        + recordedMs
                        + " ms");
        assertTrue(recorded.durationMs() >= OUTAGE.toMillis());
        assertTrue(recorded.heardMs(0, ann.toneHz) >= 0.97 * recorded.durationMs() - 500);
        assertTrue(recorded.heardMs(0, ben.toneHz) >= 0.97 * recorded.durationMs() - 500);
    }

    private static void forgetGaps(Person... people) {
        for (Person person : people) {
            person.call().takeLongestGap();
        }
    }

    private static String gaps(Person... people) {
        List<Long> gaps = new ArrayList<>();
        for (Person person : people) {
            gaps.add(person.call().takeLongestGap().toMillis());
        }
        assertTrue(
                gaps.stream().allMatch(gap -> gap < UNHEARD_AT_MOST.toMillis()),
                () -> "nothing was heard for " + gaps + " ms");
        return "nothing was heard for at most " + gaps + " ms";
    }
}
