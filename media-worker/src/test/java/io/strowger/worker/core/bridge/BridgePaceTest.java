package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.SECOND;
import static io.strowger.worker.core.bridge.Conversation.audio;
import static io.strowger.worker.core.bridge.Conversation.operation;
import static io.strowger.worker.core.bridge.Conversation.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.media.sdp.Direction;
import io.strowger.media.tone.Tones;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.rtp.OutgoingStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgePaceTest {
    private static final long FRAME_NS = 20_000_000L;
    private final Conversation call = new Conversation();

    @Test
    void sendsFiftyPacketsASecond() {
        WireSocket phone = call.join();

        for (long nowNs = 0; nowNs < 10 * SECOND; nowNs += 5_000_000) {
            if (call.bridge.nextFrameAtNs() <= nowNs) {
                call.bridge.frame(nowNs, 0, call.packet);
            }
        }

        assertEquals(500, phone.sent.size());
        assertEquals(500, call.counts.sent());
    }

    @Test
    void numbersGoOnAcrossPlaysOfOneSource() {
        WireSocket phone = call.join();

        for (int play = 1; play <= 3; play++) {
            call.play(play, 1, false);
            call.bridge.loaded(operation(play), 0, ready(Tones.sine(450, 110, 8000)));
            call.frames(12);
        }

        assertEquals(36, phone.sent.size());
        for (int i = 1; i < phone.sent.size(); i++) {
            WireSocket.Sent before = phone.sent.get(i - 1);
            WireSocket.Sent now = phone.sent.get(i);
            assertEquals((before.sequenceNumber() + 1) & 0xFFFF, now.sequenceNumber());
            assertEquals((before.rtpTimestamp() + 160) & 0xFFFF_FFFFL, now.rtpTimestamp());
            assertEquals(before.ssrc(), now.ssrc());
            assertFalse(now.marker());
        }
        assertTrue(phone.sent.getFirst().marker());
    }

    @Test
    void aLongStallIsPassedOverAndTheTimestampMovesOn() {
        WireSocket phone = call.join();
        call.frames(10);
        WireSocket.Sent before = phone.sent.getLast();

        call.bridge.frame(call.bridge.nextFrameAtNs() + 50 * FRAME_NS + 1, 0, call.packet);

        WireSocket.Sent after = phone.sent.getLast();
        assertEquals(11, phone.sent.size());
        assertEquals((before.sequenceNumber() + 1) & 0xFFFF, after.sequenceNumber());
        assertEquals((before.rtpTimestamp() + 51 * 160) & 0xFFFF_FFFFL, after.rtpTimestamp());
        assertTrue(after.marker());
    }

    @Test
    void aShortStallIsMadeUpFor() {
        WireSocket phone = call.join();
        call.frames(10);
        long nowNs = call.bridge.nextFrameAtNs() + 9 * FRAME_NS;

        while (call.bridge.nextFrameAtNs() <= nowNs) {
            call.bridge.frame(nowNs, 0, call.packet);
        }

        assertEquals(20, phone.sent.size());
        assertFalse(phone.sent.getLast().marker());
    }

    @Test
    void sendsNothingBeforeItIsConnectedNorWhileOnHold() {
        WireSocket phone = new WireSocket(4444);
        call.bridge.addLeg(
                new LegId(7), phone, ToneReports.of(false), new OutgoingStream(7, 1, 1000));
        call.frames(5);
        call.bridge.connect(new LegId(7), audio(Direction.RECVONLY, true), phone.phone, 0);
        call.frames(5);
        int whileHeld = phone.sent.size();

        call.bridge.connect(new LegId(7), audio(Direction.SENDRECV, true), phone.phone, 0);
        call.frames(5);

        assertEquals(0, whileHeld);
        assertEquals(5, phone.sent.size());
        assertEquals(1000 + 10 * 160, phone.sent.getFirst().rtpTimestamp());
        assertEquals(1, phone.sent.getFirst().sequenceNumber());
        assertTrue(phone.sent.getFirst().marker());
    }

    @Test
    void countsWhatCouldNotBeSentAndGoesOn() {
        WireSocket phone = call.join();
        phone.broken = true;
        call.frames(5);
        phone.broken = false;

        call.frames(5);

        assertEquals(5, call.counts.sendFailed());
        assertEquals(5, call.counts.sent());
    }

    @Test
    void reportsEveryFiveSecondsAndSaysGoodbye() {
        WireSocket phone = call.join();

        call.frames(500);
        int reports = phone.reportsTo.size();
        call.bridge.removeLeg(new LegId(1), call.packet, 0);

        assertEquals(2, reports);
        assertEquals(3, phone.reportsTo.size());
        assertEquals(phone.phone, phone.reportsTo.getLast());
    }

    @Test
    void tellsOfASilentLegOnceAndAgainAfterItSpoke() {
        WireSocket phone = call.join();
        call.frames(249);
        assertEquals(List.of(), call.silent);

        call.frames(500);
        assertEquals(List.of(new LegId(1)), call.silent);
        phone.say(Tones.sine(450, 20, 8000), 0);
        call.frames(500);

        assertEquals(List.of(new LegId(1), new LegId(1)), call.silent);
    }

    @Test
    void aLegOnHoldIsNotExpectedToSend() {
        call.join(audio(Direction.SENDONLY, true), false);

        call.frames(1000);

        assertEquals(List.of(), call.silent);
    }
}
