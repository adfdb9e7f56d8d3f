package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.audio;
import static io.strowger.worker.core.bridge.Conversation.heardMs;
import static io.strowger.worker.core.bridge.Conversation.operation;
import static io.strowger.worker.core.bridge.Conversation.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.media.sdp.Direction;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import org.junit.jupiter.api.Test;

class BridgeMixTest {
    private static final double[] VOICES = {450, 1150, 1950};
    private static final short[] FIRST = Tones.sine(VOICES[0], 1000, 6000);
    private static final short[] SECOND = Tones.sine(VOICES[1], 1000, 6000);
    private static final short[] THIRD = Tones.sine(VOICES[2], 1000, 6000);
    private final Conversation call = new Conversation();

    /// The amplitude of a voice in what a phone heard in the last half second.
    private static double loudness(WireSocket phone, double frequencyHz) {
        short[] heard = phone.heard(phone.sent.size() - 25);
        return ToneDetector.amplitude(heard, 0, heard.length, frequencyHz);
    }

    @Test
    void eachOfThreeHearsTheOthersAndNotItself() {
        WireSocket[] phones = {call.join(), call.join(), call.join()};

        call.talk(100, FIRST, SECOND, THIRD);

        for (int listener = 0; listener < 3; listener++) {
            for (int speaker = 0; speaker < 3; speaker++) {
                double loudness = loudness(phones[listener], VOICES[speaker]);
                if (listener == speaker) {
                    assertTrue(loudness < 60, "hears itself: " + loudness);
                } else {
                    assertEquals(6000, loudness, 400, listener + " hears " + speaker);
                }
            }
        }
    }

    @Test
    void aPromptIsHeardAboveTheConversation() {
        WireSocket first = call.join();
        call.join();
        call.play(1, 1, true, new LegId(1));
        call.bridge.loaded(operation(1), 0, ready(Tones.sine(2500, 1000, 5000)));

        call.talk(100, FIRST, SECOND);

        assertEquals(6000, loudness(first, VOICES[1]), 400);
        assertEquals(5000, loudness(first, 2500), 400);
    }

    @Test
    void loudnessIsClippedAndDoesNotWrapRound() {
        WireSocket first = call.join();
        call.join();
        call.join();
        short[] loud = Tones.sine(450, 1000, 30_000);

        call.talk(100, FIRST, loud, loud);

        short[] heard = first.heard(75);
        double fundamental = ToneDetector.amplitude(heard, 0, heard.length, 450);
        assertTrue(fundamental > 32_000, "a clipped sine, not a wrapped one: " + fundamental);
    }

    @Test
    void aLegThatMayOnlyHearIsNotHeard() {
        call.join(audio(Direction.SENDONLY, true), false);
        WireSocket other = call.join();

        call.talk(100, FIRST, SECOND);

        assertEquals(0, heardMs(other, 0, VOICES[0]));
    }

    @Test
    void aLegThatMayOnlySpeakIsSentNothing() {
        WireSocket first = call.join(audio(Direction.RECVONLY, true), false);
        WireSocket other = call.join();

        call.talk(100, FIRST, SECOND);

        assertEquals(0, first.sent.size());
        assertEquals(6000, loudness(other, VOICES[0]), 400);
    }

    @Test
    void holdSilencesBothWaysAndLiftingItBringsBothBack() {
        WireSocket first = call.join();
        WireSocket other = call.join();
        call.talk(50, FIRST, SECOND);
        call.bridge.connect(new LegId(1), audio(Direction.INACTIVE, true), first.phone, 0);
        call.talk(50, FIRST, SECOND);
        int sentWhileHeld = first.sent.size();
        double heldLoudness = loudness(other, VOICES[0]);

        call.bridge.connect(new LegId(1), audio(Direction.SENDRECV, true), first.phone, 0);
        call.talk(50, FIRST, SECOND);

        assertEquals(50, sentWhileHeld);
        assertTrue(heldLoudness < 60, "heard though on hold: " + heldLoudness);
        assertEquals(6000, loudness(first, VOICES[1]), 400);
        assertEquals(6000, loudness(other, VOICES[0]), 400);
    }

    @Test
    void whoLeavesIsHeardNoMoreAndWhoJoinsIs() {
        WireSocket first = call.join();
        call.join();
        call.talk(100, FIRST, SECOND);

        call.bridge.removeLeg(new LegId(2), call.packet, 0);
        call.frames(50);
        double afterLeaving = loudness(first, VOICES[1]);
        WireSocket third = call.join();
        for (int i = 0; i < 100; i++) {
            third.say(THIRD, i * 160);
            call.frames(1);
        }

        assertTrue(afterLeaving < 60, "still heard: " + afterLeaving);
        assertEquals(6000, loudness(first, VOICES[2]), 400);
    }

    @Test
    void whoJoinsLaterHearsTheOtherAtOnceAndNotWhatWasSaidBefore() {
        WireSocket first = call.join();
        for (int i = 0; i < 500; i++) {
            first.say(FIRST, i * 160);
            call.frames(1);
        }

        WireSocket second = call.join();
        call.talk(50, THIRD, SECOND);

        assertEquals(0, heardMs(second, 0, VOICES[0]));
        assertTrue(heardMs(second, 0, VOICES[2]) >= 900);
    }
}
