package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.operation;
import static io.strowger.worker.core.bridge.Conversation.ready;
import static io.strowger.worker.core.bridge.Conversation.source;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaCommand.ChannelOfLeg;
import io.strowger.contracts.media.MediaEvent.RecordingPaused;
import io.strowger.contracts.media.MediaEvent.RecordingResumed;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.worker.core.recording.AudioRing;
import io.strowger.worker.core.recording.Reel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BridgeRecordingTest {
    private static final double[] VOICES = {450, 1150, 1950};
    private static final short[] FIRST = Tones.sine(VOICES[0], 1000, 4000);
    private static final short[] SECOND = Tones.sine(VOICES[1], 1000, 4000);
    private static final short[] THIRD = Tones.sine(VOICES[2], 1000, 4000);
    private static final short[] PROMPT = Tones.sine(2500, 1000, 3000);
    private static final RecordingId ID = new RecordingId(1, 1);
    private final Conversation call = new Conversation();

    private Reel record(RecordingId id, ChannelType type, ChannelOfLeg... channels) {
        Reel reel = new Reel(new AudioRing(type));
        call.bridge
                .recorder()
                .start(
                        new MediaCommand.StartRecording(
                                id, Reel.BEGAN, 0, type, List.of(channels), false),
                        reel.ring);
        return reel;
    }

    private Reel mixed() {
        return record(ID, ChannelType.MIXED);
    }

    private static ChannelOfLeg channel(int leg, int channel) {
        return new ChannelOfLeg(new LegId(leg), channel);
    }

    /// Seconds in which all speak; the last one is what is measured.
    private void talk(int seconds, Reel reel, short[]... tones) {
        for (int i = 0; i < seconds; i++) {
            reel.take();
            call.talk(50, tones);
        }
        reel.take();
    }

    /// The amplitude of a tone in the last half second.
    private static double loudness(Reel reel, int channel, double frequencyHz) {
        short[] heard = reel.channel(channel);
        return ToneDetector.amplitude(heard, heard.length - 4000, heard.length, frequencyHz);
    }

    private static void assertHears(Reel reel, int channel, double frequencyHz, double amplitude) {
        assertEquals(
                amplitude,
                loudness(reel, channel, frequencyHz),
                amplitude == 0 ? 60 : amplitude / 10,
                () -> frequencyHz + " Hz on channel " + channel);
    }

    @Test
    void mixedHasEverybodyAndWhatIsPlayedToAllOrToOne() {
        call.join();
        call.join();
        call.join();
        call.play(1, 1, true, new LegId(1), new LegId(2));
        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        call.play(2, 1, true);
        call.bridge.loaded(operation(2), 0, ready(Tones.sine(3100, 1000, 2000)));
        Reel reel = mixed();

        talk(2, reel, FIRST, SECOND, THIRD);

        for (double voice : VOICES) {
            assertHears(reel, 0, voice, 4000);
        }
        assertHears(reel, 0, 2500, 3000);
        assertHears(reel, 0, 3100, 2000);
        assertEquals(Set.of(1), Set.copyOf(reel.masks()));
    }

    @Test
    void thePromptOfARecognitionIsRecordedAtItsSample() {
        call.join();
        Reel reel = mixed();
        call.frames(7);
        call.recognize(
                1,
                1,
                true,
                new DtmfOptions(Duration.ofSeconds(2), Duration.ofSeconds(5), 4, Set.of()));
        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        call.frames(63);

        short[] heard = reel.take().channel(0);
        assertEquals(List.of("0+1600", "1600+1600"), reel.places().subList(0, 2));
        assertArrayEquals(new short[7 * 160], Arrays.copyOf(heard, 7 * 160));
        assertArrayEquals(PROMPT, Arrays.copyOfRange(heard, 7 * 160, 7 * 160 + 8000));
        assertArrayEquals(new short[6 * 160], Arrays.copyOfRange(heard, 57 * 160, 63 * 160));
    }

    @Test
    void aVoiceIsRecordedAtTheSampleThatTheOthersHearItAt() {
        call.join();
        WireSocket listener = call.join();
        Reel reel = mixed();

        talk(1, reel, FIRST);

        short[] heard = listener.heard(0);
        short[] recorded = reel.channel(0);
        assertEquals(heard.length, recorded.length);
        int begins = firstSound(recorded);
        assertEquals(begins, firstSound(heard), 2);
        for (int i = begins; i < recorded.length; i++) {
            assertEquals(heard[i], recorded[i], 150, "sample " + i);
        }
    }

    private static int firstSound(short[] samples) {
        int at = 0;
        while (Math.abs(samples[at]) < 300) {
            at++;
        }
        return at;
    }

    @Test
    void loudnessIsClippedAndDoesNotWrapRound() {
        call.join();
        short[] loud = new short[1600];
        Arrays.fill(loud, (short) 30_000);
        call.play(1, 1, true);
        call.bridge.loaded(operation(1), 0, ready(loud));
        call.play(2, 1, true, new LegId(1));
        call.bridge.loaded(operation(2), 0, ready(loud));
        Reel reel = mixed();

        call.frames(10);

        short[] clipped = new short[1600];
        Arrays.fill(clipped, Short.MAX_VALUE);
        assertArrayEquals(clipped, reel.take().channel(0));
    }

    @Test
    void unmixedHasEachOnItsChannelAndNothingThatIsPlayed() {
        call.join();
        call.join();
        call.join();
        call.play(1, 1, true);
        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        Reel reel = record(ID, ChannelType.UNMIXED, channel(1, 0), channel(2, 3), channel(3, 4));

        talk(2, reel, FIRST, SECOND, THIRD);

        int[] channels = {0, 3, 4};
        for (int leg = 0; leg < 3; leg++) {
            for (int voice = 0; voice < 3; voice++) {
                assertHears(reel, channels[leg], VOICES[voice], leg == voice ? 4000 : 0);
            }
            assertHears(reel, channels[leg], 2500, 0);
        }
        assertEquals(0b11001, reel.chunks.getLast().channelMask());
    }

    @Test
    void aChannelIsSilentOnceItsLegIsGoneAndMayBeAnothersThen() {
        call.join();
        call.join();
        call.join();
        Reel reel = record(ID, ChannelType.UNMIXED, channel(1, 0), channel(2, 1));
        talk(1, reel, FIRST, SECOND, THIRD);
        call.bridge.removeLeg(new LegId(2), call.packet, 0);
        call.frames(50);
        int afterLeaving = reel.take().chunks.getLast().channelMask();
        call.bridge
                .recorder()
                .record(new MediaCommand.RecordLeg(ID, new ChannelOfLeg(new LegId(3), 1)));
        call.bridge
                .recorder()
                .record(new MediaCommand.RecordLeg(new RecordingId(1, 9), channel(3, 0)));

        talk(2, reel, FIRST, SECOND, THIRD);

        assertEquals(0, afterLeaving);
        assertHears(reel, 1, VOICES[2], 4000);
        assertHears(reel, 0, VOICES[0], 4000);
    }

    @Test
    void aLegThatIsNamedBeforeItJoinsIsRecordedOnceItDoes() {
        call.join();
        Reel reel = record(ID, ChannelType.UNMIXED, channel(2, 1));
        call.frames(50);
        reel.take();
        call.join();

        talk(2, reel, FIRST, SECOND);

        assertHears(reel, 1, VOICES[1], 4000);
        assertEquals(0, reel.chunks.getFirst().channelMask());
    }

    @Test
    void whoIsMutedOrOnHoldIsNotRecordedAndNeitherIsWhatTheyHear() {
        call.join();
        call.join();
        call.join();
        call.bridge.mute(new LegId(1), true, 0);
        call.bridge.hold(new MediaCommand.HoldLeg(operation(1), new LegId(2), source()), 0);
        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        call.play(2, 1, true, new LegId(2));
        call.bridge.loaded(operation(2), 0, ready(Tones.sine(3100, 1000, 2000)));
        Reel mixed = mixed();
        Reel unmixed =
                record(
                        new RecordingId(1, 2),
                        ChannelType.UNMIXED,
                        channel(1, 0),
                        channel(2, 1),
                        channel(3, 2));

        talk(1, mixed, FIRST, SECOND, THIRD);
        unmixed.take();
        talk(1, mixed, FIRST, SECOND, THIRD);

        assertHears(mixed, 0, VOICES[0], 0);
        assertHears(mixed, 0, VOICES[1], 0);
        assertHears(mixed, 0, VOICES[2], 4000);
        assertHears(mixed, 0, 2500, 0);
        assertHears(mixed, 0, 3100, 0);
        assertEquals(0b100, unmixed.take().chunks.getLast().channelMask());
    }

    @Test
    void oneLegAloneIsHeardByTheRecording() {
        call.join();
        Reel reel = mixed();

        talk(2, reel, FIRST);

        assertHears(reel, 0, VOICES[0], 4000);
    }

    @Test
    void goesOnInSilenceWhenNobodyIsLeftOrThereYet() {
        Reel reel = mixed();
        call.frames(20);
        call.join();
        call.frames(20);
        call.bridge.removeLeg(new LegId(1), call.packet, 0);
        call.frames(15);

        assertTrue(call.bridge.recorder().stop(ID));
        assertFalse(call.bridge.recorder().stop(ID));

        assertEquals(55 * 160, reel.take().ring.samples());
        assertEquals(55 * 160, reel.chunks.stream().mapToInt(AudioChunk::samples).sum());
        assertEquals(Set.of(0), Set.copyOf(reel.masks()));
    }

    @Test
    void tellsPausesByPositionAndLength() {
        call.join();
        Reel reel = mixed();
        call.frames(13);
        call.bridge.recorder().pause(ID);
        call.bridge.recorder().pause(ID);
        call.frames(151);
        call.bridge.recorder().resume(ID);
        call.bridge.recorder().resume(ID);
        call.frames(2);
        call.bridge.recorder().pause(new RecordingId(1, 9));
        call.bridge.recorder().stop(ID);

        assertEquals(
                List.of(
                        new RecordingPaused(ID, 2080),
                        new RecordingResumed(ID, 2080, Duration.ofMillis(3020))),
                call.events);
        assertEquals(List.of("0+1600", "1600+480", "2080+320"), reel.take().places());
    }

    @Test
    void mayBeginPausedAndFarBehindTheFirstSample() {
        Reel reel = new Reel(new AudioRing(ChannelType.MIXED));
        call.join();
        call.bridge
                .recorder()
                .start(
                        new MediaCommand.StartRecording(
                                ID, Reel.BEGAN, 480_000, ChannelType.MIXED, List.of(), true),
                        reel.ring);
        call.frames(5);
        call.bridge.recorder().resume(ID);
        call.frames(10);

        assertEquals(
                List.of(
                        new RecordingPaused(ID, 480_000),
                        new RecordingResumed(ID, 480_000, Duration.ofMillis(100))),
                call.events);
        assertEquals(List.of("480000+1600"), reel.take().places());
    }

    @Test
    void aLateThreadLosesNoTime() {
        call.join();
        Reel reel = mixed();
        call.frames(5);
        long dueNs = call.bridge.nextFrameAtNs();

        call.bridge.frame(dueNs + Conversation.SECOND, 0, call.packet);
        call.frames(4);
        call.bridge.recorder().stop(ID);

        assertEquals(List.of("0+800", "800+8000", "8800+800"), reel.take().places());
        assertEquals(60 * 160, reel.ring.samples());
        assertEquals(dueNs + 55 * 20_000_000L, call.bridge.nextFrameAtNs());
    }

    @Test
    void severalRecordingsOfACallLiveEachOnTheirOwn() {
        call.join();
        Reel first = mixed();
        call.frames(10);
        Reel second = record(new RecordingId(1, 2), ChannelType.MIXED);
        call.frames(10);
        call.bridge.recorder().pause(ID);
        call.frames(10);
        call.bridge.recorder().stop(new RecordingId(1, 2));
        call.bridge.recorder().stop(ID);

        assertEquals(List.of("0+1600", "1600+1600"), first.take().places());
        assertEquals(List.of("0+1600", "1600+1600"), second.take().places());
        assertFalse(call.bridge.recorder().isOn());
    }

    @Test
    void aCallOfHundredsIsRecordedWithItsTalkers() {
        for (int leg = 1; leg <= 350; leg++) {
            call.join();
        }
        short[] room = Tones.sine(700, 1000, 0);
        short[][] tones = new short[350][];
        Arrays.fill(tones, room);
        tones[17] = FIRST;
        tones[300] = SECOND;
        Reel mixed = mixed();
        Reel unmixed = record(new RecordingId(1, 2), ChannelType.UNMIXED, channel(301, 2));

        talk(1, mixed, tones);

        assertHears(mixed, 0, VOICES[0], 4000);
        assertHears(mixed, 0, VOICES[1], 4000);
        assertHears(unmixed.take(), 2, VOICES[1], 4000);
        assertEquals(
                Set.of(1600),
                mixed.chunks.stream().map(AudioChunk::samples).collect(Collectors.toSet()));
    }
}
