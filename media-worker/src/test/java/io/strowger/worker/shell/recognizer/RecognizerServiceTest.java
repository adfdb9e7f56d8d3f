package io.strowger.worker.shell.recognizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.SpeechFailure;
import io.strowger.media.tone.Tones;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.FreePorts;
import io.strowger.testsupport.TestContext;
import io.strowger.testsupport.ToneRecognizer;
import io.strowger.testsupport.ToneRecognizer.Listening;
import io.strowger.worker.core.rtp.Frame;
import io.strowger.worker.core.speech.FrameRing;
import io.strowger.worker.core.speech.Heard;
import io.strowger.worker.core.speech.SpeechRecognizer.Failure;
import io.strowger.worker.core.speech.SpeechRecognizer.Request;
import io.strowger.worker.core.speech.SpeechRecognizer.Result;
import io.strowger.worker.core.speech.SpeechRecognizer.Session;
import io.strowger.worker.core.speech.SpeechRecognizer.Word;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Listenings at a real WebSocket server, with a call that is played by the test.
class RecognizerServiceTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ServerCallId CALL = new ServerCallId(1, 0);
    private static final Request REQUEST =
            new Request(
                    "de-CH",
                    true,
                    List.of("ja", "nein"),
                    "model-7",
                    Duration.ofMillis(300),
                    CALL,
                    new LegId(2));
    private static final short[] YES = Tones.sine(440, 400, 6000);
    private static final short[] STRANGE = Tones.sine(1200, 400, 6000);
    private final List<Heard> told = new CopyOnWriteArrayList<>();
    private Telemetry telemetry = new Telemetry();
    private ToneRecognizer recognizer;
    private RecognizerService service;

    @BeforeEach
    void start() throws Exception {
        recognizer = ToneRecognizer.start(Map.of(440.0, "yes", 660.0, "no"));
        service = service(recognizer.url(), "s3cret");
    }

    private RecognizerService service(String url, String token) throws Exception {
        return RecognizerService.start(
                context(url, token),
                new RecognizerTimings(
                        Duration.ofSeconds(2),
                        List.of(Duration.ofMillis(20), Duration.ofMillis(300)),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(10)));
    }

    private ServiceContext context(String url, String token) throws Exception {
        telemetry = new Telemetry();
        Settings settings =
                SettingsLoader.load(
                        null,
                        Map.of(
                                "STROWGER_MEDIA_RECOGNIZER_URL",
                                url,
                                "STROWGER_MEDIA_RECOGNIZER_TOKEN",
                                token));
        return TestContext.withoutBroker(settings, TestContext.secrets(), telemetry);
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        recognizer.close();
        telemetry.close();
    }

    private Session open() {
        return service.open(REQUEST, Heard.listener(told::add));
    }

    private Listening listening() {
        Eventually.holds(
                "somebody listens",
                SOON,
                () ->
                        !recognizer.listenings().isEmpty()
                                && recognizer.listenings().getFirst().start() != null);
        return recognizer.listenings().getFirst();
    }

    private static void say(Session session, short[] samples) {
        for (int at = 0; at + Frame.SAMPLES <= samples.length; at += Frame.SAMPLES) {
            assertTrue(session.audio(Arrays.copyOfRange(samples, at, at + Frame.SAMPLES)));
        }
    }

    private void pause(Session session, int ms) {
        say(session, new short[ms * Frame.SAMPLES_PER_MS]);
    }

    private Heard last() {
        return told.getLast();
    }

    private void awaitTold(int count) {
        Eventually.holds(SOON, () -> told.size() >= count, () -> count + " in " + told);
    }

    private Failure awaitFailure() {
        Eventually.holds(
                SOON,
                () -> !told.isEmpty() && last() instanceof Heard.Failed,
                () -> "a failure in " + told);
        return ((Heard.Failed) last()).failure();
    }

    private boolean counts(String meter) {
        return telemetry.scrape().lines().anyMatch(line -> line.startsWith(meter));
    }

    @Test
    void saysWhatIsWantedAndTellsWhatWasHeard() {
        try (Session session = open()) {
            pause(session, 200);
            say(session, YES);
            pause(session, 400);

            awaitTold(2);
        }
        Listening listening = listening();
        JsonNode start = Objects.requireNonNull(listening.start());
        assertEquals("Bearer s3cret", listening.header("Authorization"));
        assertEquals("/listen?k=1", listening.uri());
        assertEquals(
                "{\"kind\":\"Start\",\"locale\":\"de-CH\",\"encoding\":\"pcm16le\",\"sampleRate\":16000,\"channels\":1,"
                        + "\"intermediateResults\":true,\"endSilenceMs\":300,\"phrases\":[\"ja\",\"nein\"],"
                        + "\"modelEndpointId\":\"model-7\",\"serverCallId\":\""
                        + CALL
                        + "\",\"leg\":2}",
                start.toString());
        Heard.Partial partial = (Heard.Partial) told.getFirst();
        assertEquals("yes", partial.text());
        assertEquals(200, partial.offset().toMillis(), 20);
        Result result = ((Heard.Said) told.get(1)).result();
        assertEquals("yes", result.text());
        assertEquals(0.9, result.confidence());
        assertEquals(400, result.duration().toMillis(), 40);
        assertEquals(
                List.of(new Word("yes", partial.offset(), Duration.ofMillis(100))), result.words());
    }

    @Test
    void theLastWordsComeWhenItIsTold() {
        Session session = open();
        say(session, YES);
        session.finish();

        awaitTold(3);

        assertEquals(List.of(Heard.Partial.class, Heard.Said.class, Heard.Ended.class), kinds());
        Eventually.holds("it is closed", SOON, listening()::isClosed);
        assertTrue(listening().hasEnded());
        Eventually.holds("none is open", SOON, () -> counts("strowger_speech_sessions 0"));
    }

    private List<Class<?>> kinds() {
        return told.stream().<Class<?>>map(Heard::getClass).toList();
    }

    @Test
    void somebodyWhoIsNotUnderstoodSaidNothing() {
        Session session = open();
        say(session, STRANGE);
        pause(session, 400);

        awaitTold(1);

        assertEquals("", ((Heard.Said) told.getFirst()).result().text());
        session.close();
    }

    @Test
    void aListeningThatIsClosedTellsNothingMore() {
        Session session = open();
        Listening listening = listening();
        session.close();
        session.close();

        Eventually.holds("it is closed", SOON, listening::isClosed);

        assertFalse(listening.hasEnded());
        assertEquals(List.of(), told);
    }

    @ParameterizedTest
    @CsvSource({
        "400,BAD_REQUEST",
        "401,UNAUTHORIZED",
        "403,FORBIDDEN",
        "404,BAD_REQUEST",
        "429,TOO_MANY_REQUESTS",
        "503,UNREACHABLE",
        "504,TIMEOUT"
    })
    void tellsWhyItWasRefused(int status, SpeechFailure reason) {
        recognizer.refuse(status);
        Session session = open();

        Failure failure = awaitFailure();

        assertEquals(reason, failure.reason());
        assertTrue(failure.detail().contains(Integer.toString(status)), failure.detail());
        session.close();
    }

    @Test
    void waitsForARecogniserThatIsSlowToAppear() {
        recognizer.refuse(503);
        Session session = open();
        say(session, YES);
        pause(session, 400);
        Eventually.holds(
                "an attempt failed",
                SOON,
                () -> !counts("strowger_speech_connections_total{outcome=\"failed\"} 0"));

        recognizer.refuse(0);

        awaitTold(2);
        assertEquals("yes", ((Heard.Said) told.get(1)).result().text());
        session.close();
    }

    @Test
    void nobodyListensAtAPortThatIsClosed() throws Exception {
        try (RecognizerService nowhere = service("ws://127.0.0.1:" + FreePorts.pair() + "/", "");
                Session _ = nowhere.open(REQUEST, Heard.listener(told::add))) {

            assertEquals(SpeechFailure.UNREACHABLE, awaitFailure().reason());
        }
    }

    @Test
    void aConnectionThatBreaksIsTold() {
        Session session = open();

        listening().close(1011);

        assertEquals(SpeechFailure.INTERRUPTED, awaitFailure().reason());
        session.close();
    }

    @Test
    void aRecogniserThatHasHeardEnoughMayLeave() {
        Session session = open();

        listening().close(1000);

        awaitTold(1);
        assertEquals(new Heard.Ended(), last());
        session.close();
    }

    @Test
    void aRecogniserThatNeverAnswersFailsInTime() {
        recognizer.thinkForever(true);
        Session session = open();
        say(session, YES);
        session.finish();

        assertEquals(SpeechFailure.TIMEOUT, awaitFailure().reason());
        session.close();
    }

    @Test
    void whatARecogniserThatDoesNotReadMissesIsCountedAndHoldsNobodyUp() {
        Session session = open();
        Listening listening = listening();
        listening.stall();

        Eventually.holds(
                "frames are lost",
                SOON,
                () -> {
                    for (int i = 0; i < FrameRing.FRAMES; i++) {
                        if (!session.audio(new short[Frame.SAMPLES])) {
                            return true;
                        }
                    }
                    return false;
                });

        Eventually.holds(
                "they are counted",
                SOON,
                () -> {
                    return telemetry
                            .scrape()
                            .lines()
                            .anyMatch(line ->
                                    line.startsWith(
                                                    "strowger_speech_frames_total{outcome=\"lost\"}")
                                            && !line.endsWith(" 0.0"));
                });
        session.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"kind\":\"Error\",\"reason\":\"badRequest\",\"message\":\"no such locale\"} | BAD_REQUEST | no such locale",
                "{\"kind\":\"Error\",\"reason\":\"unavailable\"} | UNREACHABLE | it gave no reason",
                "{\"kind\":\"Error\"} | FAILED | it gave no reason",
                "no JSON | FAILED | it sent what is no frame of its protocol",
                "{\"kind\":\"Result\"} | FAILED | it sent what is no frame of its protocol",
            })
    void anErrorEndsIt(String frame, SpeechFailure reason, String detail) {
        Session session = open();

        listening().send(frame);

        assertEquals(new Failure(reason, detail), awaitFailure());
        session.close();
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        Session session = open();
        Listening listening = listening();
        listening.send("{\"kind\":\"Mood\",\"happy\":true}");
        listening.send("{\"kind\":\"Partial\",\"text\":\" \"}");
        listening.send("{\"kind\":\"Result\",\"text\":\"yes\",\"mood\":\"happy\"}");

        awaitTold(1);

        Result result = ((Heard.Said) told.getFirst()).result();
        assertEquals(new Result("yes", 1, Duration.ZERO, Duration.ZERO, List.of()), result);
        session.close();
    }

    @Test
    void showsNoTokenWhereThereIsNone() throws Exception {
        try (RecognizerService open = service(recognizer.url(), "");
                Session _ = open.open(REQUEST, Heard.listener(told::add))) {
            assertNull(listening().header("Authorization"));
        }
    }

    @Test
    void thereIsNoneUnlessTheSettingsNameOne() throws Exception {
        assertTrue(RecognizerService.start(context("", "")).isEmpty());
    }
}
