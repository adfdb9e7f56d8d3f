package io.strowger.worker.core.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.worker.core.rtp.Frame;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrameRingTest {
    private final FrameRing ring = new FrameRing();
    private final short[] taken = new short[Frame.SAMPLES];

    private static short[] frame(int value) {
        short[] frame = new short[Frame.SAMPLES];
        Arrays.fill(frame, (short) value);
        return frame;
    }

    @Test
    void givesFramesInTheirOrderAndKeepsACopy() {
        short[] first = frame(1);
        assertTrue(ring.put(first));
        Arrays.fill(first, (short) 9);
        assertTrue(ring.put(frame(2)));

        assertTrue(ring.take(taken));
        assertEquals(1, taken[Frame.SAMPLES - 1]);
        assertTrue(ring.take(taken));
        assertEquals(2, taken[0]);
        assertFalse(ring.take(taken));
        assertTrue(ring.isEmpty());
    }

    @Test
    void losesWhatFindsNoRoomAndCountsIt() {
        for (int i = 0; i < FrameRing.FRAMES; i++) {
            assertTrue(ring.put(frame(i)));
        }

        assertFalse(ring.put(frame(-1)));
        assertFalse(ring.put(frame(-2)));

        assertEquals(2, ring.lost());
        assertTrue(ring.take(taken));
        assertEquals(0, taken[0]);
        assertTrue(ring.put(frame(7)), "there is room again");
    }

    @Test
    void handsEveryFrameToAnotherThreadWhole() throws Exception {
        int many = 20_000;
        AtomicInteger torn = new AtomicInteger();
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> {
                            short[] into = new short[Frame.SAMPLES];
                            for (int i = 0; i < many; i++) {
                                while (!ring.take(into)) {
                                    Thread.onSpinWait();
                                }
                                if (into[0] != (short) i || into[Frame.SAMPLES - 1] != (short) i) {
                                    torn.incrementAndGet();
                                }
                            }
                        });

        short[] frame = new short[Frame.SAMPLES];
        for (int i = 0; i < many; i++) {
            Arrays.fill(frame, (short) i);
            while (!ring.put(frame)) {
                Thread.onSpinWait();
            }
        }

        reader.join(20_000);
        assertEquals(0, torn.get());
        assertFalse(reader.isAlive());
    }
}
