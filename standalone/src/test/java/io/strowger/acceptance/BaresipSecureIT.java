package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.NUMBER;
import static io.strowger.acceptance.Stage.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.tone.ToneDetector;
import io.strowger.media.wav.WavReader;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.tls.TlsCertificate;
import io.strowger.testsupport.Baresip;
import io.strowger.testsupport.Baresip.Answering;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A call over TLS with SRTP to baresip, a phone that nobody here wrote.
@Tag("interop")
class BaresipSecureIT {
    @Test
    void hearsThePromptAndItsKeysAreHeardOverTlsAndSrtp(@TempDir Path folder) throws Exception {
        TlsCertificate own =
                TlsCertificate.load(
                        new Settings.Tls(0, "", ""),
                        "test",
                        new TlsCertificate.Place(folder, "baresip", ""),
                        Instant.now());
        String pem = own.certificatePem() + own.keyPem();
        try (Baresip phone = Baresip.secure(folder.resolve("b"), NUMBER, Answering.AUTO, pem);
                Stage stage = open(folder, phone)) {
            String connection = stage.create(NUMBER, "/secure");
            stage.awaitEvent("/secure", "CallConnected");
            stage.play(connection, stage.tone(440, 1500), false);
            stage.awaitEvent("/secure", "PlayCompleted");
            stage.act(
                    connection,
                    ":recognize",
                    """
                    {"recognizeInputType":"dtmf",
                     "recognizeOptions":{"targetParticipant":{"rawId":"4:%s"},
                       "initialSilenceTimeoutInSeconds":15,
                       "dtmfOptions":{"maxTonesToCollect":2}}}\
                    """
                            .formatted(NUMBER),
                    202);
            phone.press("12");
            var recognized = stage.awaitEvent("/secure", "RecognizeCompleted");
            stage.act(connection, ":terminate", "", 204);
            phone.awaitEvent("CALL_CLOSED", SOON);

            assertEquals("[\"one\",\"two\"]", recognized.at("/dtmfResult/tones").toString());
            var audio = assertInstanceOf(WavReader.Audio.class, WavReader.read(phone.heard()));
            int heardMs = ToneDetector.heardMs(audio.samples(), 440);
            assertTrue(heardMs >= 1300 && heardMs <= 1600, heardMs + " ms of 440 Hz were heard");
        }
    }

    private static Stage open(Path folder, Baresip phone) throws Exception {
        return Stage.open(
                folder.resolve("data"),
                Map.of(),
                Map.of(
                        "STROWGER_SIP_TLS_PORT",
                        "0",
                        "STROWGER_SIP_TLS_TRUSTFILE",
                        folder.resolve("baresip.crt").toString(),
                        "STROWGER_TRUNKS",
                        "[{name: baresip, uri: \"sips:"
                                + phone.tlsAddress()
                                + "\", prefixes: [\"+1\"], srtp: require}]"));
    }
}
