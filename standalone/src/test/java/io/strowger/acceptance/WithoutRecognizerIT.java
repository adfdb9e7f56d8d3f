package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/// An installation without a speech recogniser hears keys and says so of the rest.
class WithoutRecognizerIT extends PeopleStage {
    private void recognize(String connection, String type, String more) throws Exception {
        stage.act(
                connection,
                ":recognize",
                """
                {"recognizeInputType":"%s","operationContext":"%s",
                 "playPrompts":[{"kind":"file","file":{"uri":"%s"}}],
                 "recognizeOptions":{"targetParticipant":{"phoneNumber":{"value":"%s"}}%s}}\
                """
                        .formatted(type, type, stage.tone(1900, 5000), ANN, more),
                202);
    }

    private JsonNode told(String type, String context) {
        return stage.awaitEvent(
                "/deaf", type, data -> data.path("operationContext").asText().equals(context));
    }

    @Test
    void speechFailsAtOnceAndKeysStillChoose() throws Exception {
        int before = ann.phone.calls().size();
        String connection = stage.create(ANN, "/deaf");
        ann.awaitAnswered(before);
        stage.awaitEvent("/deaf", "CallConnected");

        recognize(connection, "speech", "");
        JsonNode failed = told("RecognizeFailed", "speech").path("resultInformation");
        assertEquals(400, failed.path("code").asInt());
        assertEquals(8565, failed.path("subCode").asInt());

        recognize(
                connection,
                "choices",
                ",\"choices\":[{\"label\":\"Confirm\",\"phrases\":[\"yes\"],\"tone\":\"one\"}]");
        ann.awaitHears(1900);
        ann.call().press("1");
        JsonNode chosen = told("RecognizeCompleted", "choices");
        assertEquals(8533, chosen.path("resultInformation").path("subCode").asInt());
        assertEquals("Confirm", chosen.path("choiceResult").path("label").asText());

        recognize(connection, "speechOrDtmf", ",\"dtmfOptions\":{\"maxTonesToCollect\":1}");
        ann.awaitHears(1900);
        ann.call().press("5");
        assertEquals(
                "[\"five\"]",
                told("RecognizeCompleted", "speechOrDtmf")
                        .path("dtmfResult")
                        .path("tones")
                        .toString());
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/deaf", "CallDisconnected");
        stage.assertGapFree("/deaf");
    }
}
