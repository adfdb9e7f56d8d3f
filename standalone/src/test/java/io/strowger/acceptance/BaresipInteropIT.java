package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.NUMBER;
import static io.strowger.acceptance.Stage.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.wav.WavReader;
import io.strowger.testsupport.Baresip;
import io.strowger.testsupport.Baresip.Answering;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.WebhookReceiver.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Calls to baresip, a phone that nobody here wrote.
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BaresipInteropIT {
    private static final String ASKED = "+25550100001";
    private Baresip phone;
    private Baresip asked;
    private Stage stage;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        phone = Baresip.start(folder.resolve("auto"), NUMBER, Answering.AUTO, new short[0]);
        asked = Baresip.start(folder.resolve("manual"), ASKED, Answering.MANUAL, new short[0]);
        stage =
                Stage.open(
                        folder.resolve("data"),
                        Map.of("+1", phone.address(), "+2", asked.address()),
                        Map.of("STROWGER_CALLS_RINGTIMEOUT", "3s"));
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
        phone.close();
        asked.close();
    }

    @Test
    void hearsThePromptAndItsKeysAreRecognized() throws Exception {
        String connection = stage.create(NUMBER, "/prompt");
        stage.awaitEvent("/prompt", "CallConnected");

        stage.play(connection, stage.tone(440, 1500), false);
        stage.awaitEvent("/prompt", "PlayCompleted");
        stage.act(
                connection,
                ":recognize",
                """
                {"recognizeInputType":"dtmf",
                 "recognizeOptions":{"targetParticipant":{"rawId":"4:%s"},
                   "initialSilenceTimeoutInSeconds":15,
                   "dtmfOptions":{"interToneTimeoutInSeconds":5,"stopTones":["pound"]}}}\
                """
                        .formatted(NUMBER),
                202);
        phone.press("1122#");
        JsonNode recognized = stage.awaitEvent("/prompt", "RecognizeCompleted");
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/prompt", "CallDisconnected");
        phone.awaitEvent("CALL_CLOSED", SOON);

        assertEquals(
                "[\"one\",\"one\",\"two\",\"two\"]",
                recognized.path("dtmfResult").path("tones").toString());
        assertEquals(8514, recognized.path("resultInformation").path("subCode").asInt());
        int heardMs = heardMs(440);
        assertTrue(heardMs >= 1300 && heardMs <= 1600, heardMs + " ms of 440 Hz were heard");
        stage.assertGapFree("/prompt");
    }

    @Test
    void hearsALoopUntilItIsCancelled() throws Exception {
        String connection = stage.create(NUMBER, "/loop");
        stage.awaitEvent("/loop", "CallConnected");

        stage.play(connection, stage.tone(700, 300), true);
        stage.awaitEvent("/loop", "PlayStarted");
        long startNs = System.nanoTime();
        Eventually.holds(
                "the loop goes on", SOON, () -> System.nanoTime() - startNs > 2_000_000_000L);
        stage.act(connection, ":cancelAllMediaOperations", "", 202);
        stage.awaitEvent("/loop", "PlayCanceled");
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/loop", "CallDisconnected");

        Eventually.holds("baresip heard the loop", SOON, () -> heardMs(700) >= 1500);
    }

    @Test
    void hangsUpItself() throws Exception {
        stage.create(NUMBER, "/hangup");
        stage.awaitEvent("/hangup", "CallConnected");

        phone.command("hangup", "");

        JsonNode over = stage.awaitEvent("/hangup", "CallDisconnected");
        assertEquals(560000, over.path("resultInformation").path("subCode").asInt());
    }

    @Test
    void putsTheCallOnHoldAndBack() throws Exception {
        String connection = stage.create(NUMBER, "/hold");
        stage.awaitEvent("/hold", "CallConnected");

        phone.command("hold", "");
        stage.awaitEvent("/hold", "ParticipantsUpdated", data -> isOnHold(data));
        phone.command("resume", "");
        stage.awaitEvent(
                "/hold",
                "ParticipantsUpdated",
                data -> data.path("sequenceNumber").asInt() >= 3 && !isOnHold(data));

        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/hold", "CallDisconnected");
        stage.assertGapFree("/hold");
    }

    private static boolean isOnHold(JsonNode data) {
        return data.path("participants").path(0).path("isOnHold").asBoolean();
    }

    @Test
    void refusesAsBusy() throws Exception {
        stage.create(ASKED, "/busy");
        asked.awaitEvent("CALL_INCOMING", SOON);

        asked.command("hangup", "");

        JsonNode failed = stage.awaitEvent("/busy", "CreateCallFailed");
        assertEquals(
                560000 + failed.path("resultInformation").path("code").asInt(),
                failed.path("resultInformation").path("subCode").asInt());
    }

    @Test
    void isCancelledWhenItDoesNotAnswer() throws Exception {
        stage.create(ASKED, "/away");

        JsonNode failed = stage.awaitEvent("/away", "CreateCallFailed");

        assertEquals(560487, failed.path("resultInformation").path("subCode").asInt());
        asked.awaitEvent("CALL_CLOSED", SOON);
    }

    @Test
    void aReceiverThatIsDownMissesNothingOfItsCall() throws Exception {
        stage.receiver.answer(
                request -> Answer.status(request.uri().getPath().equals("/down") ? 503 : 200));
        String connection = stage.create(NUMBER, "/down");
        Eventually.holds("a first try", SOON, () -> !stage.events("/down").isEmpty());
        stage.act(connection, ":terminate", "", 204);

        stage.receiver.answer(request -> Answer.status(200));

        stage.awaitEvent("/down", "CallDisconnected");
        stage.assertGapFree("/down");
    }

    private int heardMs(double frequencyHz) {
        try {
            var audio = assertInstanceOf(WavReader.Audio.class, WavReader.read(phone.heard()));
            return ToneDetector.heardMs(audio.samples(), frequencyHz);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
