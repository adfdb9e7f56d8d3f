package io.strowger.worker.core.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JitterBufferTest {
    private static final int START = 1_000_000;
    private static final int MOST_DELAY_FRAMES = 15;
    private final JitterBuffer buffer = new JitterBuffer();
    private final short[] frame = new short[Frame.SAMPLES];

    /// Puts a packet whose samples all say which 10 ms they are, from 1.
    private void put(long rtpTimestamp, int samples, long first) {
        short[] packet = new short[samples];
        for (int i = 0; i < samples; i++) {
            packet[i] = (short) (1 + (first + i) / 80 % 30_000);
        }
        buffer.put(rtpTimestamp & 0xFFFF_FFFFL, packet, samples);
    }

    /// Packet number `packet` of a source that sends 20 ms each.
    private void put(int packet) {
        put(START + 160L * packet, 160, 160L * packet);
    }

    private boolean take() {
        return buffer.take(frame);
    }

    /// Which packet is heard now; -1: none, or no whole one.
    private int heard() {
        if (!take() || frame[0] % 2 == 0 || frame[159] != frame[0] + 1) {
            return -1;
        }
        return (frame[0] - 1) / 2;
    }

    /// Runs to a steady state, from packet 0.
    private void warm(int packets) {
        for (int i = 0; i < packets; i++) {
            put(i);
            take();
        }
    }

    @Test
    void whatComesInOrderIsHeardInOrderAfterSixtyMilliseconds() {
        int[] heard = new int[100];
        for (int i = 0; i < 100; i++) {
            put(i);
            heard[i] = heard();
        }

        for (int i = 0; i < 100; i++) {
            assertEquals(i < 3 ? -1 : i - 3, heard[i]);
        }
    }

    @Test
    void emptyItIsSilent() {
        Arrays.fill(frame, (short) 7);

        assertFalse(take());

        assertEquals(0, Arrays.hashCode(frame) - Arrays.hashCode(new short[160]));
    }

    @Test
    void whatIsReorderedOrComesTwiceIsHeardOnceAndInOrder() {
        warm(10);
        int expected = 7;
        for (int i = 10; i < 100; i += 2) {
            put(i + 1);
            assertEquals(expected++, heard());
            put(i);
            put(i);
            put(i + 1);
            assertEquals(expected++, heard());
        }
    }

    @Test
    void aLostPacketIsTheLastOneFading() {
        warm(10);
        for (int i = 11; i < 14; i++) {
            put(i);
            assertEquals(i - 4, heard());
        }
        int before = frame[0];

        assertFalse(take());

        assertTrue(frame[0] > 0 && frame[0] < before, "faded: " + frame[0] + " of " + before);
        put(14);
        assertEquals(11, heard());
    }

    @Test
    void aLongGapFadesToSilence() {
        warm(10);

        for (int i = 0; i < 12; i++) {
            take();
        }

        assertEquals(0, Arrays.stream(new int[] {frame[0], frame[80], frame[159]}).sum());
    }

    @Test
    void latePacketsMakeItWaitLongerUntilNoneIsLate() {
        warm(10);
        int missing = 0;
        for (int i = 10; i < 110; i++) {
            int late = i - 6; // every packet is 120 ms late
            if (late >= 10) {
                put(late);
            }
            missing += heard() < 0 ? 1 : 0;
        }

        assertTrue(missing < 15, missing + " frames missing");
    }

    @Test
    void calmBringsTheDelayDownAgain() {
        warm(10);
        for (int i = 0; i < 8; i++) {
            take(); // the network holds eight packets back
        }
        for (int i = 10; i < 18; i++) {
            put(i);
        }
        int next = 18;
        for (; next < 30; next++) {
            put(next);
            take();
        }
        int delayedBy = next - 1 - heardAfterPut(next++);

        for (; next < 3000; next++) {
            put(next);
            take();
        }

        assertTrue(delayedBy > 3, "delayed by " + delayedBy);
        assertTrue(next - heardAfterPut(next) <= 4, "back near 60 ms");
    }

    private int heardAfterPut(int packet) {
        put(packet);
        return heard();
    }

    @Test
    void packetsThatComeTwiceAfterTheyWereHeardDoNotMakeItSlower() {
        warm(10);
        for (int i = 10; i < 60; i++) {
            put(i);
            put(i - 6);
            assertEquals(i - 3, heard());
        }
    }

    @Test
    void aSourceThatStartsAgainIsHeardWhereverItsNumbersBegin() {
        long[] jumps = {50_000_000L, -50_000_000L, 100_000, 3_000, -1_000, -2_400, -4_000, -8_000};
        for (long jump : jumps) {
            JitterBufferTest fresh = new JitterBufferTest();
            fresh.warm(50);
            int heard = 0;

            for (int i = 0; i < 100; i++) {
                fresh.put(START + 50 * 160 + jump + 160L * i, 160, 160L * i);
                heard += fresh.take() ? 1 : 0;
            }

            assertTrue(heard > 60, "after a jump of " + jump + " heard " + heard);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 160, 240, 320, 480})
    void packetsOfAnyUsualLengthAreHeardWithoutAGap(int samples) {
        long sent = 0;
        int gaps = 0;
        for (int i = 0; i < 1000; i++) {
            while (sent < (i + 1) * 160L) {
                put(START + sent, samples, sent);
                sent += samples;
            }
            gaps += take() || i < 10 ? 0 : 1;
        }

        assertEquals(0, gaps);
    }

    @ParameterizedTest
    @ValueSource(ints = {-2000, -500, -100, 0, 100, 500, 2000})
    void aClockThatDriftsIsFollowedForAnHour(int partsPerMillion) {
        int frames = 180_000;
        int missing = 0;
        int sent = 0;
        for (int i = 0; i < frames; i++) {
            while (sent <= (long) i * (1_000_000 + partsPerMillion) / 1_000_000) {
                put(sent++);
            }
            missing += take() ? 0 : 1;
            if (i % 1000 == 999) {
                int newest = sent - 1;
                int playing = newest % 15_000 - (frame[0] - 1) / 2;
                int behind = Math.floorMod(playing, 15_000);
                assertTrue(
                        behind <= MOST_DELAY_FRAMES || missing > 0 && behind > 14_900,
                        "behind by " + behind + " frames at frame " + i);
            }
        }
        int drifted = Math.abs(frames / 1000 * partsPerMillion / 1000);

        assertTrue(missing <= 2 * drifted + 10, missing + " frames missing");
    }

    @Test
    void timestampsWrapRoundUnheard() {
        long start = 0xFFFF_FFFFL - 1600;
        int missing = 0;
        for (int i = 0; i < 200; i++) {
            put(start + 160L * i, 160, 160L * i);
            missing += take() ? 0 : 1;
        }

        assertEquals(3, missing);
    }

    @Test
    void aPauseOfTheSpeakerIsAPauseAndNothingElse() {
        warm(50);
        for (int i = 50; i < 90; i++) {
            take();
        }
        for (int i = 90; i < 120; i++) {
            put(i);
            assertEquals(i < 93 ? -1 : i - 3, heard());
        }
    }

    @Test
    void oldSoundIsNotHeardAgainWhereANewPacketBeginsInTheMiddleOfTenMilliseconds() {
        warm(200);
        for (int i = 0; i < 20; i++) {
            take();
        }
        long begin = START + 220 * 160L + 37;

        short[] loud = new short[160];
        Arrays.fill(loud, (short) 20_000);
        for (int i = 0; i < 10; i++) {
            buffer.put(begin + 160L * i, loud, 160);
            if (take()) {
                for (short sample : frame) {
                    assertTrue(sample == 0 || sample == 20_000, "an old sample: " + sample);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aBadNetworkLosesWhatItLosesAndTheRestIsHeard(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int frames = 3000;
        int[] arrivesAt = new int[frames];
        for (int i = 0; i < frames; i++) {
            arrivesAt[i] = random.nextInt(100) < 3 ? -1 : i + random.nextInt(4);
        }
        int heard = 0;
        for (int now = 0; now < frames; now++) {
            for (int i = Math.max(0, now - 4); i <= now; i++) {
                if (arrivesAt[i] == now) {
                    put(i);
                }
            }
            heard += take() ? 1 : 0;
        }

        assertTrue(heard > frames * 95 / 100, heard + " heard");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyTimestampsAtAllAreTaken(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long timestamp = random.nextLong() & 0xFFFF_FFFFL;
        for (int i = 0; i < 50_000; i++) {
            timestamp =
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextLong();
                        case 1 -> timestamp + random.nextInt(-9000, 9000);
                        default -> timestamp + 160;
                    };
            put(timestamp, random.nextInt(481), 0);
            if (random.nextBoolean()) {
                take();
            }
        }
        long start = timestamp + 1_000_000;
        int heard = 0;
        for (int i = 0; i < 100; i++) {
            put(start + 160L * i, 160, 160L * i);
            heard += take() ? 1 : 0;
        }

        assertTrue(heard >= 90, heard + " heard after the storm");
    }
}
