package io.strowger.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.media.g711.G711;
import io.strowger.media.rtp.RtpHeader;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private static final int FRAME = 160;
    private final Recording recording = new Recording();

    @Test
    void leavesSilenceWhereAPacketNeverCame() {
        add(0, 1000);
        add(2, 1000);

        short[] heard = recording.samples();

        assertEquals(3 * FRAME, heard.length);
        assertEquals(0, heard[FRAME + 5]);
        assertEquals(heard[0], heard[2 * FRAME]);
    }

    @Test
    void putsALatePacketInItsPlace() {
        add(0, 1000);
        add(2, 1000);
        add(1, 3000);

        short[] heard = recording.samples();

        assertEquals(3 * FRAME, heard.length);
        assertEquals(G711.PCMU.decode(G711.PCMU.encode((short) 3000)), heard[FRAME]);
    }

    @Test
    void goesOnAfterTheSourceChanged() {
        add(0, 1000);
        ssrc = 2;
        add(500_000, 1000);

        assertEquals(2 * FRAME, recording.samples().length);
    }

    private int ssrc = 1;

    private void add(long frame, int level) {
        ByteBuffer packet = ByteBuffer.allocate(RtpHeader.BYTES + FRAME);
        RtpHeader.write(packet, false, 0, (int) frame & 0xFFFF, frame * FRAME & 0xFFFF_FFFFL, ssrc);
        for (int i = 0; i < FRAME; i++) {
            packet.put(G711.PCMU.encode((short) level));
        }
        packet.flip();
        recording.add(packet, RtpHeader.BYTES, G711.PCMU);
    }
}
