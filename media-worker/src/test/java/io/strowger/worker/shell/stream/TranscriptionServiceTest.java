package io.strowger.worker.shell.stream;

import static io.strowger.worker.shell.stream.StreamStage.CALL;
import static io.strowger.worker.shell.stream.StreamStage.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand.StreamedLeg;
import io.strowger.contracts.media.MediaCommand.UpdateTranscription;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaEvent.StreamConnected;
import io.strowger.contracts.media.MediaEvent.StreamEnded;
import io.strowger.contracts.media.MediaEvent.TranscriptionFailed;
import io.strowger.contracts.media.MediaEvent.TranscriptionUpdated;
import io.strowger.contracts.media.SpeechFailure;
import io.strowger.contracts.media.StreamOutcome;
import io.strowger.contracts.stream.TranscriptionSpec;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.StreamReceiver.Session;
import io.strowger.worker.core.speech.SpeechRecognizer.Failure;
import io.strowger.worker.core.speech.SpeechRecognizer.Result;
import io.strowger.worker.core.speech.SpeechRecognizer.Word;
import io.strowger.worker.core.stream.StreamLine;
import io.strowger.worker.core.stream.StreamLine.Saying;
import io.strowger.worker.core.stream.StreamRequest;
import io.strowger.worker.shell.stream.PlayedRecognizer.Listening;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Words to a real WebSocket server, of a call and a recogniser that are played by the test.
class TranscriptionServiceTest {
    private static final OperationId STREAM = new OperationId(new UUID(7, 8));
    private static final CallConnectionId CONNECTION = new CallConnectionId(new UUID(1, 1));
    private static final long BEGIN = 1_767_323_045_000L;
    private final PlayedRecognizer recognizer = new PlayedRecognizer();
    private StreamStage stage;
    private TranscriptionSpec spec;

    @BeforeEach
    void start() throws Exception {
        stage = StreamStage.set(Optional.of(recognizer));
        spec = new TranscriptionSpec(stage.receiver.uri("/words?k=1"), "en-US", "own", true);
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    private StreamLine open() {
        StreamLine line =
                stage.service.open(
                        CALL,
                        new StreamRequest(STREAM, CONNECTION, new UUID(3, 4), spec, List.of()));
        line.knows(new StreamedLeg(new LegId(1), new PhoneNumber("+15550100001")));
        line.knows(new StreamedLeg(new LegId(2), new CommunicationUser("8:acs:a\"b")));
        return line;
    }

    /// 20 ms of what some legs say.
    private static void say(StreamLine line, int atMs, int... legs) {
        Saying saying = Objects.requireNonNull(line.saying(BEGIN + atMs));
        for (int leg : legs) {
            saying.add(leg, new short[160], true);
        }
        saying.done();
    }

    private Listening listening(int number) {
        Eventually.holds(
                SOON,
                () -> recognizer.listenings.size() >= number,
                () -> "listening " + number + "; told " + stage.told);
        return recognizer.listenings.get(number - 1);
    }

    private static Result result(String text) {
        return new Result(
                text,
                0.5,
                Duration.ofMillis(100),
                Duration.ofMillis(300),
                List.of(new Word(text, Duration.ofMillis(120), Duration.ofMillis(200))));
    }

    private static JsonNode data(Session session, int number) {
        Eventually.holds(
                SOON,
                () -> session.frames("TranscriptionData").size() >= number,
                () -> "data " + number + " in " + session.frames());
        return session.frames("TranscriptionData").get(number - 1).path("transcriptionData");
    }

    private MediaEvent awaitEnd() {
        Eventually.holds(
                SOON,
                () ->
                        !stage.told.isEmpty()
                                && (stage.told.getLast() instanceof StreamEnded
                                        || stage.told.getLast() instanceof TranscriptionFailed),
                () -> "an end in " + stage.told);
        return stage.told.getLast();
    }

    @Test
    void eachPersonIsListenedToAndTheirWordsAreTold() {
        StreamLine line = open();
        Session session = stage.session(1);
        say(line, 0, 1);
        say(line, 20, 1, 2);
        Listening ann = listening(1);
        Listening ben = listening(2);
        assertEquals(new LegId(1), ann.request.leg());
        assertEquals(CALL, ben.request.call());
        assertEquals("en-US", ben.request.locale());
        assertEquals("own", ben.request.modelEndpointId());
        assertTrue(ben.request.intermediateResults());
        Eventually.holds("frames", SOON, () -> ann.frames.get() == 2 && ben.frames.get() == 1);

        ben.listener.partial("yes", Duration.ofMillis(10));
        ben.listener.result(result("yes"));
        ben.listener.result(result(""));
        ann.listener.result(result("no"));

        assertEquals(
                "{\"subscriptionId\":\"%s\",\"locale\":\"en-US\",\"callConnectionId\":\"%s\",\"correlationId\":\"%s\",\"speechRecognitionModelEndpointId\":\"own\"}"
                        .formatted(STREAM, CONNECTION, new UUID(3, 4)),
                session.frames().getFirst().path("transcriptionMetadata").toString());
        assertEquals("TranscriptionMetadata", session.frames().getFirst().path("kind").asText());
        assertEquals(
                "{\"text\":\"yes\",\"format\":\"display\",\"confidence\":0.0,\"offset\":300000,\"duration\":100000,"
                        + "\"words\":[],\"participantRawID\":\"8:acs:a\\\"b\",\"resultStatus\":\"Intermediate\"}",
                data(session, 1).toString());
        assertEquals(
                "{\"text\":\"yes\",\"format\":\"display\",\"confidence\":0.5,\"offset\":1200000,\"duration\":3000000,"
                        + "\"words\":[{\"text\":\"yes\",\"offset\":1400000,\"duration\":2000000}],"
                        + "\"participantRawID\":\"8:acs:a\\\"b\",\"resultStatus\":\"Final\"}",
                data(session, 2).toString());
        assertEquals("no", data(session, 3).path("text").asText(), "what is empty is not told");
        assertEquals("4:+15550100001", data(session, 3).path("participantRawID").asText());
        assertEquals(CONNECTION.toString(), session.header("x-ms-call-connection-id"));
        assertEquals("/words?k=1", session.uri());
    }

    @Test
    void inAnotherLanguagePeopleAreListenedToAnew() {
        StreamLine line = open();
        Session session = stage.session(1);
        say(line, 0, 1);
        Listening english = listening(1);

        line.change(new UpdateTranscription(STREAM, 1, spec.with("de-DE", null)));
        stage.awaitTold(new TranscriptionUpdated(STREAM, 1));
        say(line, 20, 1);

        assertEquals("de-DE", listening(2).request.locale());
        assertTrue(english.finished);
        english.listener.result(result("yes"));
        listening(2).listener.result(result("ja"));
        assertEquals("yes", data(session, 1).path("text").asText());
        assertEquals("ja", data(session, 2).path("text").asText());
        assertEquals(1_200_000, data(session, 2).path("offset").asLong());
        assertEquals(
                List.of("en-US", "de-DE"),
                session.frames("TranscriptionMetadata").stream()
                        .map(frame -> frame.path("transcriptionMetadata").path("locale").asText())
                        .toList());
    }

    @Test
    void lastWordsAreWaitedFor() {
        StreamLine line = open();
        Session session = stage.session(1);
        say(line, 0, 1);
        line.end();
        Listening ann = listening(1);
        Eventually.holds("finished", SOON, () -> ann.finished);
        ann.listener.result(result("bye"));
        ann.listener.ended();

        assertEquals(StreamOutcome.STOPPED, ((StreamEnded) awaitEnd()).outcome());
        assertEquals("bye", data(session, 1).path("text").asText());
        Eventually.holds("closed", SOON, session::isClosed);
        assertEquals(1000, session.closeStatus());
        assertTrue(ann.closed);
    }

    @Test
    void aRecogniserThatDoesNotAnswerHoldsTheEndUpForAMomentOnly() {
        StreamLine line = open();
        stage.session(1);
        say(line, 0, 1);
        line.end();

        assertEquals(StreamOutcome.STOPPED, ((StreamEnded) awaitEnd()).outcome());
        assertTrue(listening(1).closed);
    }

    @Test
    void whoWasNotHeardForLongIsListenedToAnew() {
        StreamLine line = open();
        Session session = stage.session(1);
        say(line, 0, 1, 2);
        listening(2);
        say(line, 1040, 2);
        Listening first =
                recognizer.listenings.stream()
                        .filter(one -> new LegId(1).equals(one.request.leg()))
                        .findFirst()
                        .orElseThrow();
        Eventually.holds("finished", SOON, () -> first.finished);
        say(line, 5000, 1);

        assertEquals(new LegId(1), listening(4).request.leg());
        listening(4).listener.result(result("back"));
        assertEquals(51_000_000, data(session, 1).path("offset").asLong());
    }

    @Test
    void wordsWaitForAConnectionThatBroke() {
        StreamLine line = open();
        say(line, 0, 1);
        Listening ann = listening(1);
        Session first = stage.session(1);
        stage.receiver.refuseNext(503);
        first.close(1011);
        Eventually.holds("refused", SOON, () -> stage.receiver.refused() > 0);
        ann.listener.result(result("meanwhile"));

        stage.awaitTold(new StreamConnected(STREAM, 2));
        Session second = stage.session(2);
        assertEquals("meanwhile", data(second, 1).path("text").asText());
        assertEquals("TranscriptionMetadata", second.frames().getFirst().path("kind").asText());
        assertEquals(1, recognizer.listenings.size());
    }

    @Test
    void withoutARecogniserItFailsAtOnce() throws Exception {
        stage.close();
        stage = StreamStage.set(Optional.empty());

        StreamLine line = open();

        TranscriptionFailed failed = (TranscriptionFailed) awaitEnd();
        assertEquals(SpeechFailure.NOT_CONFIGURED, failed.reason());
        assertTrue(failed.detail().contains("media.recognizer.url"), failed.detail());
        assertTrue(line.isAbandoned());
        assertEquals(List.of(), stage.receiver.sessions());
    }

    @ParameterizedTest
    @EnumSource(
            value = SpeechFailure.class,
            names = {"BAD_REQUEST", "UNAUTHORIZED", "FORBIDDEN"})
    void aRecogniserThatRefusesIsNotAskedAgain(SpeechFailure reason) {
        StreamLine line = open();
        Session session = stage.session(1);
        say(line, 0, 1);
        listening(1).listener.failed(new Failure(reason, "no"));

        assertEquals(new TranscriptionFailed(STREAM, reason, "the recogniser: no"), awaitEnd());
        Eventually.holds("closed", SOON, session::isClosed);
        assertEquals(1, recognizer.listenings.size());
    }

    @ParameterizedTest
    @EnumSource(
            value = SpeechFailure.class,
            mode = Mode.EXCLUDE,
            names = {"NOT_CONFIGURED", "BAD_REQUEST", "UNAUTHORIZED", "FORBIDDEN"})
    void aRecogniserThatBreaksIsAskedAgainAFewTimes(SpeechFailure reason) {
        StreamLine line = open();
        stage.session(1);
        for (int attempt = 1; attempt <= 3; attempt++) {
            int number = attempt;
            Eventually.holds(
                    SOON,
                    () -> {
                        say(line, 20 * number, 1);
                        return recognizer.listenings.size() == number;
                    },
                    () -> "listening " + number);
            assertFalse(stage.told.getLast() instanceof TranscriptionFailed);
            listening(number).listener.failed(new Failure(reason, "away"));
        }

        assertEquals(new TranscriptionFailed(STREAM, reason, "the recogniser: away"), awaitEnd());
        assertTrue(line.isAbandoned());
    }

    @Test
    void aRecogniserThatHasHeardEnoughIsAskedAgain() {
        StreamLine line = open();
        Session session = stage.session(1);
        for (int attempt = 1; attempt <= 5; attempt++) {
            int number = attempt;
            Eventually.holds(
                    SOON,
                    () -> {
                        say(line, 20 * number, 1);
                        return recognizer.listenings.size() == number;
                    },
                    () -> "listening " + number);
            listening(number).listener.result(result("word" + number));
            listening(number).listener.ended();
            assertEquals("word" + number, data(session, number).path("text").asText());
        }

        assertEquals(List.of(new StreamConnected(STREAM, 1)), stage.told);
    }
}
