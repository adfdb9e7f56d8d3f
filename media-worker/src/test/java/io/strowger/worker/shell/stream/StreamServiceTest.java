package io.strowger.worker.shell.stream;

import static io.strowger.worker.shell.stream.StreamStage.CALL;
import static io.strowger.worker.shell.stream.StreamStage.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand.StreamedLeg;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaEvent.StreamConnected;
import io.strowger.contracts.media.MediaEvent.StreamEnded;
import io.strowger.contracts.media.StreamOutcome;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamSpec.Channels;
import io.strowger.contracts.stream.StreamSpec.Format;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.FreePorts;
import io.strowger.testsupport.StreamReceiver.Session;
import io.strowger.worker.core.stream.StreamLine;
import io.strowger.worker.core.stream.StreamLine.Saying;
import io.strowger.worker.core.stream.StreamRequest;
import io.strowger.worker.core.stream.StreamRing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Streams to a real WebSocket server, with a call that is played by the test.
class StreamServiceTest {
    private static final OperationId STREAM = new OperationId(new UUID(7, 8));
    private static final CallConnectionId CONNECTION = new CallConnectionId(new UUID(1, 1));
    private StreamStage stage;

    @BeforeEach
    void start() throws Exception {
        stage = StreamStage.set(true, Duration.ofSeconds(10));
    }

    private void restart(boolean allowPrivate, Duration ping) throws Exception {
        stage.close();
        stage = StreamStage.set(allowPrivate, ping);
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    private StreamLine open(URI url, Channels channels, Format format) {
        return stage.service.open(
                CALL,
                new StreamRequest(
                        STREAM,
                        CONNECTION,
                        new UUID(3, 4),
                        new StreamSpec(url, channels, format, true, true),
                        List.of()));
    }

    private StreamLine open() {
        return open(stage.receiver.uri("/audio?k=1"), Channels.MIXED, Format.PCM_16K_MONO);
    }

    private Session session(int number) {
        return stage.session(number);
    }

    private void awaitTold(MediaEvent event) {
        stage.awaitTold(event);
    }

    private StreamEnded awaitEnd() {
        Eventually.holds(
                SOON,
                () -> !stage.told.isEmpty() && stage.told.getLast() instanceof StreamEnded,
                () -> "an end in " + stage.told);
        return (StreamEnded) stage.told.getLast();
    }

    /// A second of a tone as a call would hand it over, once there is room.
    private static void hum(StreamLine line, double hz) {
        short[] tone = Tones.sine(hz, 1000, 6000);
        int[] sums = new int[160];
        for (int at = 0; at < tone.length; at += 160) {
            for (int i = 0; i < 160; i++) {
                sums[i] = tone[at + i];
            }
            line.say(Instant.parse("2026-01-02T03:04:05Z").toEpochMilli() + at / 8, sums);
        }
    }

    private static double amplitude(short[] samples, Format format, double hz) {
        return ToneDetector.amplitude(
                samples, 1000, samples.length, hz * 8000 / format.sampleRate());
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void sendsWhatIsSaidInTheFormatAskedFor(Format format) {
        StreamLine line = open(stage.receiver.uri("/audio?k=1"), Channels.MIXED, format);
        Session session = session(1);
        hum(line, 440);
        line.end();
        assertEquals(StreamOutcome.STOPPED, awaitEnd().outcome());
        Eventually.holds("closed", SOON, session::isClosed);

        assertEquals(
                List.of(new StreamConnected(STREAM, 1)),
                stage.told.subList(0, stage.told.size() - 1));
        assertEquals("/audio?k=1", session.uri());
        assertEquals(CONNECTION.toString(), session.header("x-ms-call-connection-id"));
        assertEquals(new UUID(3, 4).toString(), session.header("x-ms-call-correlation-id"));
        assertEquals(3, String.valueOf(session.header("Authorization")).split("\\.", -1).length);
        JsonNode metadata = session.frames().getFirst();
        assertEquals("AudioMetadata", metadata.path("kind").asText());
        assertEquals(
                "{\"subscriptionId\":\"%s\",\"encoding\":\"PCM\",\"sampleRate\":%d,\"channels\":1,\"length\":%d}"
                        .formatted(STREAM, format.sampleRate(), format.sampleRate() / 25),
                metadata.path("audioMetadata").toString());
        JsonNode audio = session.frames("AudioData").get(1).path("audioData");
        assertEquals("2026-01-02T03:04:05.020Z", audio.path("timestamp").asText());
        assertFalse(audio.path("silent").asBoolean(true));
        short[] samples = session.samples(null);
        assertEquals(format.sampleRate(), samples.length);
        assertEquals(6000, amplitude(samples, format, 440), 300);
        assertEquals(1000, session.closeStatus());
    }

    @Test
    void saysWhoSpeaksWhereVoicesAreApart() {
        StreamLine line = open(stage.receiver.uri("/"), Channels.UNMIXED, Format.PCM_16K_MONO);
        Session session = session(1);
        line.knows(new StreamedLeg(new LegId(2), new CommunicationUser("8:acs:a\"b\\c")));
        Saying saying = Objects.requireNonNull(line.saying(0));
        saying.add(2, Tones.sine(440, 20, 6000), true);
        saying.add(3, Tones.sine(440, 20, 6000), true);
        saying.add(2, new short[160], false);
        saying.done();
        line.pressed(Tone.POUND);
        line.end();
        awaitEnd();
        Eventually.holds("closed", SOON, session::isClosed);

        List<JsonNode> audio =
                session.frames("AudioData").stream().map(frame -> frame.path("audioData")).toList();
        assertEquals(2, audio.size(), "who is not known is not streamed");
        assertEquals("8:acs:a\"b\\c", audio.getFirst().path("participantRawID").asText());
        assertTrue(audio.get(1).path("silent").asBoolean());
        assertEquals(
                "[{\"kind\":\"DtmfData\",\"dtmfData\":{\"data\":\"#\"}}]",
                session.frames("DtmfData").toString());
    }

    @Test
    void whatTheApplicationSaysComesToTheCallUntilItSaysStop() {
        StreamLine line = open();
        Session session = session(1);
        session.send("nonsense");
        session.say(sine16k(700));
        Eventually.holds("audio", SOON, () -> line.voice().waiting() == 8000);

        short[] heard = new short[4000];
        short[] frame = new short[160];
        for (int at = 0; at < heard.length; at += 160) {
            assertTrue(line.hear(frame));
            System.arraycopy(frame, 0, heard, at, 160);
        }
        assertEquals(6000, ToneDetector.amplitude(heard, 160, 4000, 700), 300);
        session.send("{\"kind\":\"stopAudio\",\"stopAudio\":{}}");
        Eventually.holds("silence", SOON, () -> !line.hear(frame));
    }

    private static short[] sine16k(double hz) {
        short[] samples = new short[16_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (6000 * Math.sin(2 * Math.PI * hz * i / 16_000));
        }
        return samples;
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, 1",
        "403, FORBIDDEN, 1",
        "404, BAD_REQUEST, 1",
        "429, TOO_MANY_REQUESTS, 3",
        "504, TIMEOUT, 3",
        "503, UNREACHABLE, 3",
    })
    void aHandshakeThatIsRefusedIsTriedAgainOnlyWhereThatMayHelp(
            int status, StreamOutcome outcome, int attempts) {
        stage.receiver.refuse(status);
        StreamLine line = open();

        assertEquals(outcome, awaitEnd().outcome());

        assertEquals(attempts, stage.receiver.refused());
        assertEquals(1, stage.told.size());
        assertTrue(line.isAbandoned());
    }

    @Test
    void nobodyThereEndsTheStreamAfterAFewAttempts() throws Exception {
        open(
                URI.create("ws://127.0.0.1:" + FreePorts.pair() + "/"),
                Channels.MIXED,
                Format.PCM_16K_MONO);

        assertEquals(StreamOutcome.UNREACHABLE, awaitEnd().outcome());
    }

    @Test
    void privateAddressesAreRefusedUnlessAllowed() throws Exception {
        restart(false, Duration.ofSeconds(10));
        open();

        StreamEnded end = awaitEnd();

        assertEquals(StreamOutcome.BAD_REQUEST, end.outcome());
        assertTrue(end.detail().contains("media.allowPrivateAddresses"), end.detail());
        assertEquals(List.of(), stage.receiver.sessions());
    }

    @Test
    void aConnectionThatBreaksIsMadeAgainUntilItCannotBe() {
        StreamLine line = open();
        session(1).close(1011);
        awaitTold(new StreamConnected(STREAM, 2));
        hum(line, 440);
        Session second = session(2);
        Eventually.holds(
                SOON, () -> second.frames().size() == 51, () -> second.frames().size() + " frames");
        assertEquals("AudioMetadata", second.frames().getFirst().path("kind").asText());
        stage.receiver.refuse(503);
        second.close(1001);

        assertEquals(StreamOutcome.INTERRUPTED, awaitEnd().outcome());
    }

    @Test
    void anApplicationThatClosesItHasDoneWithIt() {
        open();
        session(1).close(1000);

        assertEquals(StreamOutcome.CLOSED_BY_PEER, awaitEnd().outcome());
        assertEquals(1, stage.receiver.sessions().size());
    }

    @Test
    void anApplicationThatReadsNothingLosesAudioAndThenItsConnection() throws Exception {
        restart(true, Duration.ofMillis(300));
        StreamLine line = open();
        session(1).stall();
        Eventually.holds(
                SOON,
                () -> {
                    hum(line, 440);
                    return line.ring().lost() > 0;
                },
                () -> "nothing is lost");
        assertTrue(line.ring().waiting() <= StreamRing.FRAMES);

        awaitTold(new StreamConnected(STREAM, 2));
    }

    @Test
    void aMessageThatIsTooLargeCostsTheConnectionOnly() {
        StreamLine line = open();
        session(1).say(new short[1_000_000]);
        awaitTold(new StreamConnected(STREAM, 2));
        session(2).say(new short[1600]);

        Eventually.holds("audio", SOON, () -> line.voice().waiting() == 800);
    }

    @Test
    void theEndOfTheCallEndsAnAttempt() {
        stage.receiver.refuse(503);
        StreamLine line = open();
        line.end();

        assertEquals(StreamOutcome.STOPPED, awaitEnd().outcome());
        stage.receiver.refuse(0);
        assertNull(line.ring().peek());
        assertEquals(List.of(), stage.receiver.sessions());
    }

    @Test
    void onAStreamOfOneDirectionNothingIsHeard() {
        StreamLine line =
                stage.service.open(
                        CALL,
                        new StreamRequest(
                                STREAM,
                                CONNECTION,
                                new UUID(3, 4),
                                new StreamSpec(
                                        stage.receiver.uri("/"),
                                        Channels.MIXED,
                                        Format.PCM_16K_MONO,
                                        false,
                                        false),
                                List.of()));
        session(1).say(Arrays.copyOf(sine16k(700), 1600));

        Eventually.holds(
                "counted",
                SOON,
                () ->
                        stage.telemetry
                                .scrape()
                                .contains(
                                        "strowger_stream_frames_total{direction=\"in\",outcome=\"unreadable\"} 1.0"));
        assertEquals(0, line.voice().waiting());
    }
}
