package io.strowger.worker.core.play;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlayerTest {
    private static Loaded of(int samples, int value) {
        short[] clip = new short[samples];
        Arrays.fill(clip, (short) value);
        return new Loaded.Ready(new Clip(clip));
    }

    private static int[] frame(Player player) {
        int[] frame = new int[160];
        player.add(frame);
        return frame;
    }

    @Test
    void clipsFollowEachOtherWithinAFrameWithoutASilence() {
        Player player = new Player(3, false);
        player.loaded(0, of(100, 1));
        player.loaded(1, of(30, 2));
        player.loaded(2, of(50, 3));

        int[] first = frame(player);
        int[] second = frame(player);

        int[] expected = new int[160];
        Arrays.fill(expected, 0, 100, 1);
        Arrays.fill(expected, 100, 130, 2);
        Arrays.fill(expected, 130, 160, 3);
        assertArrayEquals(expected, first);
        assertEquals(20 * 3, Arrays.stream(second).sum());
        assertTrue(player.isOver());
        assertFalse(player.failed());
    }

    @Test
    void leavesOutWhatWasHeardBefore() {
        Player player = new Player(3, false);
        player.skip(150);
        player.loaded(0, of(100, 1));
        int[] awaiting = frame(player);
        player.loaded(1, of(60, 2));
        player.loaded(2, of(500, 3));

        int[] frame = frame(player);

        assertEquals(0, Arrays.stream(awaiting).sum());
        assertEquals(10 * 2 + 150 * 3, Arrays.stream(frame).sum());
    }

    @Test
    void leavesOutAllRoundsOfALoopAtOnce() {
        Player player = new Player(2, true);
        player.skip(1_000_000_000_100L * 160 + 60);
        player.loaded(0, of(100, 1));
        player.loaded(1, of(60, 2));

        int[] frame = frame(player);

        assertEquals(40 + 60 * 2 + 60, Arrays.stream(frame).sum());
        assertTrue(player.started());
    }

    @Test
    void whatWasHeardToItsEndIsOver() {
        Player player = new Player(1, false);
        player.skip(100);
        player.loaded(0, of(100, 1));

        assertEquals(0, Arrays.stream(frame(player)).sum());
        assertTrue(player.isOver());
        assertFalse(player.started());
        assertFalse(player.failed());
    }

    @Test
    void aLoopOfOneSampleFillsAFrame() {
        Player player = new Player(1, true);
        player.loaded(0, of(1, 9));

        assertEquals(160 * 9, Arrays.stream(frame(player)).sum());
        assertFalse(player.isOver());
    }

    @Test
    void addsToWhatIsInTheMixAlready() {
        Player player = new Player(1, true);
        player.loaded(0, of(160, 9));
        int[] mix = new int[160];
        Arrays.fill(mix, 1);

        player.add(mix);

        assertEquals(160 * 10, Arrays.stream(mix).sum());
    }

    @Test
    void aClipWithoutSamplesCannotBeMadeForALoopOfItWouldNeverEnd() {
        assertThrows(IllegalArgumentException.class, () -> new Clip(new short[0]));
    }

    @Test
    void wantsTheSourceThatPlaysAndTheOneBehindIt() {
        Player player = new Player(3, false);
        assertEquals(0, player.wanted(-1));
        assertEquals(1, player.wanted(0));
        assertEquals(-1, player.wanted(1));
        player.loaded(0, of(160, 1));
        frame(player);

        assertEquals(2, player.wanted(1));
        assertEquals(-1, player.wanted(2));
    }
}
