package io.strowger.sdk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.acceptance.Recorded;
import io.strowger.acceptance.Stage;
import io.strowger.phone.PhoneCall;
import io.strowger.testsupport.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The applications in `examples`, as they are, with people at real phones.
@Tag("interop")
class ExamplesIT extends SecureStage {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();
    private final int incomingPort = FreePorts.pair();
    private final int eventsPort = FreePorts.pair();

    ExamplesIT() throws IOException {}

    /// The language of an example: what starts the one of that name.
    enum Language {
        JAVASCRIPT {
            @Override
            Program start(String example, ExamplesIT stage, Map<String, String> environment)
                    throws Exception {
                Path sources = EXAMPLES.resolve("javascript");
                Path folder = Program.npm(sources);
                String script = example.toLowerCase(Locale.ROOT) + ".js";
                for (String file : List.of("callbacks.js", script)) {
                    Files.deleteIfExists(folder.resolve(file));
                    Files.copy(sources.resolve(file), folder.resolve(file));
                }
                environment.put(
                        "NODE_EXTRA_CA_CERTS", Trust.certificate(stage.dataFolder).toString());
                return Program.start(folder, environment, List.of("node", script));
            }
        },
        JAVA {
            @Override
            Program start(String example, ExamplesIT stage, Map<String, String> environment)
                    throws Exception {
                Path target = EXAMPLES.resolve("java/target");
                try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
                    List<Path> classPath =
                            Stream.concat(Stream.of(target.resolve("classes")), jars).toList();
                    return Program.start(
                            target,
                            environment,
                            Program.java(
                                    Trust.store(stage.dataFolder),
                                    classPath,
                                    "io.strowger.examples.calls." + example));
                }
            }
        };

        abstract Program start(String example, ExamplesIT stage, Map<String, String> environment)
                throws Exception;
    }

    /// The number of the menu and the news of files belong to the examples.
    @Override
    protected Map<String, String> further() throws Exception {
        Map<String, String> settings = new HashMap<>(super.further());
        settings.put(
                "STROWGER_APPLICATIONS",
                "[{name: clinic, incomingCallUrl: \"http://127.0.0.1:%d/\", eventsUrl: \"http://127.0.0.1:%d/\"}]"
                        .formatted(incomingPort, eventsPort));
        // A JVM may take its time for its first answer.
        settings.put("STROWGER_CALLS_INCOMINGRINGTIMEOUT", "20s");
        return settings;
    }

    private Program start(Language language, String example, int port, Map<String, String> further)
            throws Exception {
        Map<String, String> environment = new HashMap<>(further);
        environment.put("CONNECTION_STRING", connectionString());
        environment.put("CALLER", "+15550100000");
        environment.put("PROMPT", stage.tone(1700, 2000).toString());
        environment.put("PORT", Integer.toString(port));
        environment.put("CALLBACK", "http://127.0.0.1:" + port + "/");
        return language.start(example, this, environment);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aPatientIsRemindedAndSaysThatHeComes(Language language) throws Exception {
        int before = ann.phone.calls().size();
        try (Program reminder =
                start(language, "Reminder", FreePorts.pair(), Map.of("PATIENT", ANN))) {
            reminder.awaitLine("calling", SOON);
            ann.awaitAnswered(before);
            ann.awaitHears(1700);
            ann.call().press("1");

            reminder.awaitLine("the patient comes", SOON);
            reminder.awaitSuccess(SOON);
        }
        assertTrue(ann.call().awaitState(PhoneCall.State.ENDED, Stage.SOON), "it is over");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aCallerHearsTheMenuTwiceAndIsPutThroughToAPerson(Language language) throws Exception {
        int before = bob.phone.calls().size();
        try (Program menu =
                start(language, "Menu", incomingPort, Map.of("PERSON", "8:acs:strowger_bob"))) {
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

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aCallIsRecordedAndItsFileIsFetched(Language language) throws Exception {
        int before = ann.phone.calls().size();
        Path file = Path.of("target", "recorded-" + language + ".wav").toAbsolutePath();
        Files.deleteIfExists(file);
        try (Program recorder =
                start(
                        language,
                        "Recorder",
                        eventsPort,
                        Map.of("PERSON", ANN, "FILE", file.toString()))) {
            recorder.awaitLine("recording", SOON);
            ann.awaitAnswered(before);
            ann.awaitHears(1700);
            ann.call().hangUp();

            recorder.awaitLine("the file is here", SOON);
            recorder.awaitSuccess(SOON);
        }
        Recorded recorded = Recorded.of(Files.readAllBytes(file));
        recorded.assertHas(0, ann.toneHz, 200);
        recorded.assertHas(0, 1700, 200);
    }
}
