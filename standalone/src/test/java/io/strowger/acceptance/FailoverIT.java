package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.WebhookReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Calls outlive the processes that carry them: a media worker is killed, or told to stop, while
/// people talk, hear a prompt and press keys. Their phones know nothing of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverIT {
    private static final Duration UNHEARD_AT_MOST = Duration.ofSeconds(3);
    private static final int PROMPT_HZ = 1900;
    private final List<Person> people = new ArrayList<>();
    private Parts parts;
    private Stage stage;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        Map<String, String> phones = new HashMap<>();
        for (int i = 0; i < 7; i++) {
            Person person = Person.atTrunk("person" + i, 440 + 180 * i);
            people.add(person);
            phones.put("+" + (i + 1), person.phone.address());
        }
        parts = Parts.start(Parts.environment(data, phones));
        stage = parts.stage(WebhookReceiver.start());
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
        people.forEach(Person::close);
    }

    private static String number(int person) {
        return "+" + (person + 1) + "5550100001";
    }

    private static String target(int person) {
        return "{\"phoneNumber\":{\"value\":\"" + number(person) + "\"}}";
    }

    /// The calls of a test, all at the one worker that there is.
    private final class Calls {
        private final Map<String, String> connections = new LinkedHashMap<>();
        private final String prefix;

        Calls(String prefix) {
            this.prefix = prefix;
        }

        String path(String name) {
            return prefix + name;
        }

        void place(String name, int... who) throws Exception {
            String targets =
                    String.join(",", IntStream.of(who).mapToObj(FailoverIT::target).toList());
            String connection =
                    stage.requestOnceServed(
                                    "/calling/callConnections" + V2026,
                                    """
                                    {"targets":[%s],"callbackUri":"%s",
                                     "sourceCallerIdNumber":{"value":"+15550100000"}}\
                                    """
                                            .formatted(targets, stage.receiver.uri(path(name))),
                                    201)
                            .path("callConnectionId")
                            .asText();
            connections.put(name, connection);
            stage.awaitEvent(
                    path(name),
                    "ParticipantsUpdated",
                    data -> data.path("participants").size() == who.length);
        }

        JsonNode act(String name, String action, String body, int expected) throws Exception {
            return stage.act(connection(name), action, body, expected);
        }

        String connection(String name) {
            return Objects.requireNonNull(connections.get(name), name);
        }

        void end() throws Exception {
            for (String name : connections.keySet()) {
                act(name, ":terminate", "", 204);
            }
            for (String name : connections.keySet()) {
                stage.awaitEvent(path(name), "CallDisconnected");
                stage.assertGapFree(path(name));
            }
        }

        List<String> types(String name) {
            return stage.types(path(name)).stream()
                    .filter(type -> !type.equals("ParticipantsUpdated"))
                    .toList();
        }
    }

    private Calls calls(String prefix) throws Exception {
        Calls calls = new Calls(prefix);
        calls.place("two", 0, 1);
        calls.place("loop", 2);
        calls.place("keys", 3);
        calls.place("three", 4, 5, 6);
        calls.act(
                "two",
                ":startContinuousDtmfRecognition",
                "{\"targetParticipant\":" + target(1) + "}",
                200);
        stage.play(calls.connection("loop"), stage.tone(PROMPT_HZ, 700), true);
        calls.act(
                "keys",
                ":recognize",
                """
                {"recognizeInputType":"dtmf",
                 "playPrompt":{"kind":"file","file":{"uri":"%s"}},
                 "recognizeOptions":{"targetParticipant":%s,
                 "initialSilenceTimeoutInSeconds":60,
                 "dtmfOptions":{"maxTonesToCollect":3,"interToneTimeoutInSeconds":60}}}\
                """
                        .formatted(stage.tone(PROMPT_HZ, 300), target(3)),
                202);
        hearsAll(0, 1);
        hearsAll(4, 5, 6);
        people.get(2).awaitHears(PROMPT_HZ);
        Eventually.holds(
                SOON, () -> people.get(3).heardMs(PROMPT_HZ) >= 100, () -> "no prompt is heard");
        people.get(1).call().press("7");
        stage.awaitEvent(calls.path("two"), "ContinuousDtmfRecognitionToneReceived");
        people.get(3).call().press("1");
        return calls;
    }

    private void hearsAll(int... who) {
        for (int one : who) {
            for (int other : who) {
                if (one != other) {
                    people.get(one).awaitHears(people.get(other).toneHz);
                }
            }
        }
    }

    private void assertGoOn(Calls calls) throws Exception {
        hearsAll(0, 1);
        hearsAll(4, 5, 6);
        people.get(2).awaitHears(PROMPT_HZ);
        people.get(1).call().press("8");
        JsonNode second =
                stage.awaitEvent(
                        calls.path("two"),
                        "ContinuousDtmfRecognitionToneReceived",
                        data -> data.path("tone").asText().equals("eight"));
        assertEquals(2, second.path("sequenceId").asInt());
        people.get(3).call().press("23");
        JsonNode pressed = stage.awaitEvent(calls.path("keys"), "RecognizeCompleted");
        assertEquals(
                "[\"one\",\"two\",\"three\"]",
                pressed.path("dtmfResult").path("tones").toString());
        calls.act("loop", ":cancelAllMediaOperations", "", 202);
        stage.awaitEvent(calls.path("loop"), "PlayCanceled");
        calls.end();
        assertEquals(
                List.of(
                        "CallConnected",
                        "ContinuousDtmfRecognitionToneReceived",
                        "ContinuousDtmfRecognitionToneReceived",
                        "CallDisconnected"),
                calls.types("two"));
        assertEquals(
                List.of("CallConnected", "PlayStarted", "PlayCanceled", "CallDisconnected"),
                calls.types("loop"));
        assertEquals(List.of("CallConnected", "CallDisconnected"), calls.types("three"));
    }

    private void forgetGaps() {
        people.forEach(person -> person.call().takeLongestGap());
    }

    private List<Long> gapsMs() {
        return people.stream()
                .map(person -> person.call().takeLongestGap().toMillis())
                .toList();
    }

    /// Whoever hears packets now has got over it.
    private void awaitPackets() {
        for (Person person : people) {
            long before = person.call().packetsReceived();
            Eventually.holds(
                    SOON,
                    () -> person.call().packetsReceived() > before + 10,
                    () -> person.name + " hears nothing");
        }
    }

    @Test
    void callsGoOnWhenTheirWorkerIsKilled() throws Exception {
        try (Command first = parts.worker(0)) {
            Calls calls = calls("/killed/");
            try (Command second = parts.worker(1)) {
                forgetGaps();

                first.kill();
                awaitPackets();

                List<Long> gaps = gapsMs();
                System.err.println("killed: nothing was heard for " + gaps + " ms");
                assertTrue(
                        gaps.stream().allMatch(gap -> gap < UNHEARD_AT_MOST.toMillis()),
                        () -> "nothing was heard for " + gaps + " ms");
                assertGoOn(calls);
                assertEquals(0, second.terminate(Duration.ofSeconds(15)));
            }
        }
    }

    @Test
    void callsGoOnWhenTheirWorkerIsToldToStop() throws Exception {
        try (Command first = parts.worker(2)) {
            Calls calls = calls("/stopped/");
            try (Command second = parts.worker(3)) {
                forgetGaps();

                assertEquals(0, first.terminate(Duration.ofSeconds(15)));
                awaitPackets();

                List<Long> gaps = gapsMs();
                System.err.println("stopped: nothing was heard for " + gaps + " ms");
                assertTrue(
                        gaps.stream().allMatch(gap -> gap < 1000),
                        () -> "nothing was heard for " + gaps + " ms");
                assertGoOn(calls);
                assertEquals(0, second.terminate(Duration.ofSeconds(15)));
            }
        }
    }
}
