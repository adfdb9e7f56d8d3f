package io.strowger.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipMessageTest {
    private static final String INVITE =
            "INVITE sip:bob@127.0.0.1 SIP/2.0\r\nv: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=1\r\nTo:\r\n <sip:b@h>\r\n"
                    + "i: abc\r\nCSeq: 7 INVITE\r\nl: 2\r\n\r\nhi";

    @Test
    void readsCompactNamesAndFoldedLines() {
        SipMessage message = parse(INVITE.getBytes(StandardCharsets.UTF_8));

        assertEquals("INVITE", message.method());
        assertEquals("abc", message.required("Call-ID"));
        assertEquals("<sip:b@h>", message.required("To"));
        assertEquals(7, message.cseqNumber());
        assertEquals("z9hG4bK1", message.branch());
        assertEquals("1", message.tag("From"));
        assertEquals("hi", message.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "INVITE x SIP/2.0\r\n\r\n",
                "SIP/2.0 999 No\r\nVia: x\r\nCall-ID: a\r\nCSeq: 1 X\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void refusesWhatIsNoSipMessage(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertTrue(SipMessage.parse(bytes, bytes.length).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverThrowsWhateverComes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = INVITE.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }

            assertNotNull(SipMessage.parse(bytes, random.nextInt(bytes.length + 1)));
        }
    }

    private static SipMessage parse(byte[] bytes) {
        return SipMessage.parse(bytes, bytes.length).orElseThrow();
    }
}
