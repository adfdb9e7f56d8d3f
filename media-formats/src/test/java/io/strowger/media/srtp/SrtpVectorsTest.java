package io.strowger.media.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Known answers: RFC 3711 appendix B, and the packets that libsrtp checks itself with.
class SrtpVectorsTest {
    private static final SrtpKeys KEYS =
            SrtpKeys.of(
                    CryptoSuite.AES_CM_128_HMAC_SHA1_80,
                    bytes("E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6"));
    private static final String CLEAR =
            "800F1234 DECAFBAD CAFEBABE ABABABAB ABABABAB ABABABAB ABABABAB";
    private static final String PROTECTED =
            "800F1234 DECAFBAD CAFEBABE 4E55DC4C E79978D8 8CA4D215 949D2402 B78D6ACC 99EA179B 8DBB";

    @Test
    void counterModeGivesTheKeyStreamOfAppendixB2() {
        byte[] stream = new byte[0xff02 * 16];

        new AesCounter(
                        bytes("2B7E151628AED2A6ABF7158809CF4F3C"),
                        bytes("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"))
                .apply(0, 0, stream, 0, stream.length);

        assertEquals("E03EAD0935C95E80E166B16DD92B4EB4", block(stream, 0));
        assertEquals("D23513162B02D0F72A43A2FE4A5F97AB", block(stream, 1));
        assertEquals("41E95B3BB0A2E8DD477901E4FCA894C0", block(stream, 2));
        assertEquals("EC8CDF7398607CB0F2D21675EA9EA1E4", block(stream, 0xfeff));
        assertEquals("362B7C3C6773516318A077D7FC5073AE", block(stream, 0xff00));
        assertEquals("6A2CC3787889374FBEB4C81B17BA6C44", block(stream, 0xff01));
    }

    @Test
    void sessionKeysAreThoseOfAppendixB3() {
        assertEquals("C61E7A93744F39EE10734AFE3FF7A087", hex(Transform.derive(KEYS, 0, 16)));
        assertEquals(
                "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4", hex(Transform.derive(KEYS, 1, 20)));
        assertEquals("30CBBC08863D8C85D49DB34A9AE1", hex(Transform.derive(KEYS, 2, 14)));
    }

    @Test
    void anRtpPacketIsProtectedAsOthersDo() {
        ByteBuffer packet = packet(CLEAR);

        new SrtpSender(KEYS).protect(packet);

        assertEquals(hex(bytes(PROTECTED)), hex(packet));
    }

    @Test
    void aPacketThatOthersProtectedIsRead() {
        ByteBuffer packet = packet(PROTECTED);

        boolean authentic = new SrtpReceiver(KEYS).unprotect(packet);

        assertTrue(authentic);
        assertEquals(hex(bytes(CLEAR)), hex(packet));
    }

    @Test
    void anRtcpPacketIsProtectedAsOthersDo() {
        ByteBuffer packet = packet("81C8000B CAFEBABE ABABABAB ABABABAB ABABABAB ABABABAB");

        new SrtcpSender(KEYS).protect(packet);

        assertEquals(
                hex(
                        bytes(
                                "81C8000B CAFEBABE 7128035B E487B9BD BEF89041 F977A5A8"
                                        + "80000001 993E08CD 54D6C123 0798")),
                hex(packet));
    }

    private static ByteBuffer packet(String text) {
        byte[] bytes = bytes(text);
        return ByteBuffer.allocate(200).put(bytes).flip();
    }

    private static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static String block(byte[] stream, int number) {
        return hex(Arrays.copyOfRange(stream, 16 * number, 16 * number + 16));
    }

    private static String hex(ByteBuffer packet) {
        byte[] bytes = new byte[packet.limit()];
        packet.get(0, bytes);
        return hex(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
