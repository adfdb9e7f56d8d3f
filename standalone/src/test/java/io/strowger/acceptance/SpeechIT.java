package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.media.tone.Tones;
import io.strowger.phone.PhoneSettings.Clip;
import io.strowger.phone.PhoneSettings.Silence;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.ToneRecognizer;
import io.strowger.testsupport.ToneRecognizer.Listening;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// People who speak in tones, to a recogniser that knows what each tone means: over SIP and RTP, a
/// WebSocket, and back as events.
class SpeechIT extends PeopleStage {
    private static final double YES_HZ = 700;
    private static final double NO_HZ = 1000;
    private static final double PROMPT_HZ = 1900;
    private static final int PROMPT_MS = 8000;
    private static final String CHOICES =
            """
            "choices":[{"label":"Confirm","phrases":["yes"],"tone":"one"},
                       {"label":"Cancel","phrases":["stop"],"tone":"two"}]\
            """;
    private final ToneRecognizer recognizer =
            ToneRecognizer.start(Map.of(YES_HZ, "yes", NO_HZ, "no"));

    SpeechIT() throws Exception {}

    @Override
    protected Map<String, String> further() {
        return Map.of(
                "STROWGER_MEDIA_RECOGNIZER_URL",
                recognizer.url(),
                "STROWGER_MEDIA_RECOGNIZER_TOKEN",
                "open-sesame");
    }

    @AfterAll
    void stopListening() throws Exception {
        recognizer.close();
    }

    /// Ann, called and silent.
    private String call(String path) throws Exception {
        int before = ann.phone.calls().size();
        String connection = stage.create(ANN, path);
        ann.awaitAnswered(before);
        ann.call().say(new Silence());
        stage.awaitEvent(path, "CallConnected");
        return connection;
    }

    private void recognize(String connection, String type, String context, String more)
            throws Exception {
        stage.act(
                connection,
                ":recognize",
                """
                {"recognizeInputType":"%s","operationContext":"%s",
                 "recognizeOptions":{"targetParticipant":{"phoneNumber":{"value":"%s"}}%s}}\
                """
                        .formatted(type, context, ANN, more.isEmpty() ? "" : "," + more),
                202);
    }

    private void say(double hz) {
        ann.call().say(new Clip(Tones.sine(hz, 500, 8000), false));
    }

    /// The newest one, which has the frames of the call by now.
    private Listening listening(int before) {
        Eventually.holds(
                "somebody listens",
                SOON,
                () ->
                        recognizer.listenings().size() > before
                                && recognizer.listenings().get(before).frames() > 0);
        return recognizer.listenings().get(before);
    }

    private JsonNode told(String path, String type, String context) {
        return stage.awaitEvent(
                path, type, data -> data.path("operationContext").asText().equals(context));
    }

    private static void assertResult(int code, int subCode, JsonNode event) {
        assertEquals(
                code + "/" + subCode,
                event.path("resultInformation").path("code").asInt()
                        + "/"
                        + event.path("resultInformation").path("subCode").asInt());
    }

    @Test
    void aWordBreaksOffThePromptAndIsTheAnswer() throws Exception {
        int before = recognizer.listenings().size();
        String connection = call("/speech");
        stage.act(
                connection,
                ":recognize",
                """
                {"recognizeInputType":"speech","operationContext":"name",
                 "playPrompts":[{"kind":"file","file":{"uri":"%s"}}],
                 "recognizeOptions":{"targetParticipant":{"phoneNumber":{"value":"%s"}},
                   "interruptPrompt":true,"speechLanguage":"en-GB",
                   "speechOptions":{"endSilenceTimeoutInMs":300}}}\
                """
                        .formatted(stage.tone(PROMPT_HZ, PROMPT_MS), ANN),
                202);
        ann.awaitHears(PROMPT_HZ);

        say(YES_HZ);

        JsonNode completed = told("/speech", "RecognizeCompleted", "name");
        assertResult(200, 0, completed);
        assertEquals("speech", completed.path("recognitionType").asText());
        assertEquals(
                "{\"speech\":\"yes\",\"confidence\":0.9}",
                completed.path("speechResult").toString());
        assertTrue(completed.path("dtmfResult").isMissingNode());
        assertTrue(ann.heardMs(PROMPT_HZ) < PROMPT_MS / 2, "the prompt was broken off");
        Listening listening = listening(before);
        JsonNode start = listening.start();
        assertNotNull(start);
        assertEquals("en-GB", start.path("locale").asText());
        assertEquals(300, start.path("endSilenceMs").asInt());
        assertEquals(completed.path("serverCallId").asText(), start.path("serverCallId").asText());
        assertEquals("Bearer open-sesame", listening.header("Authorization"));
        Eventually.holds("nobody listens any more", SOON, listening::isClosed);
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/speech", "CallDisconnected");
        stage.assertGapFree("/speech");
    }

    @Test
    void choicesAreMadeByPhraseOrKeyOrNotAtAll() throws Exception {
        int before = recognizer.listenings().size();
        String connection = call("/choices");
        recognize(connection, "choices", "phrase", CHOICES);
        assertEquals("[\"yes\",\"stop\"]", phrases(before));
        say(YES_HZ);
        JsonNode byPhrase = told("/choices", "RecognizeCompleted", "phrase");
        assertResult(200, 8545, byPhrase);
        assertEquals("choices", byPhrase.path("recognitionType").asText());
        assertEquals(
                "{\"label\":\"Confirm\",\"recognizedPhrase\":\"yes\",\"confidence\":0.9}",
                byPhrase.path("choiceResult").toString());

        recognize(connection, "choices", "key", CHOICES);
        listening(before + 1);
        ann.call().press("2");
        JsonNode byKey = told("/choices", "RecognizeCompleted", "key");
        assertResult(200, 8533, byKey);
        assertEquals("{\"label\":\"Cancel\"}", byKey.path("choiceResult").toString());

        recognize(connection, "choices", "wrong", CHOICES);
        listening(before + 2);
        ann.call().press("9");
        assertResult(500, 8534, told("/choices", "RecognizeFailed", "wrong"));

        recognize(connection, "choices", "no choice", CHOICES);
        listening(before + 3);
        say(NO_HZ);
        assertResult(400, 8547, told("/choices", "RecognizeFailed", "no choice"));

        recognize(
                connection,
                "choices",
                "silence",
                CHOICES + ",\"initialSilenceTimeoutInSeconds\":1");
        assertResult(400, 8510, told("/choices", "RecognizeFailed", "silence"));
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/choices", "CallDisconnected");
    }

    private String phrases(int number) {
        JsonNode start = listening(number).start();
        return start == null ? "" : start.path("phrases").toString();
    }

    @Test
    void ofSpeechAndKeysTheFirstCounts() throws Exception {
        int before = recognizer.listenings().size();
        String connection = call("/either");
        String keys = "\"dtmfOptions\":{\"maxTonesToCollect\":2}";
        recognize(connection, "speechOrDtmf", "keys", keys);
        listening(before);
        ann.call().press("47");
        JsonNode pressed = told("/either", "RecognizeCompleted", "keys");
        assertResult(200, 8531, pressed);
        assertEquals("dtmf", pressed.path("recognitionType").asText());
        assertEquals("[\"four\",\"seven\"]", pressed.path("dtmfResult").path("tones").toString());

        recognize(connection, "speechOrDtmf", "words", keys);
        listening(before + 1);
        say(NO_HZ);
        JsonNode spoken = told("/either", "RecognizeCompleted", "words");
        assertEquals("no", spoken.path("speechResult").path("speech").asText());
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/either", "CallDisconnected");
    }

    @Test
    void aRecogniserThatRefusesFailsTheRecognitionAndNotTheCall() throws Exception {
        int before = recognizer.listenings().size();
        String connection = call("/refused");
        recognizer.refuse(403);
        try {
            recognize(connection, "speech", "refused", "");

            assertResult(403, 8565, told("/refused", "RecognizeFailed", "refused"));
        } finally {
            recognizer.refuse(0);
        }
        recognize(connection, "speech", "taken", "");
        listening(before);
        say(YES_HZ);
        assertResult(200, 0, told("/refused", "RecognizeCompleted", "taken"));
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/refused", "CallDisconnected");
    }
}
