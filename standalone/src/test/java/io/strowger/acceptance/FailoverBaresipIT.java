package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.NUMBER;
import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.wav.WavReader;
import io.strowger.testsupport.Baresip;
import io.strowger.testsupport.Baresip.Answering;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.WebhookReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// A call to baresip, a phone that nobody here wrote, outlives its worker.
@Isolated
@Tag("interop")
class FailoverBaresipIT {
    private static final String RECOGNIZE =
            """
            {"recognizeInputType":"dtmf",
             "playPrompt":{"kind":"file","file":{"uri":"%s"}},
             "recognizeOptions":{"targetParticipant":{"rawId":"4:%s"},"interruptPrompt":true,
               "initialSilenceTimeoutInSeconds":15,
               "dtmfOptions":{"maxTonesToCollect":2}}}\
            """;
    private static final String CREATE =
            """
            {"targets":[{"rawId":"4:%s"}],"callbackUri":"%s",
             "sourceCallerIdNumber":{"value":"+15550100000"}}\
            """;

    @Test
    void baresipKeepsItsCallWhenTheWorkerIsKilled(@TempDir Path folder) throws Exception {
        Baresip phone =
                Baresip.start(folder.resolve("phone"), NUMBER, Answering.AUTO, new short[0]);
        Parts parts =
                Parts.start(
                        Parts.environment(
                                folder.resolve("data"), Map.of("+1", phone.address()), Map.of()));
        try (phone;
                Stage stage = parts.stage(WebhookReceiver.start());
                Command first = parts.worker(0)) {
            String body = CREATE.formatted(NUMBER, stage.receiver.uri("/kept"));
            String connection =
                    stage.requestOnceServed("/calling/callConnections" + V2026, body, 201)
                            .path("callConnectionId")
                            .asText();
            stage.awaitEvent("/kept", "CallConnected");
            stage.play(connection, stage.tone(700, 300), true);
            stage.awaitEvent("/kept", "PlayStarted");
            try (Command second = parts.worker(1)) {
                first.kill();

                stage.act(connection, ":cancelAllMediaOperations", "", 202);
                stage.awaitEvent("/kept", "PlayCanceled");
                stage.play(connection, stage.tone(1500, 1000), false);
                stage.awaitEvent("/kept", "PlayCompleted");
                String recognize = RECOGNIZE.formatted(stage.tone(900, 5000), NUMBER);
                stage.act(connection, ":recognize", recognize, 202);
                Eventually.holds(
                        SOON,
                        () -> Collections.frequency(stage.types("/kept"), "PlayStarted") == 3,
                        () -> "the prompt begins: " + stage.types("/kept"));
                phone.press("42");
                JsonNode pressed = stage.awaitEvent("/kept", "RecognizeCompleted");
                stage.act(connection, ":terminate", "", 204);
                stage.awaitEvent("/kept", "CallDisconnected");
                phone.awaitEvent("CALL_CLOSED", SOON);

                assertEquals(
                        "[\"four\",\"two\"]", pressed.path("dtmfResult").path("tones").toString());
                int heardMs = heardMs(phone, 1500);
                assertTrue(heardMs >= 700, heardMs + " ms were heard of the second worker");
                assertEquals(
                        List.of(
                                "CallConnected",
                                "ParticipantsUpdated",
                                "PlayStarted",
                                "PlayCanceled",
                                "PlayStarted",
                                "PlayCompleted",
                                "PlayStarted",
                                "RecognizeCompleted",
                                "CallDisconnected"),
                        stage.types("/kept"));
                stage.assertGapFree("/kept");
                assertEquals(0, second.terminate(SOON));
            }
        }
    }

    private static int heardMs(Baresip phone, double frequencyHz) throws IOException {
        var audio = assertInstanceOf(WavReader.Audio.class, WavReader.read(phone.heard()));
        return ToneDetector.heardMs(audio.samples(), frequencyHz);
    }
}
