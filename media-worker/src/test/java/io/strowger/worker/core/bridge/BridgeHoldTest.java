package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.SECOND;
import static io.strowger.worker.core.bridge.Conversation.audio;
import static io.strowger.worker.core.bridge.Conversation.heardMs;
import static io.strowger.worker.core.bridge.Conversation.operation;
import static io.strowger.worker.core.bridge.Conversation.ready;
import static io.strowger.worker.core.bridge.Conversation.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent.HoldFailed;
import io.strowger.contracts.media.MediaEvent.PlayEnded;
import io.strowger.contracts.media.MediaEvent.RecognizeEnded;
import io.strowger.contracts.media.MediaEvent.ToneReceived;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.media.sdp.Direction;
import io.strowger.media.tone.Tones;
import io.strowger.worker.core.play.Loaded;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BridgeHoldTest {
    private static final double[] VOICES = {450, 1150, 1950};
    private static final short[] FIRST = Tones.sine(VOICES[0], 1000, 6000);
    private static final short[] SECOND_VOICE = Tones.sine(VOICES[1], 1000, 6000);
    private static final short[] THIRD = Tones.sine(VOICES[2], 1000, 6000);
    private static final short[] MUSIC = Tones.sine(2500, 300, 6000);
    private static final LegId ONE = new LegId(1);
    private final Conversation call = new Conversation();
    private final WireSocket first = call.join(audio(Direction.SENDRECV, true), true);
    private final WireSocket second = call.join();
    private final WireSocket third = call.join();

    /// Everyone talks for a second.
    ///
    /// @return the number of the first packet of it
    private int talk() {
        int from = first.sent.size() + 10;
        call.talk(60, FIRST, SECOND_VOICE, THIRD);
        return from;
    }

    private void hold(int operation, boolean music) {
        call.bridge.hold(
                new MediaCommand.HoldLeg(operation(operation), ONE, music ? source() : null),
                call.bridge.nextFrameAtNs());
    }

    private void mute(boolean on) {
        call.bridge.mute(ONE, on, call.bridge.nextFrameAtNs());
    }

    @Test
    void aMutedLegIsHeardByNobodyAndHearsAll() {
        mute(true);

        int from = talk();

        assertEquals(0, heardMs(second, from, VOICES[0]));
        assertEquals(0, heardMs(third, from, VOICES[0]));
        assertEquals(1000, heardMs(first, from, VOICES[1]));
        assertEquals(1000, heardMs(first, from, VOICES[2]));
        assertEquals(1000, heardMs(third, from, VOICES[1]));
    }

    @Test
    void liftingTheMuteBringsTheVoiceBack() {
        mute(true);
        talk();
        mute(false);

        int from = talk();

        assertEquals(1000, heardMs(second, from, VOICES[0]));
    }

    @Test
    void aHeldLegHearsItsMusicOverAndOverAndNobodyElse() {
        hold(1, true);
        call.bridge.loaded(operation(1), 0, ready(MUSIC));

        int from = talk();

        assertEquals(1000, heardMs(first, from, 2500));
        assertEquals(0, heardMs(first, from, VOICES[1]));
        assertEquals(0, heardMs(second, from, VOICES[0]));
        assertEquals(0, heardMs(second, from, 2500));
        assertEquals(1000, heardMs(second, from, VOICES[2]));
        assertEquals(List.of(), call.events);
    }

    @Test
    void aHoldWithoutMusicIsSilence() {
        hold(1, false);

        int from = talk();

        assertTrue(silent(first, from));
        assertEquals(0, heardMs(second, from, VOICES[0]));
        assertEquals(List.of(), call.events);
    }

    private static boolean silent(WireSocket phone, int from) {
        for (short sample : phone.heard(from)) {
            if (sample != 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void aHeldLegHearsNoPlayOfItsOwnNorOneForAll() {
        hold(1, false);
        call.play(2, 1, true);
        call.bridge.loaded(operation(2), 0, ready(Tones.sine(700, 1000, 6000)));
        call.play(3, 1, false, ONE);
        call.bridge.loaded(operation(3), 0, ready(Tones.sine(900, 200, 6000)));

        int from = talk();

        assertTrue(silent(first, from));
        assertEquals(1000, heardMs(second, from, 700));
        assertEquals(
                List.of(new PlayEnded(operation(3), PlayOutcome.COMPLETED, null, null)),
                call.events(PlayEnded.class));
    }

    @Test
    void endingTheHoldStopsTheMusicAndJoinsAgain() {
        hold(1, true);
        call.bridge.loaded(operation(1), 0, ready(MUSIC));
        talk();
        call.bridge.unhold(ONE, call.bridge.nextFrameAtNs());

        int from = talk();

        assertEquals(0, heardMs(first, from, 2500));
        assertEquals(1000, heardMs(first, from, VOICES[1]));
        assertEquals(1000, heardMs(second, from, VOICES[0]));
        assertEquals(List.of(), call.events);
    }

    @Test
    void aSecondHoldReplacesTheMusic() {
        hold(1, true);
        call.bridge.loaded(operation(1), 0, ready(MUSIC));
        talk();
        hold(2, true);
        call.bridge.loaded(operation(2), 0, ready(Tones.sine(3000, 300, 6000)));

        int from = talk();

        assertEquals(0, heardMs(first, from, 2500));
        assertEquals(1000, heardMs(first, from, 3000));
    }

    @Test
    void theSameHoldTwiceChangesNothing() {
        hold(1, true);
        call.bridge.loaded(operation(1), 0, ready(MUSIC));
        hold(1, true);

        int from = talk();

        assertEquals(1000, heardMs(first, from, 2500));
        assertEquals(List.of(0), call.fetches);
    }

    @Test
    void musicThatCannotBeHadIsToldAndTheLegStaysOnHoldInSilence() {
        hold(1, true);
        call.bridge.loaded(operation(1), 0, new Loaded.Failed(PlayOutcome.FETCH_FAILED, "404"));

        int from = talk();

        assertEquals(
                List.of(new HoldFailed(operation(1), ONE, PlayOutcome.FETCH_FAILED, "404")),
                call.events);
        assertTrue(silent(first, from));
        assertEquals(0, heardMs(second, from, VOICES[0]));
    }

    @Test
    void aHoldOfALegThatIsNotThereFails() {
        call.bridge.hold(new MediaCommand.HoldLeg(operation(1), new LegId(9), source()), 0);

        assertEquals(PlayOutcome.FAILED, call.events(HoldFailed.class).getFirst().outcome());
    }

    @Test
    void aHeldLegThatLeavesTakesItsMusicWithIt() {
        hold(1, true);
        call.bridge.loaded(operation(1), 0, ready(MUSIC));

        call.bridge.removeLeg(ONE, call.packet, 0);
        call.frames(50);

        assertEquals(List.of(), call.events);
        assertEquals(2, call.bridge.legs());
    }

    @Test
    void keysOfAMutedAndOfAHeldLegCount() {
        mute(true);
        hold(1, false);
        call.recognize(
                2,
                0,
                true,
                new DtmfOptions(
                        Duration.ofSeconds(5), Duration.ofSeconds(2), 2, Set.of(Tone.POUND)));

        first.key(5, 8000, true);
        call.frames(5);
        first.key(6, 16_000, true);
        call.frames(5);

        assertEquals(
                List.of(new ToneReceived(ONE, Tone.FIVE, 1), new ToneReceived(ONE, Tone.SIX, 2)),
                call.events(ToneReceived.class));
        RecognizeEnded ended = call.events(RecognizeEnded.class).getFirst();
        assertEquals(RecognizeOutcome.MAX_TONES, ended.outcome());
        assertEquals(List.of(Tone.FIVE, Tone.SIX), ended.tones());
    }

    @Test
    void keysAreToldWhileAskedFor() {
        call.bridge.reportTones(ONE, false);
        first.key(1, 8000, true);
        call.frames(5);
        call.bridge.reportTones(ONE, true);
        first.key(2, 16_000, true);
        call.frames(5);

        assertEquals(List.of(new ToneReceived(ONE, Tone.TWO, 1)), call.events);
    }

    @Test
    void aLegOnHoldOrMutedIsNotExpectedToSendAndIsAgainAfterwards() {
        hold(1, false);
        call.bridge.mute(new LegId(2), true, 0);
        call.frames(500);
        assertEquals(List.of(new LegId(3)), call.silent);

        call.bridge.unhold(ONE, call.bridge.nextFrameAtNs());
        call.bridge.mute(new LegId(2), false, call.bridge.nextFrameAtNs());
        call.frames(240);
        assertEquals(List.of(new LegId(3)), call.silent, "patience begins again: " + 5 * SECOND);
        call.frames(20);

        assertEquals(List.of(new LegId(3), ONE, new LegId(2)), call.silent);
    }

    @Test
    void aLegThatItsPeerHoldsIsNotExpectedToSend() {
        for (Direction direction : List.of(Direction.RECVONLY, Direction.INACTIVE)) {
            call.bridge.connect(
                    ONE, audio(direction, true), first.phone, call.bridge.nextFrameAtNs());
            call.frames(500);
        }

        assertEquals(List.of(new LegId(2), new LegId(3)), call.silent);
    }
}
