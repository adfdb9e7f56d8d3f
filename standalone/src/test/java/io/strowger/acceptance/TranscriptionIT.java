package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.StreamReceiver;
import io.strowger.testsupport.StreamReceiver.Session;
import io.strowger.testsupport.ToneRecognizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls whose words go to a WebSocket server: real phones that hum, for a recogniser that takes a
/// tone for a word.
class TranscriptionIT extends PeopleStage {
    private final ToneRecognizer recognizer = ToneRecognizer.start();
    private StreamReceiver application;

    TranscriptionIT() throws Exception {}

    @Override
    protected Map<String, String> further() throws Exception {
        Map<String, String> settings = new HashMap<>(super.further());
        settings.put("STROWGER_MEDIA_RECOGNIZER_URL", recognizer.uri().toString());
        return settings;
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
        String targets =
                Arrays.stream(numbers)
                        .map(number ->
                                "{\"kind\":\"phoneNumber\",\"phoneNumber\":{\"value\":\""
                                        + number
                                        + "\"}}")
                        .collect(Collectors.joining(","));
        return stage.request(
                        "POST",
                        "/calling/callConnections" + V2026,
                        """
                        {"targets":[%s],"sourceCallerIdNumber":{"value":"+15550100000"},
                         "callbackUri":"%s","operationContext":"call",
                         "transcriptionOptions":{"transportType":"websocket","transportUrl":"%s",
                           "locale":"en-US",%s}}\
                        """
                                .formatted(
                                        targets,
                                        stage.receiver.uri(path),
                                        application.uri("/words" + path),
                                        options),
                        201)
                .path("callConnectionId")
                .asText();
    }

    private static List<JsonNode> said(Session session, String who, String text) {
        return session.frames("TranscriptionData").stream()
                .map(frame -> frame.path("transcriptionData"))
                .filter(data -> data.path("participantRawID").asText().equals("4:" + who))
                .filter(data -> data.path("text").asText().equals(text))
                .toList();
    }

    private static JsonNode awaitSaid(Session session, String who, String text) {
        Eventually.holds(
                SOON,
                () -> !said(session, who, text).isEmpty(),
                () -> "\"" + text + "\" of " + who + " in " + session.frames());
        return said(session, who, text).getFirst();
    }

    private static Set<String> wordsOf(Session session, String who) {
        return session.frames("TranscriptionData").stream()
                .map(frame -> frame.path("transcriptionData"))
                .filter(data -> data.path("participantRawID").asText().equals("4:" + who))
                .map(data -> data.path("text").asText())
                .collect(Collectors.toSet());
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
        JsonNode word = awaitSaid(session, ANN, "en-US 440");
        awaitSaid(session, BEN, "en-US 660");
        assertEquals("Final", word.path("resultStatus").asText());
        assertEquals(0.9, word.path("confidence").asDouble());
        assertEquals(5_000_000, word.path("duration").asLong());
        assertEquals(2, word.path("words").size());
        assertEquals(
                word.path("offset").asLong() + 2_500_000,
                word.path("words").get(1).path("offset").asLong());
        JsonNode soFar = awaitSaid(session, ANN, "en-US");
        assertEquals("Intermediate", soFar.path("resultStatus").asText());
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
        awaitSaid(session, ANN, "de-DE 440");
        awaitSaid(session, BEN, "de-DE 660");
        assertEquals("de-DE", subscription(connection).path("locale").asText());

        stage.act(connection, ":stopTranscription", "{\"operationContext\":\"enough\"}", 202);
        JsonNode stopped = stage.awaitEvent("/words", "TranscriptionStopped");
        assertEquals("enough", stopped.path("operationContext").asText());
        assertUpdate(stopped, "transcriptionStopped", "subscriptionStopped");
        Eventually.holds("the stream is closed", SOON, session::isClosed);
        assertEquals(1000, session.closeStatus());
        assertEquals("inactive", subscription(connection).path("state").asText());
        assertEquals(Set.of("en-US", "en-US 440", "de-DE", "de-DE 440"), wordsOf(session, ANN));
        assertEquals(Set.of("en-US", "en-US 660", "de-DE", "de-DE 660"), wordsOf(session, BEN));
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
        int asked = recognizer.starts().size();
        stage.act(
                connection,
                ":startTranscription",
                "{\"locale\":\"fr-FR\",\"operationContext\":\"french\"}",
                202);
        JsonNode started = stage.awaitEvent("/later", "TranscriptionStarted");
        assertEquals("french", started.path("operationContext").asText());
        Session session = application.sessions().getFirst();
        awaitSaid(session, ANN, "fr-FR 440");
        assertEquals(Set.of("fr-FR 440"), wordsOf(session, ANN));
        assertEquals(asked + 1, recognizer.starts().size());

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
