package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.audio;
import static io.strowger.worker.core.bridge.Conversation.operation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent.TonesSent;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.sdp.Direction;
import io.strowger.media.telephoneevent.TelephoneEvent;
import io.strowger.media.tone.Tones;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgeTonesTest {
    private static final LegId ONE = new LegId(1);
    private final Conversation call = new Conversation();

    private void send(int operation, Tone... tones) {
        call.bridge.sendTones(
                new MediaCommand.SendTones(operation(operation), ONE, List.of(tones)));
    }

    private record Event(
            int packet, int code, boolean end, int duration, boolean marker, long at) {}

    private static List<Event> events(WireSocket phone) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < phone.sent.size(); i++) {
            WireSocket.Sent sent = phone.sent.get(i);
            ByteBuffer bytes = ByteBuffer.wrap(sent.bytes());
            if (RtpHeader.payloadType(bytes) == 101) {
                int offset = RtpHeader.payloadOffset(bytes);
                assertEquals(TelephoneEvent.BYTES, RtpHeader.payloadBytes(bytes));
                events.add(
                        new Event(
                                i,
                                TelephoneEvent.eventCode(bytes, offset),
                                TelephoneEvent.isEnd(bytes, offset),
                                TelephoneEvent.durationTicks(bytes, offset),
                                sent.marker(),
                                sent.rtpTimestamp()));
            }
        }
        return events;
    }

    private List<TonesSent> told() {
        return call.events(TonesSent.class);
    }

    @Test
    void aKeyIsHeldEndsThreeTimesAndBearsTheTimeOfItsBeginning() {
        WireSocket phone = call.join();
        call.frames(3);
        long before = phone.sent.getLast().rtpTimestamp();

        send(1, Tone.POUND);
        call.frames(20);

        List<Event> events = events(phone);
        assertEquals(9, events.size());
        for (int i = 0; i < 9; i++) {
            Event event = events.get(i);
            assertEquals(3 + i, event.packet);
            assertEquals(11, event.code);
            assertEquals(i >= 6, event.end);
            assertEquals(Math.min(i + 1, 6) * 160, event.duration);
            assertEquals(i == 0, event.marker);
            assertEquals((before + 160) & 0xFFFF_FFFFL, event.at);
        }
        assertEquals(List.of(new TonesSent(operation(1), null)), told());
    }

    @Test
    void numbersAndTheClockOfTheSoundGoOnThroughAKey() {
        WireSocket phone = call.join();
        call.frames(3);
        send(1, Tone.ONE);
        call.frames(20);

        for (int i = 1; i < phone.sent.size(); i++) {
            assertEquals(
                    (phone.sent.get(i - 1).sequenceNumber() + 1) & 0xFFFF,
                    phone.sent.get(i).sequenceNumber());
        }
        assertEquals(
                (phone.sent.getFirst().rtpTimestamp() + 22 * 160) & 0xFFFF_FFFFL,
                phone.sent.getLast().rtpTimestamp());
        assertEquals(
                1, phone.sent.stream().map(WireSocket.Sent::ssrc).distinct().count(), "one SSRC");
    }

    @Test
    void keysAreApartAndInOrderAlsoThoseOfTheNextCommand() {
        WireSocket phone = call.join();

        send(1, Tone.ONE, Tone.ONE);
        send(2, Tone.TWO);
        send(1, Tone.NINE);
        call.frames(35);

        List<Event> begins = events(phone).stream().filter(Event::marker).toList();
        List<Event> ends = events(phone).stream().filter(event -> event.end).toList();
        assertEquals(List.of(1, 1, 2), begins.stream().map(Event::code).toList());
        for (int i = 1; i < 3; i++) {
            int endedAt = ends.get((i - 1) * 3).packet;
            int gapMs = (begins.get(i).packet - endedAt) * 20;
            assertTrue(gapMs >= 50, "a gap of " + gapMs);
        }
        assertEquals(
                List.of(new TonesSent(operation(1), null), new TonesSent(operation(2), null)),
                told());
    }

    @Test
    void theSoundOfTheOthersIsReplacedWhileAKeyIsSentAndComesBack() {
        WireSocket phone = call.join();
        call.join();
        short[] silence = new short[160];
        short[] voice = Tones.sine(450, 1000, 6000);
        call.talk(20, silence, voice);

        send(1, Tone.FIVE);
        call.talk(50, silence, voice);

        List<WireSocket.Sent> sound =
                phone.sent.stream().filter(sent -> sent.bytes().length == 172).toList();
        assertEquals(70 - 9, sound.size());
        phone.sent.retainAll(sound);
        assertEquals(40 * 20, Conversation.heardMs(phone, 21, 450));
    }

    @Test
    void aLegOnHoldIsSentKeysAllTheSame() {
        WireSocket phone = call.join();
        call.bridge.hold(new MediaCommand.HoldLeg(operation(9), ONE, null), 0);

        send(1, Tone.A);
        call.frames(20);

        assertEquals(9, events(phone).size());
        assertEquals(List.of(new TonesSent(operation(1), null)), told());
    }

    @Test
    void aLegThatLeavesInTheMiddleFailsAllThatWasLeft() {
        call.join();
        call.join();
        send(1, Tone.ONE, Tone.TWO);
        send(2, Tone.THREE);
        call.frames(12);

        call.bridge.removeLeg(ONE, call.packet, 0);
        call.frames(20);

        assertEquals(
                List.of(operation(1), operation(2)),
                told().stream().map(TonesSent::operationId).toList());
        assertTrue(told().stream().allMatch(sent -> sent.failure() != null));
    }

    @Test
    void whoTakesNoTelephoneEventsIsSentNoneAndItIsTold() {
        WireSocket phone = call.join(audio(Direction.SENDRECV, false), false);

        send(1, Tone.ONE);
        call.frames(20);

        assertEquals(1, told().size());
        assertTrue(String.valueOf(told().getFirst().failure()).contains("telephone-event"));
        assertTrue(phone.sent.stream().allMatch(sent -> sent.bytes().length == 172));
    }

    @Test
    void whoIsNotThereOrHasUsOnHoldCannotBeSentKeys() {
        send(1, Tone.ONE);
        call.join(audio(Direction.RECVONLY, true), false);
        send(2, Tone.ONE);

        assertEquals(
                List.of(operation(1), operation(2)),
                told().stream().map(TonesSent::operationId).toList());
        assertTrue(told().stream().allMatch(sent -> sent.failure() != null));
    }

    @Test
    void aPeerThatPutsUsOnHoldInTheMiddleFailsIt() {
        WireSocket phone = call.join();
        send(1, Tone.ONE, Tone.TWO);
        call.frames(12);

        call.bridge.connect(ONE, audio(Direction.INACTIVE, true), phone.phone, 0);
        call.frames(30);

        assertEquals(1, told().size());
        assertTrue(told().getFirst().failure() != null);
    }
}
