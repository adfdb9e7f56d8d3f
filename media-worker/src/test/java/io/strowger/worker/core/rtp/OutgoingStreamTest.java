package io.strowger.worker.core.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.rtp.RtpHeader;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OutgoingStreamTest {
    private final ByteBuffer packet = ByteBuffer.allocate(RtpHeader.BYTES);

    @Test
    void numbersWrapRoundWithoutAGap() {
        OutgoingStream stream = new OutgoingStream(-5, 0xFFFF, 0xFFFF_FFFFL);

        stream.header(packet, 8);
        assertEquals(0xFFFF, RtpHeader.sequenceNumber(packet));
        assertEquals(0xFFFF_FFFFL, RtpHeader.rtpTimestamp(packet));
        stream.header(packet, 8);

        assertEquals(0, RtpHeader.sequenceNumber(packet));
        assertEquals(159, RtpHeader.rtpTimestamp(packet));
        assertEquals(-5, RtpHeader.ssrc(packet));
        assertEquals(8, RtpHeader.payloadType(packet));
        assertEquals(2, stream.packets());
        assertEquals(320, stream.payloadBytes());
    }

    @Test
    void theMarkerIsSetAtTheBeginningAndAfterAPauseOnly() {
        OutgoingStream stream = new OutgoingStream(1, 1, 0);
        stream.header(packet, 0);
        assertTrue(RtpHeader.marker(packet));
        stream.skip(0);
        stream.header(packet, 0);
        assertFalse(RtpHeader.marker(packet));

        stream.skip(3);
        stream.header(packet, 0);

        assertTrue(RtpHeader.marker(packet));
        assertEquals(5 * 160, RtpHeader.rtpTimestamp(packet));
        assertEquals(3, RtpHeader.sequenceNumber(packet));
    }
}
