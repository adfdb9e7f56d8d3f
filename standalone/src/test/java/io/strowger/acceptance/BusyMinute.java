package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.NUMBER;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.kafka.Topics;
import io.strowger.dashboards.Prometheus;
import io.strowger.testsupport.WebhookReceiver;
import io.strowger.testsupport.WebhookReceiver.Answer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Something of everything that a dashboard shows: calls come and go, are played to, listened to
/// and recorded; phones register; a stranger is refused, and a call too many; a receiver is down
/// for a while, records are unreadable. A round of it between two looks of Prometheus.
final class BusyMinute {
    private static final int[] CALLS = {2, 4, 6, 7, 8, 7, 5, 4, 5, 7, 6, 4, 2, 0};

    /// The application may have so many at a time, and wants one more.
    static final int MOST_CALLS = 9;

    private static final HttpClient STRANGER = HttpClient.newHttpClient();
    private final Stage stage;
    private final WatchedServices services;
    private final Person ann;
    private final Prometheus prometheus;

    /// Of an application that is down for a while.
    private final WebhookReceiver down;

    private final Deque<String> calls = new ArrayDeque<>();
    private final Deque<String> recordings = new ArrayDeque<>();
    private int created;

    /// @param down a receiver for it alone, closed by the caller
    BusyMinute(
            Stage stage,
            WatchedServices services,
            Person ann,
            Prometheus prometheus,
            WebhookReceiver down) {
        this.down = down;
        this.stage = stage;
        this.services = services;
        this.ann = ann;
        this.prometheus = prometheus;
    }

    /// Returns when Prometheus has seen the end of it.
    void passes() throws Exception {
        for (int round = 0; round < CALLS.length; round++) {
            callsAre(CALLS[round]);
            recorded(round);
            if (round == 2 || round == 6) {
                listenedTo(calls.getLast());
            }
            whatGoesWrong(round);
            if (round == 1 || round == 5) {
                Person.registered(round == 1 ? "bob" : "carol", 1100, services.sipPort()).close();
            }
            prometheus.awaitScrape();
        }
        prometheus.awaitScrape();
    }

    private void callsAre(int wanted) throws Exception {
        while (calls.size() > wanted) {
            stage.act(calls.removeFirst(), ":terminate", "", 204);
        }
        while (calls.size() < wanted) {
            int before = ann.phone.calls().size();
            String path = "/call/" + created++;
            String connection = stage.create(NUMBER, path);
            ann.awaitAnswered(before);
            stage.awaitEvent(path, "CallConnected");
            stage.play(connection, stage.tone(700, 1500), false);
            calls.addLast(connection);
        }
    }

    private void recorded(int round) throws Exception {
        if (round == 1 || round == 3) {
            recordings.addLast(
                    stage.request(
                                    "POST",
                                    "/calling/recordings" + V2026,
                                    "{\"callConnectionId\":\"" + calls.getLast() + "\"}",
                                    200)
                            .path("recordingId")
                            .asText());
        }
        if (round == 5 || round == 8) {
            stage.fetch("GET", content(recordings.getFirst()), Map.of());
            stage.request(
                    "DELETE", "/calling/recordings/" + recordings.removeFirst() + V2026, "", 204);
        }
    }

    /// Ann hums her word all the time.
    private void listenedTo(String connection) throws Exception {
        stage.act(
                connection,
                ":recognize",
                """
                {"recognizeInputType":"speech","recognizeOptions":{"targetParticipant":
                 {"rawId":"4:%s"},"interruptCallMediaOperation":true,
                 "initialSilenceTimeoutInSeconds":5}}\
                """
                        .formatted(NUMBER),
                202);
    }

    /// Not there yet: it grows.
    private static String content(String recording) {
        return "http://any/v1/objects/" + recording + "/content/audio";
    }

    private void whatGoesWrong(int round) throws Exception {
        if (round >= 2 && round <= 8) {
            assertEquals(401, asStranger());
        }
        if (round == 3 || round == 7) {
            unreadable(Topics.CALL_COMMANDS.name());
            unreadable(Topics.RECORDING_COMMANDS.name());
        }
        if (round == 4) {
            down.answer(request -> Answer.status(503));
            calls.addLast(stage.create(NUMBER, down.uri("/call")));
            assertEquals(MOST_CALLS, calls.size());
            stage.request(
                    "POST",
                    "/calling/callConnections" + V2026,
                    """
                    {"targets":[{"kind":"phoneNumber","phoneNumber":{"value":"%s"}}],
                     "sourceCallerIdNumber":{"value":"+15550100000"},"callbackUri":"%s"}\
                    """
                            .formatted(NUMBER, down.uri("/call")),
                    429);
        }
        if (round == 9) {
            down.answer(request -> Answer.status(200));
        }
    }

    private int asStranger() throws Exception {
        return STRANGER.send(
                        HttpRequest.newBuilder(
                                        services.endpoint()
                                                .resolve("calling/callConnections/x" + V2026))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private void unreadable(String topic) throws Exception {
        try (KafkaProducer<String, byte[]> producer = services.kafka().producer(0)) {
            producer.send(new ProducerRecord<>(topic, "key", "{}".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
