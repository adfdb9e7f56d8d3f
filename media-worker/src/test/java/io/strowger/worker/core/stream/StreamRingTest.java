package io.strowger.worker.core.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.stream.StreamSpec.Channels;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StreamRingTest {
    private final StreamLine line = new StreamLine(Channels.MIXED, true);

    private void say(int frames) {
        for (int i = 0; i < frames; i++) {
            line.say(i, new int[160]);
        }
    }

    private long oldest() {
        return Objects.requireNonNull(line.ring().peek()).epochMs();
    }

    @Test
    void framesComeOutAsTheyWentIn() {
        int[] sums = new int[160];
        sums[0] = 40_000;
        sums[1] = -40_000;
        sums[2] = 7;
        line.say(3, new int[160]);
        line.say(4, sums);

        StreamFrame first = oldestOf(line.ring());
        line.ring().free();
        StreamFrame second = oldestOf(line.ring());

        assertTrue(first.isSilent(0));
        assertEquals(4, second.epochMs());
        assertEquals(StreamFrame.EVERYBODY, second.leg(0));
        assertEquals(32_767, second.pcm()[0]);
        assertEquals(-32_768, second.pcm()[1]);
        assertEquals(7, second.pcm()[2]);
    }

    private static StreamFrame oldestOf(StreamRing ring) {
        return Objects.requireNonNull(ring.peek());
    }

    @Test
    void aFullRingLosesWhatComesAndCountsIt() {
        say(StreamRing.FRAMES + 3);

        assertEquals(StreamRing.FRAMES, line.ring().waiting());
        assertEquals(3, line.ring().lost());
        assertEquals(0, oldest());
    }

    @Test
    void givesUpTheOldestWhenTold() {
        say(StreamRing.FRAMES);

        assertEquals(60, line.ring().drop(40));

        assertEquals(60, oldest());
        say(1);
        assertEquals(41, line.ring().waiting());
        assertEquals(41, line.ring().drop(0));
        assertNull(line.ring().peek());
    }

    @Test
    void keysAreBoundedToo() {
        for (int i = 0; i < 100; i++) {
            line.pressed(Tone.FIVE);
        }
        int keys = 0;
        while (line.key() != null) {
            keys++;
        }

        assertEquals(64, keys);
    }
}
