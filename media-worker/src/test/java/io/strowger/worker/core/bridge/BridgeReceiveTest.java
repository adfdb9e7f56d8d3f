package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.heardMs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.tone.Tones;
import org.junit.jupiter.api.Test;

/// How often a socket is asked for packets, and that none waits in it for long.
class BridgeReceiveTest {
    private static final short[] VOICE = Tones.sine(450, 1000, 6000);
    private final Conversation call = new Conversation();
    private final WireSocket phone = call.join();
    private final WireSocket other = call.join();

    /// The phone says its frames `from` up to `to`.
    private void say(int from, int to) {
        for (int i = from; i < to; i++) {
            phone.say(VOICE, i * 160);
        }
    }

    @Test
    void aPhoneThatSendsSteadilyIsAskedAboutOnceAFrame() {
        for (int i = 0; i < 800; i++) {
            say(i, i + 1);
            call.frames(1);
        }

        assertEquals(800, call.counts.received());
        assertTrue(phone.asked <= 800 * 1.1, "asked " + phone.asked + " times");
    }

    @Test
    void packetsThatComeTogetherAreAllTakenAtOnce() {
        say(0, 1);
        call.frames(1);
        for (int i = 1; i < 400; i += 2) {
            call.frames(1);
            say(i, i + 2);
            call.frames(1);
            assertEquals(0, phone.waiting(), "packets wait after frame " + i);
        }

        assertEquals(401, call.counts.received());
    }

    @Test
    void aPhoneWhoseClockRunsAtTwiceTheRateIsNotKeptWaitingForLong() {
        for (int i = 0; i < 400; i++) {
            say(2 * i, 2 * i + 2);
            call.frames(1);
            assertTrue(i < 16 || phone.waiting() == 0, phone.waiting() + " wait after " + i);
        }
    }

    @Test
    void whatWaitedThroughAStallIsTakenAtOnce() {
        for (int i = 0; i < 100; i++) {
            say(i, i + 1);
            call.frames(1);
        }
        call.frames(4);

        say(100, 105);
        call.frames(1);

        assertEquals(0, phone.waiting());
    }

    @Test
    void aPhoneWhoseClockIsSlowerOrFasterIsNeverKeptWaiting() {
        int said = 0;
        for (int frame = 0; frame < 6000; frame++) {
            double clock = frame < 3000 ? 1.002 * frame : 3006 + 0.998 * (frame - 3000);
            while (said <= clock) {
                say(said, said + 1);
                said++;
            }
            call.frames(1);
            assertTrue(phone.waiting() <= 1, phone.waiting() + " wait after frame " + frame);
        }

        assertTrue(heardMs(other, 0, 450) > 6000 * 20 * 0.97);
    }
}
