package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.NUMBER;
import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;

import io.strowger.media.tone.Tones;
import io.strowger.testsupport.Baresip;
import io.strowger.testsupport.Baresip.Answering;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A phone that nobody here wrote asks for a transfer (REFER): somebody else takes its place.
@Tag("interop")
class BaresipTransferIT {
    private static final String ANN = "+25550100002";

    @Test
    void somebodyElseTakesThePlaceOfAPhoneThatTransfers(@TempDir Path folder) throws Exception {
        short[] hum = Tones.sine(1700, 2000, 6000);
        try (Baresip phone = Baresip.start(folder.resolve("phone"), NUMBER, Answering.AUTO, hum);
                Person ann = Person.atTrunk("ann", 440);
                Stage stage =
                        Stage.open(
                                folder.resolve("data"),
                                Map.of("+1", phone.address(), "+2", ann.phone.address()),
                                Map.of("STROWGER_USERS", PeerToPeerStoryIT.USERS));
                Person bob = Person.registered("bob", 1100, stage.platform().sipPort())) {
            stage.request(
                    "POST",
                    "/calling/callConnections" + V2026,
                    """
                    {"targets":[{"phoneNumber":{"value":"%s"}},{"phoneNumber":{"value":"%s"}}],
                     "sourceCallerIdNumber":{"value":"+15550100000"},"callbackUri":"%s"}\
                    """
                            .formatted(NUMBER, ANN, stage.receiver.uri("/refer")),
                    201);
            stage.awaitEvent(
                    "/refer", "ParticipantsUpdated", data -> data.path("participants").size() == 2);

            phone.command("transfer", "sip:bob@127.0.0.1:" + stage.platform().sipPort());

            bob.awaitAnswered(0);
            phone.awaitEvent("CALL_CLOSED", SOON);
            ann.awaitHears(bob.toneHz);
            bob.awaitHears(ann.toneHz);
            stage.awaitEvent(
                    "/refer",
                    "ParticipantsUpdated",
                    data ->
                            data.path("participants").size() == 2
                                    && data.toString().contains("strowger_bob"));
        }
    }
}
