package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.media.tone.Tones;
import io.strowger.phone.PhoneSettings.Clip;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.StreamReceiver;
import io.strowger.testsupport.StreamReceiver.Session;
import io.strowger.testsupport.ToneRecognizer;
import io.strowger.testsupport.ToneRecognizer.Listening;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls whose words go to a WebSocket server: people who speak in tones, to a recogniser that
/// knows what each tone means.
class TranscriptionIT extends PeopleStage {
    private static final double YES_HZ = 700;
    private static final double NO_HZ = 1000;
    private static final int WORD_MS = 400;
    private static final int LOUDNESS = 8000;
    private final ToneRecognizer recognizer =
            ToneRecognizer.start(Map.of(YES_HZ, "yes", NO_HZ, "no"));
    private StreamReceiver application;

    TranscriptionIT() throws Exception {}

    @Override
    protected Map<String, String> further() {
        return Map.of("STROWGER_MEDIA_RECOGNIZER_URL", recognizer.url());
    }

    @AfterAll
    void stopRecognizing() throws Exception {
        recognizer.close();
    }

    @BeforeEach
    void listen() throws Exception {
        application = StreamReceiver.start();
    }

    @AfterEach
    void stopListening() throws Exception {
        application.close();
    }

    private String call(String path, String options, String... numbers) throws Exception {
        return streamedCall(
                path,
                "transcriptionOptions",
                application.uri("/words" + path),
                "\"locale\":\"en-US\"," + options,
                numbers);
    }

    private static void says(Person who, double hz) {
        who.call().say(new Clip(Tones.sine(hz, WORD_MS, LOUDNESS), false));
    }

    /// @param status Final or Intermediate
    private static JsonNode awaitSaid(Session session, String who, String text, String status) {
        Eventually.holds(
                SOON,
                () -> !said(session, who, text, status).isEmpty(),
                () -> "\"" + text + "\" of " + who + " in " + session.frames());
        return said(session, who, text, status).getFirst();
    }

    private static List<JsonNode> said(Session session, String who, String text, String status) {
        return session.frames("TranscriptionData").stream()
                .map(frame -> frame.path("transcriptionData"))
                .filter(data -> data.path("participantRawID").asText().equals("4:" + who))
                .filter(data -> data.path("text").asText().equals(text))
                .filter(data -> data.path("resultStatus").asText().equals(status))
                .toList();
    }

    private static List<String> textsOf(Session session, String who) {
        return session.frames("TranscriptionData").stream()
                .map(frame -> frame.path("transcriptionData"))
                .filter(data -> data.path("participantRawID").asText().equals("4:" + who))
                .filter(data -> data.path("resultStatus").asText().equals("Final"))
                .map(data -> data.path("text").asText())
                .toList();
    }

    /// The languages that were asked for since then, in order, each once.
    private List<String> languages(int since) {
        return recognizer.listenings().stream()
                .skip(since)
                .map(Listening::start)
                .filter(Objects::nonNull)
                .map(start -> start.path("locale").asText())
                .distinct()
                .toList();
    }

    private JsonNode subscription(String connection) throws Exception {
        return stage.request("GET", "/calling/callConnections/" + connection + V2026, "", 200)
                .path("transcriptionSubscription");
    }

    private static void assertUpdate(JsonNode event, String status, String details) {
        assertEquals(
                "{\"transcriptionStatus\":\"%s\",\"transcriptionStatusDetails\":\"%s\"}"
                        .formatted(status, details),
                event.path("transcriptionUpdate").toString());
    }

    @Test
    void peopleAreUnderstoodEachByThemselvesInTheLanguageOfTheMoment() throws Exception {
        int listeningsBefore = recognizer.listenings().size();
        int annBefore = ann.phone.calls().size();
        int benBefore = ben.phone.calls().size();
        String connection =
                call(
                        "/words",
                        "\"startTranscription\":true,\"enableIntermediateResults\":true",
                        ANN,
                        BEN);
        ann.awaitAnswered(annBefore);
        ben.awaitAnswered(benBefore);
        JsonNode started = stage.awaitEvent("/words", "TranscriptionStarted");
        assertEquals("call", started.path("operationContext").asText());
        assertUpdate(started, "transcriptionStarted", "subscriptionStarted");
        Eventually.holds("connected", SOON, () -> !application.sessions().isEmpty());
        Session session = application.sessions().getFirst();
        assertEquals(connection, session.header("x-ms-call-connection-id"));
        says(ann, YES_HZ);
        says(ben, NO_HZ);
        JsonNode yes = awaitSaid(session, ANN, "yes", "Final");
        awaitSaid(session, BEN, "no", "Final");
        awaitSaid(session, ANN, "yes", "Intermediate");
        assertEquals(0.9, yes.path("confidence").asDouble());
        assertTrue(yes.path("duration").asLong() >= 3_000_000, yes.toString());
        assertEquals("yes", yes.path("words").path(0).path("text").asText());
        JsonNode metadata = session.frames().getFirst().path("transcriptionMetadata");
        assertEquals("en-US", metadata.path("locale").asText());
        assertEquals(connection, metadata.path("callConnectionId").asText());
        assertEquals(started.path("correlationId"), metadata.path("correlationId"));
        assertEquals(metadata.path("subscriptionId"), subscription(connection).path("id"));
        assertEquals(
                "[\"final\",\"intermediate\"]",
                subscription(connection).path("subscribedResultTypes").toString());

        stage.act(
                connection,
                ":updateTranscription",
                "{\"locale\":\"de-DE\",\"operationContext\":\"german\"}",
                202);
        JsonNode updated = stage.awaitEvent("/words", "TranscriptionUpdated");
        assertEquals("german", updated.path("operationContext").asText());
        assertUpdate(updated, "transcriptionUpdated", "transcriptionLocaleUpdated");
        assertEquals("de-DE", subscription(connection).path("locale").asText());
        says(ann, NO_HZ);
        JsonNode no = awaitSaid(session, ANN, "no", "Final");
        assertTrue(no.path("offset").asLong() > yes.path("offset").asLong(), "time goes on");
        assertEquals(List.of("en-US", "de-DE"), languages(listeningsBefore));

        says(ben, YES_HZ);
        awaitSaid(session, BEN, "yes", "Intermediate");
        stage.act(connection, ":stopTranscription", "{\"operationContext\":\"enough\"}", 202);
        JsonNode stopped = stage.awaitEvent("/words", "TranscriptionStopped");
        assertEquals("enough", stopped.path("operationContext").asText());
        assertUpdate(stopped, "transcriptionStopped", "subscriptionStopped");
        Eventually.holds("the stream is closed", SOON, session::isClosed);
        assertEquals(1000, session.closeStatus());
        assertEquals("inactive", subscription(connection).path("state").asText());
        assertEquals(List.of("yes", "no"), textsOf(session, ANN));
        assertEquals(List.of("no", "yes"), textsOf(session, BEN), "last words are told");
        stage.act(connection, ":stopTranscription", "{}", 400);
        stage.act(connection, ":updateTranscription", "{\"locale\":\"german\"}", 400);
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/words", "CallDisconnected");
        stage.assertGapFree("/words");
    }

    @Test
    void itBeginsWhenItIsAskedForAndEndsWithTheCall() throws Exception {
        int before = ann.phone.calls().size();
        String connection = call("/later", "\"startTranscription\":false", ANN);
        ann.awaitAnswered(before);
        stage.awaitEvent("/later", "CallConnected");
        assertEquals("inactive", subscription(connection).path("state").asText());
        int listeningsBefore = recognizer.listenings().size();
        stage.act(
                connection,
                ":startTranscription",
                "{\"locale\":\"fr-FR\",\"operationContext\":\"french\"}",
                202);
        JsonNode started = stage.awaitEvent("/later", "TranscriptionStarted");
        assertEquals("french", started.path("operationContext").asText());
        Session session = application.sessions().getFirst();
        says(ann, YES_HZ);
        awaitSaid(session, ANN, "yes", "Final");
        assertEquals(List.of(), said(session, ANN, "yes", "Intermediate"));
        assertEquals(List.of("fr-FR"), languages(listeningsBefore));

        stage.act(connection, ":terminate", "", 204);

        stage.awaitEvent("/later", "TranscriptionStopped");
        stage.awaitEvent("/later", "CallDisconnected");
        Eventually.holds("the stream is closed", SOON, session::isClosed);
    }

    @Test
    void aStreamThatIsRefusedFailsAndTheCallGoesOn() throws Exception {
        application.refuse(404);
        int before = ann.phone.calls().size();
        String connection = call("/refused", "\"startTranscription\":true", ANN);
        ann.awaitAnswered(before);

        JsonNode failed = stage.awaitEvent("/refused", "TranscriptionFailed");

        assertEquals(400, failed.path("resultInformation").path("code").asInt());
        assertEquals(8581, failed.path("resultInformation").path("subCode").asInt());
        assertUpdate(failed, "transcriptionFailed", "badRequest");
        assertTrue(application.sessions().isEmpty());
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/refused", "CallDisconnected");
    }
}
