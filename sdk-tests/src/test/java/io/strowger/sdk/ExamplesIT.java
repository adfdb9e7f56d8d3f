package io.strowger.sdk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.acceptance.PeopleStage;
import io.strowger.acceptance.Stage;
import io.strowger.phone.PhoneCall;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The applications in `examples`, as they are, with people at real phones.
@Tag("interop")
class ExamplesIT extends PeopleStage {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path SOURCES = Path.of("..", "examples", "javascript").toAbsolutePath();
    private final int menuPort = freePort();

    ExamplesIT() throws IOException {}

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            return socket.getLocalPort();
        }
    }

    /// The number of the menu belongs to the example.
    @Override
    protected Map<String, String> further() {
        return Map.of(
                "STROWGER_APPLICATIONS",
                "[{name: clinic, incomingCallUrl: \"http://127.0.0.1:" + menuPort + "/\"}]");
    }

    private Program start(String example, int port, Map<String, String> further) throws Exception {
        Path folder = Program.npm(SOURCES);
        for (String file : List.of("callbacks.js", example)) {
            Files.deleteIfExists(folder.resolve(file));
            Files.copy(SOURCES.resolve(file), folder.resolve(file));
        }
        Map<String, String> environment = new HashMap<>(further);
        environment.put(
                "CONNECTION_STRING",
                stage.platform()
                        .connectionString(stage.platform().secureEndpoint().orElseThrow()));
        environment.put("NODE_EXTRA_CA_CERTS", Trust.certificate(dataFolder).toString());
        environment.put("PORT", Integer.toString(port));
        environment.put("CALLBACK", "http://127.0.0.1:" + port + "/");
        return Program.start(folder, environment, List.of("node", example));
    }

    @Test
    void aPatientIsRemindedAndSaysThatHeComes() throws Exception {
        int before = ann.phone.calls().size();
        try (Program reminder =
                start(
                        "reminder.js",
                        freePort(),
                        Map.of(
                                "CALLER",
                                "+15550100000",
                                "PATIENT",
                                ANN,
                                "PROMPT",
                                stage.tone(1700, 2000).toString()))) {
            ann.awaitAnswered(before);
            ann.awaitHears(1700);
            ann.call().press("1");

            reminder.awaitLine("the patient comes", SOON);
            reminder.awaitSuccess(SOON);
        }
        assertTrue(ann.call().awaitState(PhoneCall.State.ENDED, Stage.SOON), "it is over");
    }

    @Test
    void aCallerHearsTheMenuTwiceAndIsPutThroughToAPerson() throws Exception {
        int before = bob.phone.calls().size();
        try (Program menu =
                start(
                        "menu.js",
                        menuPort,
                        Map.of(
                                "PERSON",
                                "8:acs:strowger_bob",
                                "PROMPT",
                                stage.tone(1700, 2000).toString()))) {
            menu.awaitLine("listening", SOON);
            PhoneCall call =
                    ann.phone.call(
                            "sip:" + APPLICATION + "@127.0.0.1:" + stage.platform().sipPort());
            menu.awaitLine("answered", SOON);
            ann.awaitHears(1700);
            call.press("1");
            menu.awaitLine("the menu again", SOON);
            ann.awaitHears(1700);
            call.press("2");

            menu.awaitLine("transferred", SOON);
            bob.awaitAnswered(before);
            ann.awaitHears(bob.toneHz);
            bob.call().hangUp();
            assertTrue(call.awaitState(PhoneCall.State.ENDED, Stage.SOON), "both are gone");
        }
    }
}
