package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.heardMs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaEvent.ToneReceived;
import io.strowger.media.sdp.Direction;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.media.srtp.CryptoSuite;
import io.strowger.media.srtp.MediaKeys;
import io.strowger.media.srtp.SrtpKeys;
import io.strowger.media.tone.Tones;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Legs with SRTP.
class BridgeSrtpTest {
    private static final MediaKeys KEYS = new MediaKeys(keys(1), keys(2));
    private static final short[] LOW = Tones.sine(450, 1000, 8000);
    private static final short[] HIGH = Tones.sine(1450, 1000, 8000);
    private final Conversation call = new Conversation();

    @Test
    void aProtectedLegAndAPlainOneHearEachOther() {
        WireSocket secure = join(KEYS);
        WireSocket plain = call.join();

        call.talk(100, LOW, HIGH);

        assertTrue(heardMs(plain, 10, 450) > 1_500, "the plain one hears the protected one");
        assertTrue(heardMs(secure, 10, 1450) > 1_500, "the protected one hears the plain one");
        assertEquals(0, secure.unreadable);
        assertEquals(0, call.counts.unauthentic());
    }

    @Test
    void aKeyIsHeardOnceAndProtected() {
        WireSocket phone = join(KEYS);

        for (int i = 0; i < 5; i++) {
            phone.key(5, 8000, i > 1);
            call.frames(1);
        }

        assertEquals(
                List.of(new ToneReceived(new LegId(1), Tone.FIVE, 1)),
                call.events(ToneReceived.class));
    }

    @Test
    void whatIsForgedOrPlainIsDroppedAndCounted() {
        WireSocket secure = join(KEYS);
        WireSocket forger = new WireSocket(4002);
        forger.secure(new MediaKeys(keys(1), keys(9)));

        secure.arrives(secure.phone, forger.packet(LOW));
        secure.arrives(secure.phone, new WireSocket(4002).packet(LOW));
        call.frames(1);

        assertEquals(2, call.counts.unauthentic());
        assertEquals(0, call.counts.received());
    }

    @Test
    void theSameKeysOnceMoreKeepWhatWasHeardAndNewOnesBeginAnew() {
        WireSocket secure = join(KEYS);
        byte[] first = secure.packet(LOW);
        secure.arrives(secure.phone, first);
        call.frames(1);

        connect(KEYS, secure);
        secure.arrives(secure.phone, first);
        call.frames(1);
        MediaKeys next = new MediaKeys(keys(1), keys(3));
        connect(next, secure);
        secure.secure(next);
        secure.arrives(secure.phone, secure.packet(LOW));
        call.frames(1);

        assertEquals(1, call.counts.unauthentic());
        assertEquals(2, call.counts.received());
    }

    @Test
    void reportsAreProtectedToo() {
        WireSocket secure = join(KEYS);

        call.frames(500);

        assertTrue(!secure.reports.isEmpty(), "a report in 10 s");
        for (byte[] report : secure.reports) {
            int index = report.length - 14;
            assertEquals(0x80, report[index] & 0x80, "encrypted, as the bit before the index says");
            assertEquals(0, index % 4, "whole words before it");
        }
    }

    private WireSocket join(MediaKeys keys) {
        WireSocket socket = call.join(audio(keys), true);
        socket.secure(keys);
        return socket;
    }

    private void connect(MediaKeys keys, WireSocket socket) {
        call.bridge.connect(new LegId(1), audio(keys), socket.phone, call.bridge.nextFrameAtNs());
    }

    private static NegotiatedAudio audio(MediaKeys keys) {
        return Conversation.audio(Direction.SENDRECV, true, keys);
    }

    private static SrtpKeys keys(int seed) {
        byte[] bytes = new byte[SrtpKeys.BYTES];
        Arrays.fill(bytes, (byte) seed);
        return SrtpKeys.of(CryptoSuite.AES_CM_128_HMAC_SHA1_80, bytes);
    }
}
