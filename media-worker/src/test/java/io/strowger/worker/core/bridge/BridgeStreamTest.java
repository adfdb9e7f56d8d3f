package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.heardMs;
import static io.strowger.worker.core.bridge.Conversation.operation;
import static io.strowger.worker.core.bridge.Conversation.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaCommand.StreamedLeg;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamSpec.Channels;
import io.strowger.contracts.stream.StreamSpec.Format;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.worker.core.stream.StreamFrame;
import io.strowger.worker.core.stream.StreamLine;
import io.strowger.worker.core.stream.StreamRequest;
import io.strowger.worker.core.stream.StreamRing;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BridgeStreamTest {
    private static final short[] FIRST = Tones.sine(450, 1000, 4000);
    private static final short[] SECOND = Tones.sine(1150, 1000, 4000);
    private static final short[] PROMPT = Tones.sine(2500, 1000, 3000);
    private static final short[] WORDS = Tones.sine(1950, 1000, 5000);
    private final Conversation call = new Conversation();

    /// What came on a stream, leg by leg; all of it in leg 0.
    private final Map<Integer, short[]> streamed = new HashMap<>();

    private StreamLine stream(int number, Channels channels) {
        StreamLine line = new StreamLine(channels, true);
        call.bridge
                .streams()
                .start(
                        new StreamRequest(
                                operation(number),
                                new CallConnectionId(new UUID(1, 1)),
                                new UUID(2, 2),
                                new StreamSpec(
                                        URI.create("wss://app.example/"),
                                        channels,
                                        Format.PCM_16K_MONO,
                                        true,
                                        true),
                                List.of(
                                        new StreamedLeg(
                                                new LegId(1), new PhoneNumber("+15550100001")))),
                        line);
        return line;
    }

    /// A second in which all speak and the stream is taken.
    private void talk(StreamLine line, short[]... tones) {
        for (int i = 0; i < 2; i++) {
            streamed.clear();
            call.talk(50, tones);
            take(line);
        }
    }

    private void take(StreamLine line) {
        for (StreamFrame frame = line.ring().peek(); frame != null; frame = line.ring().peek()) {
            for (int voice = 0; voice < frame.voices(); voice++) {
                short[] before = streamed.getOrDefault(frame.leg(voice), new short[0]);
                short[] after = java.util.Arrays.copyOf(before, before.length + 160);
                System.arraycopy(frame.pcm(), voice * 160, after, before.length, 160);
                streamed.put(frame.leg(voice), after);
            }
            line.ring().free();
        }
    }

    private double loudness(int leg, double hz) {
        short[] samples = streamed.getOrDefault(leg, new short[160]);
        return ToneDetector.amplitude(samples, samples.length / 2, samples.length, hz);
    }

    @Test
    void mixedHasWhatAllSayAndNoPrompt() {
        call.join();
        call.join();
        call.play(1, 1, true);
        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        StreamLine line = stream(9, Channels.MIXED);

        talk(line, FIRST, SECOND);

        assertEquals(4000, loudness(0, 450), 400);
        assertEquals(4000, loudness(0, 1150), 400);
        assertEquals(0, loudness(0, 2500), 60);
        assertEquals(8000, streamed.getOrDefault(0, new short[0]).length);
    }

    @Test
    void oneWhoIsAloneIsStreamedToo() {
        call.join();
        StreamLine line = stream(9, Channels.MIXED);

        talk(line, FIRST);

        assertEquals(4000, loudness(0, 450), 400);
    }

    @Test
    void unmixedHasEachByItselfButNotWhoIsMutedOrHeld() {
        call.join();
        call.join();
        call.join();
        StreamLine line = stream(9, Channels.UNMIXED);
        call.bridge.streams().stream(
                new MediaCommand.StreamLeg(
                        operation(9),
                        new StreamedLeg(new LegId(2), new PhoneNumber("+15550100002"))));
        call.bridge.mute(new LegId(3), true, 0);

        talk(line, FIRST, SECOND, WORDS);

        assertEquals(4000, loudness(1, 450), 400);
        assertEquals(0, loudness(1, 1150), 60);
        assertEquals(4000, loudness(2, 1150), 400);
        assertFalse(streamed.containsKey(3));
        assertEquals("4:+15550100002", line.participant(2));
        assertNull(line.participant(3));
    }

    @Test
    void silenceIsSaidToBeSilence() {
        call.join();
        StreamLine mixed = stream(8, Channels.MIXED);
        StreamLine unmixed = stream(9, Channels.UNMIXED);

        call.frames(2);

        for (StreamLine line : List.of(mixed, unmixed)) {
            StreamFrame frame = java.util.Objects.requireNonNull(line.ring().peek());
            assertEquals(1, frame.voices());
            assertTrue(frame.isSilent(0));
        }
    }

    @Test
    void whatTheApplicationSaysIsHeardByAllAndNotByItself() {
        WireSocket first = call.join();
        WireSocket second = call.join();
        StreamLine line = stream(9, Channels.MIXED);
        StreamLine other = stream(10, Channels.MIXED);
        line.voice().put(WORDS);

        call.talk(50, FIRST, SECOND);
        take(line);

        assertTrue(heardMs(first, 0, 1950) >= 800, () -> "heard " + heardMs(first, 0, 1950));
        assertTrue(ToneDetector.amplitude(second.heard(0), 2000, 6000, 1950) > 4000);
        assertEquals(0, loudness(0, 1950), 60);
        streamed.clear();
        take(other);
        assertEquals(0, loudness(0, 1950), 60);
    }

    @Test
    void aStreamThatNobodyTakesLosesFramesAndNothingElseHappens() {
        WireSocket first = call.join();
        call.join();
        StreamLine line = stream(9, Channels.UNMIXED);

        call.talk(50, FIRST, SECOND);
        call.talk(50, FIRST, SECOND);
        call.talk(50, FIRST, SECOND);

        assertEquals(StreamRing.FRAMES, line.ring().waiting());
        assertEquals(50, line.ring().lost());
        assertTrue(heardMs(first, 0, 1150) >= 2800);
    }

    @Test
    void keysAreToldWhetherTheLegReportsThemOrNot() {
        call.join();
        StreamLine line = stream(9, Channels.MIXED);

        call.bridge.pressed(new LegId(1), Tone.FIVE, null);

        assertEquals(Tone.FIVE, line.key());
        assertNull(line.key());
        assertEquals(List.of(), call.events);
    }

    @Test
    void endsWhenToldAndIsForgottenWhenAbandoned() {
        call.join();
        StreamLine line = stream(9, Channels.MIXED);
        StreamLine other = stream(10, Channels.MIXED);
        assertTrue(call.bridge.streams().stop(operation(9)));
        assertFalse(call.bridge.streams().stop(operation(9)));
        other.abandon();
        call.frames(1);

        assertTrue(line.hasEnded());
        assertEquals(0, line.ring().waiting());
        assertFalse(call.bridge.streams().isOn());
    }

    @Test
    void aCallWithoutLegsIsKeptForItsStream() {
        stream(9, Channels.MIXED);
        assertFalse(call.bridge.isIdle());

        call.bridge.streams().stopAll();

        assertTrue(call.bridge.isIdle());
    }
}
