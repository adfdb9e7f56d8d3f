package io.strowger.media.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.rtp.RtpHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SrtpReceiverTest {
    private static final int VOICE = 0x1234_5678;
    private static final SrtpKeys KEYS = keys(1, CryptoSuite.AES_CM_128_HMAC_SHA1_80);
    private final SrtpSender sender = new SrtpSender(KEYS);
    private final SrtpReceiver receiver = new SrtpReceiver(KEYS);

    @ParameterizedTest
    @EnumSource(CryptoSuite.class)
    void whatIsProtectedIsReadAgain(CryptoSuite suite) {
        SrtpKeys keys = keys(7, suite);
        ByteBuffer packet = clear(VOICE, 17);

        new SrtpSender(keys).protect(packet);

        assertEquals(172 + suite.tagBytes(), packet.limit());
        assertTrue(new SrtpReceiver(keys).unprotect(packet));
        assertEquals(clear(VOICE, 17), packet.position(0));
    }

    @Test
    void aPacketIsTakenOnce() {
        ByteBuffer packet = sealed(VOICE, 1);
        ByteBuffer copy = copy(packet);

        assertTrue(receiver.unprotect(packet));
        assertFalse(receiver.unprotect(copy));
    }

    @Test
    void aPacketOlderThanTheWindowIsRefusedAndALateOneInItIsTaken() {
        ByteBuffer old = sealed(VOICE, 100);
        ByteBuffer late = sealed(VOICE, 101);
        for (int i = 102; i <= 164; i++) {
            assertTrue(receiver.unprotect(sealed(VOICE, i)));
        }

        assertFalse(receiver.unprotect(old));
        assertTrue(receiver.unprotect(late));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void oneWrongBitAnywhereIsNoticed(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        assertTrue(receiver.unprotect(sealed(VOICE, 0)));
        for (int i = 1; i < 500; i++) {
            ByteBuffer packet = sealed(VOICE, i);
            int at = random.nextInt(packet.limit());
            packet.put(at, (byte) (packet.get(at) ^ 1 << random.nextInt(8)));
            ByteBuffer before = copy(packet);

            assertFalse(receiver.unprotect(packet), "bit of byte " + at);
            assertEquals(before, packet);
        }
    }

    @Test
    void aForgedPacketDoesNotMoveTheWindow() {
        assertTrue(receiver.unprotect(sealed(VOICE, 10)));
        ByteBuffer forged = clear(VOICE, 60_000);
        forged.limit(forged.limit() + 10);

        assertFalse(receiver.unprotect(forged));
        assertTrue(receiver.unprotect(sealed(VOICE, 11)));
    }

    @Test
    void theNumbersMayGoRoundAndPacketsMayChangePlacesThere() {
        for (int from = 0; from < 3 * 65_536; from += 8) {
            List<ByteBuffer> packets = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                packets.add(sealed(VOICE, from + i & 0xFFFF));
            }
            Collections.shuffle(packets, new Random(from));
            for (ByteBuffer packet : packets) {
                assertTrue(receiver.unprotect(packet), "near " + from);
            }
        }
    }

    @Test
    void sourcesAreCountedApart() {
        assertTrue(receiver.unprotect(sealed(VOICE, 40_000)));
        assertTrue(receiver.unprotect(sealedAlone(0xCAFE, 3)));
        assertTrue(receiver.unprotect(sealed(VOICE, 40_001)));
        assertTrue(receiver.unprotect(sealedAlone(0xCAFE, 4)));
        for (int ssrc = 1; ssrc < 20; ssrc++) {
            assertTrue(receiver.unprotect(sealedAlone(ssrc, 9)));
        }
    }

    @Test
    void aPeerWhoseNumbersWentRoundBeforeWeHeardItIsUnderstoodSoon() {
        for (int i = 0; i < 5 * 65_536; i += 20_000) {
            sealed(VOICE, i & 0xFFFF);
        }
        int heard = 0;
        for (int i = 0; i < 64; i++) {
            heard += receiver.unprotect(sealed(VOICE, 1_000 + i)) ? 1 : 0;
        }

        assertTrue(heard > 50, "packets heard: " + heard);
    }

    @Test
    void nothingThatComesMakesItThrow() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);

            assertFalse(receiver.unprotect(ByteBuffer.wrap(bytes)));
        }
        assertFalse(receiver.unprotect(ByteBuffer.allocate(65_535)));
    }

    @Test
    void keysAreNotShown() {
        assertFalse(KEYS.toString().contains(KEYS.inline()), KEYS::toString);
        assertFalse(new MediaKeys(KEYS, KEYS).toString().contains(KEYS.inline()));
    }

    private ByteBuffer sealed(int ssrc, int sequenceNumber) {
        ByteBuffer packet = clear(ssrc, sequenceNumber);
        sender.protect(packet);
        return packet;
    }

    private static ByteBuffer sealedAlone(int ssrc, int sequenceNumber) {
        ByteBuffer packet = clear(ssrc, sequenceNumber);
        new SrtpSender(KEYS).protect(packet);
        return packet;
    }

    private static ByteBuffer copy(ByteBuffer packet) {
        return ByteBuffer.allocate(packet.limit()).put(packet.duplicate()).flip();
    }

    private static ByteBuffer clear(int ssrc, int sequenceNumber) {
        ByteBuffer packet = ByteBuffer.allocateDirect(300);
        RtpHeader.write(packet, false, 0, sequenceNumber, 160L * sequenceNumber, ssrc);
        for (int i = 0; i < 160; i++) {
            packet.put((byte) i);
        }
        return packet.flip();
    }

    private static SrtpKeys keys(long seed, CryptoSuite suite) {
        byte[] bytes = new byte[SrtpKeys.BYTES];
        new SplittableRandom(seed).nextBytes(bytes);
        return SrtpKeys.of(suite, bytes);
    }
}
