package io.strowger.worker.core.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AppVoiceTest {
    private final AppVoice voice = new AppVoice();
    private final short[] frame = new short[160];

    private static short[] samples(int count, int value) {
        short[] samples = new short[count];
        Arrays.fill(samples, (short) value);
        return samples;
    }

    private int framesHeard() {
        int heard = 0;
        while (voice.take(frame)) {
            heard++;
        }
        return heard;
    }

    @Test
    void isHeardInOrderWhateverPiecesItComesIn() {
        voice.put(samples(100, 1));
        voice.put(samples(0, 9));
        voice.put(samples(500, 2));

        assertTrue(voice.take(frame));

        assertArrayEquals(samples(100, 1), Arrays.copyOf(frame, 100));
        assertArrayEquals(samples(60, 2), Arrays.copyOfRange(frame, 100, 160));
        assertEquals(440, voice.waiting());
        assertTrue(voice.take(frame));
        assertTrue(voice.take(frame));
        assertTrue(voice.take(frame));
        assertFalse(voice.take(frame));
        assertEquals(0, voice.waiting());
    }

    @Test
    void waitsForALittleBeforeItBeginsAndNotAnyMoreInTheMiddle() {
        voice.put(samples(160, 1));
        assertFalse(voice.take(frame));
        voice.put(samples(320, 1));
        assertTrue(voice.take(frame));
        voice.put(samples(160, 1));

        assertEquals(3, framesHeard());
    }

    @Test
    void aShortWordIsHeardThoughNothingFollows() {
        voice.put(samples(200, 1));
        int waited = 0;
        while (!voice.take(frame)) {
            waited++;
        }

        assertEquals(5, waited);
        assertTrue(voice.take(frame));
        assertArrayEquals(samples(120, 0), Arrays.copyOfRange(frame, 40, 160));
        assertFalse(voice.take(frame));
    }

    @Test
    void aFlushCutsWhatIsHeardAndWhatWaits() {
        voice.put(samples(8000, 1));
        voice.put(samples(8000, 1));
        assertTrue(voice.take(frame));

        voice.flush();
        voice.put(samples(480, 2));

        assertTrue(voice.take(frame));
        assertArrayEquals(samples(160, 2), frame);
        assertEquals(320, voice.waiting());
    }

    @Test
    void takesAMinuteAndNoMore() {
        assertTrue(voice.put(samples(AppVoice.MOST_SAMPLES - 100, 1)));
        assertFalse(voice.put(samples(101, 1)));
        assertTrue(voice.put(samples(100, 1)));

        assertTrue(voice.take(frame));

        assertTrue(voice.put(samples(160, 1)));
    }
}
