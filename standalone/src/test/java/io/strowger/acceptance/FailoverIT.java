package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.media.tone.Tones;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneSettings;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.ToneRecognizer;
import io.strowger.testsupport.WebhookReceiver;
import java.net.http.HttpResponse;
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
import org.junit.jupiter.api.parallel.Isolated;

/// Calls outlive the processes that carry them: a media worker is killed, or told to stop, while
/// people talk, hear a prompt and press keys. Their phones know nothing of it.
@Isolated
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverIT {
    private static final Duration UNHEARD_AT_MOST = Duration.ofSeconds(3);
    private static final int PROMPT_HZ = 1900;
    private static final int MUSIC_HZ = 2100;
    private static final double WORD_HZ = 2500;
    private static final int RECORDED_BEFORE = 1500;
    private static final int RECORDED_AFTER = 1000;

    /// Until each of two phones is heard again after a change, or pressed a key, at most.
    private static final int SETTLING_MS = 2500;

    private static final String INCOMING = "/incoming";
    private static final String NOBODY = "+95550100009";
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<Person> people = new ArrayList<>();
    private Phone unanswered;
    private ToneRecognizer recognizer;
    private Stage stage;
    private Parts parts;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        Map<String, String> phones = new HashMap<>();
        recognizer = ToneRecognizer.start(Map.of(WORD_HZ, "yes"));
        for (int i = 0; i < 8; i++) {
            Person person = Person.atTrunk("person" + i, 440 + 180 * i);
            people.add(person);
            phones.put("+" + (i + 1), person.phone.address());
        }
        unanswered = Phone.start(PhoneSettings.listening("127.0.0.1", 0).withAnswerAfter(null));
        phones.put("+9", unanswered.address());
        WebhookReceiver receiver = WebhookReceiver.start();
        receiver.answer(PeopleStage::confirm);
        parts =
                Parts.start(
                        Parts.environment(
                                data,
                                phones,
                                Map.of(
                                        "STROWGER_APPLICATIONS",
                                        "[{name: clinic, incomingCallUrl: \""
                                                + receiver.uri(INCOMING)
                                                + "\"}]",
                                        "STROWGER_MEDIA_RECOGNIZER_URL",
                                        recognizer.url())));
        stage = parts.stage(receiver);
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
        people.forEach(Person::close);
        unanswered.close();
        recognizer.close();
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
        String recording = "";
        int listenings;

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

    /// Two talk and are recorded, one of them may press keys; one hears a prompt over and over; one
    /// is asked for three keys, one to say something; two talk while a third is on hold and hears
    /// music.
    private Calls calls(String prefix) throws Exception {
        Calls calls = new Calls(prefix);
        calls.place("two", 0, 1);
        calls.place("loop", 2);
        calls.place("keys", 3);
        calls.place("three", 4, 5, 6);
        calls.place("word", 7);
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
        listenTo(calls);
        hearsAll(0, 1);
        hearsAll(4, 5, 6);
        calls.act(
                "three",
                ":hold",
                """
                {"targetParticipant":%s,
                 "playSourceInfo":{"kind":"file","file":{"uri":"%s"}}}\
                """
                        .formatted(target(6), stage.tone(MUSIC_HZ, 500)),
                200);
        people.get(6).awaitHears(MUSIC_HZ);
        people.get(2).awaitHears(PROMPT_HZ);
        Eventually.holds(
                SOON, () -> people.get(3).heardMs(PROMPT_HZ) >= 100, () -> "no prompt is heard");
        people.get(1).call().press("7");
        stage.awaitEvent(calls.path("two"), "ContinuousDtmfRecognitionToneReceived");
        people.get(3).call().press("1");
        calls.recording =
                stage.request(
                                "POST",
                                "/calling/recordings" + V2026,
                                "{\"callConnectionId\":\"%s\"}".formatted(calls.connection("two")),
                                200)
                        .path("recordingId")
                        .asText();
        people.get(0).listen(RECORDED_BEFORE);
        return calls;
    }

    private void listenTo(Calls calls) throws Exception {
        calls.listenings = recognizer.listenings().size() + 1;
        people.get(7).call().say(new PhoneSettings.Silence());
        calls.act(
                "word",
                ":recognize",
                """
                {"recognizeInputType":"speech",
                 "recognizeOptions":{"targetParticipant":%s,"initialSilenceTimeoutInSeconds":20}}\
                """
                        .formatted(target(7)),
                202);
        awaitListening(calls.listenings);
    }

    private void awaitListening(int number) {
        Eventually.holds(
                "somebody listens",
                SOON,
                () ->
                        recognizer.listenings().size() >= number
                                && recognizer.listenings().get(number - 1).frames() > 0);
    }

    /// The new worker listens anew.
    private void assertWordIsHeard(Calls calls) throws Exception {
        awaitListening(calls.listenings + 1);
        people.get(7).call().say(new PhoneSettings.Clip(Tones.sine(WORD_HZ, 500, 8000), false));
        JsonNode said = stage.awaitEvent(calls.path("word"), "RecognizeCompleted");
        assertEquals("yes", said.path("speechResult").path("speech").asText());
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
        assertWordIsHeard(calls);
        hearsAll(0, 1);
        hearsAll(4, 5);
        assertStaysOnHold(calls);
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
                "[\"one\",\"two\",\"three\"]", pressed.path("dtmfResult").path("tones").toString());
        calls.act("loop", ":cancelAllMediaOperations", "", 202);
        stage.awaitEvent(calls.path("loop"), "PlayCanceled");
        people.get(0).listen(RECORDED_AFTER);
        calls.end();
        assertEquals(
                List.of(
                        "CallConnected",
                        "ContinuousDtmfRecognitionToneReceived",
                        "ContinuousDtmfRecognitionToneReceived",
                        "CallDisconnected"),
                calls.types("two"));
        assertEquals(List.of("CallConnected", "CallDisconnected"), calls.types("three"));
    }

    private void assertStaysOnHold(Calls calls) throws Exception {
        people.get(6).awaitHears(MUSIC_HZ);
        assertFalse(people.get(4).hears(people.get(6).toneHz), "who is on hold is not heard");
        calls.act("three", ":unhold", "{\"targetParticipant\":" + target(6) + "}", 200);
        hearsAll(4, 5, 6);
    }

    /// One file has what was said before and after; what is missing between is silence, and told.
    ///
    /// @return how much is missing
    private long assertRecorded(Calls calls) throws Exception {
        JsonNode file =
                stage.awaitGridEvent(
                        INCOMING,
                        "RecordingFileStatusUpdated",
                        event -> event.path("subject").asText().endsWith(calls.recording));
        assertEquals("CallEnded", file.path("sessionEndReason").asText());
        JsonNode chunks = file.path("recordingStorageInfo").path("recordingChunks");
        assertEquals(1, chunks.size(), chunks::toString);
        Recorded recorded = Recorded.of(fetch(chunks.path(0).path("contentLocation").asText()));
        JsonNode metadata = JSON.readTree(fetch(chunks.path(0).path("metadataLocation").asText()));
        long missingMs = 0;
        for (JsonNode gap : metadata.path("gaps")) {
            missingMs += gap.path("duration").asLong();
        }
        for (int who : List.of(0, 1)) {
            recorded.assertHas(
                    0,
                    people.get(who).toneHz,
                    (int) (recorded.durationMs() - missingMs - SETTLING_MS));
        }
        assertTrue(
                recorded.durationMs() - missingMs >= RECORDED_BEFORE + RECORDED_AFTER,
                metadata::toString);
        return missingMs;
    }

    private byte[] fetch(String url) throws Exception {
        HttpResponse<byte[]> got = stage.fetch("GET", url, Map.of());
        assertEquals(200, got.statusCode());
        return got.body();
    }

    private void forgetGaps() {
        people.forEach(person -> person.call().takeLongestGap());
        people.forEach(person -> person.call().takeLongestSilence());
    }

    /// For how long those who hear somebody, or something, all the time did not.
    private List<Long> silencesMs() {
        return IntStream.of(0, 1, 2, 4, 5, 6)
                .mapToObj(people::get)
                .map(person -> person.call().takeLongestSilence().toMillis())
                .toList();
    }

    private List<Long> gapsMs() {
        return people.stream().map(person -> person.call().takeLongestGap().toMillis()).toList();
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
                int ringing = unanswered.calls().size();
                calls.act(
                        "loop",
                        "/participants:add",
                        """
                        {"participantToAdd":{"phoneNumber":{"value":"%s"}},
                         "sourceCallerIdNumber":{"value":"+15550100000"}}\
                        """
                                .formatted(NOBODY),
                        202);
                Eventually.holds("it rings", SOON, () -> unanswered.calls().size() > ringing);
                forgetGaps();

                first.kill();
                awaitPackets();

                List<Long> gaps = gapsMs();
                stage.awaitEvent(calls.path("loop"), "AddParticipantFailed");
                System.err.println("killed: nothing was heard for " + gaps + " ms");
                assertTrue(
                        gaps.stream().allMatch(gap -> gap < UNHEARD_AT_MOST.toMillis()),
                        () -> "nothing was heard for " + gaps + " ms");
                assertGoOn(calls);
                assertEquals(
                        List.of(
                                "CallConnected",
                                "PlayStarted",
                                "AddParticipantFailed",
                                "PlayCanceled",
                                "CallDisconnected"),
                        calls.types("loop"));
                long missingMs = assertRecorded(calls);
                System.err.println("killed: " + missingMs + " ms are missing in the recording");
                assertTrue(missingMs > 0 && missingMs < 5000, () -> missingMs + " ms are missing");
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
                hearsAll(0, 1);
                hearsAll(4, 5);
                List<Long> silences = silencesMs();
                System.err.println("stopped: no packet for " + gaps + " ms");
                System.err.println("stopped: no sound for " + silences + " ms");
                assertTrue(
                        gaps.stream().allMatch(gap -> gap < 500),
                        () -> "nothing was heard for " + gaps + " ms");
                assertTrue(
                        silences.stream().allMatch(silence -> silence < 1000),
                        () -> "nobody was heard for " + silences + " ms");
                assertGoOn(calls);
                assertEquals(
                        List.of("CallConnected", "PlayStarted", "PlayCanceled", "CallDisconnected"),
                        calls.types("loop"));
                long missingMs = assertRecorded(calls);
                System.err.println("stopped: " + missingMs + " ms are missing in the recording");
                assertTrue(missingMs < 1000, () -> missingMs + " ms are missing");
                assertEquals(0, second.terminate(Duration.ofSeconds(15)));
            }
        }
    }
}
