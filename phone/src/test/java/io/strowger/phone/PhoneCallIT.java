package io.strowger.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.phone.PhoneCall.State;
import io.strowger.phone.PhoneSettings.Clip;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PhoneCallIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final PhoneSettings ANY = PhoneSettings.listening("127.0.0.1", 0);

    @Test
    void bothSidesHearEachOthersToneAndKeys() throws Exception {
        PhoneSettings low =
                ANY.withSays(new Clip(Tones.sine(440, 1000, 8000), true))
                        .withPress("12#", Duration.ofMillis(300));
        PhoneSettings high = ANY.withSays(new Clip(Tones.sine(880, 1000, 8000), true));
        try (Phone alice = Phone.start(low);
                Phone bob = Phone.start(high)) {
            PhoneCall atBob = bob.call(alice.uri());
            assertTrue(atBob.awaitState(State.ANSWERED, SOON));
            PhoneCall atAlice = alice.awaitCall(call -> true, SOON);

            assertTrue(
                    atBob.await(call -> call.keysHeard().equals("12#"), SOON), atBob.keysHeard());
            assertTrue(atBob.await(call -> ToneDetector.heardMs(call.heard(), 440) >= 500, SOON));
            assertTrue(atAlice.await(call -> ToneDetector.heardMs(call.heard(), 880) >= 500, SOON));

            atBob.hangUp();
            assertTrue(atAlice.awaitState(State.ENDED, SOON));
            assertEquals("hung up by the far end", atAlice.endReason());
            assertEquals(0, ToneDetector.heardMs(atBob.heard(), 880));
        }
    }

    @Test
    void aBusyPhoneRefuses() throws Exception {
        try (Phone busy = Phone.start(ANY.withReject(486));
                Phone caller = Phone.start(ANY)) {
            PhoneCall call = caller.call(busy.uri());

            assertTrue(call.awaitState(State.ENDED, SOON));
            assertEquals(486, call.endStatus());
        }
    }

    @Test
    void aRingingCallCanBeCancelled() throws Exception {
        try (Phone away = Phone.start(ANY.withAnswerAfter(null));
                Phone caller = Phone.start(ANY)) {
            PhoneCall call = caller.call(away.uri());
            assertTrue(call.awaitState(State.RINGING, SOON));

            call.hangUp();

            assertTrue(call.awaitState(State.ENDED, SOON));
            assertEquals(487, call.endStatus());
            assertEquals(
                    "cancelled by the far end",
                    away.awaitCall(c -> c.state() == State.ENDED, SOON).endReason());
        }
    }

    @Test
    void nothingIsHeardFromASideThatHolds() throws Exception {
        try (Phone talker = Phone.start(ANY.withSays(new Clip(Tones.sine(600, 1000, 8000), true)));
                Phone holder = Phone.start(ANY)) {
            PhoneCall call = holder.call(talker.uri());
            assertTrue(call.await(c -> c.heard().length > 8000, SOON));

            call.hold(true);
            PhoneCall far = talker.awaitCall(c -> true, SOON);
            assertTrue(far.await(c -> c.packetsReceived() > 0, SOON));
            long[] last = {-1, 0};
            assertTrue(
                    call.await(c -> quietFor(c, last), SOON), "packets still come while on hold");

            call.hold(false);
            long atResume = call.packetsReceived();
            assertTrue(call.await(c -> c.packetsReceived() > atResume + 20, SOON));
        }
    }

    /// Whether no packet came for 300 ms.
    private static boolean quietFor(PhoneCall call, long[] last) {
        long now = System.nanoTime();
        if (call.packetsReceived() != last[0]) {
            last[0] = call.packetsReceived();
            last[1] = now;
        }
        return now - last[1] > 300_000_000L;
    }
}
