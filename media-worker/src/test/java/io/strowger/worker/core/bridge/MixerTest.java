package io.strowger.worker.core.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.strowger.media.g711.G711;
import io.strowger.worker.core.rtp.Frame;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixerTest {
    private final Mixer mixer = new Mixer();

    private static short[] constant(int value) {
        short[] sound = new short[Frame.SAMPLES];
        Arrays.fill(sound, (short) value);
        return sound;
    }

    private static int[] sums(int value) {
        int[] sums = new int[Frame.SAMPLES];
        Arrays.fill(sums, value);
        return sums;
    }

    private static byte[] codes(G711 codec, int value) {
        return codec.encode(constant(value));
    }

    @ParameterizedTest
    @EnumSource
    void everyoneHearsTheSumOfAll(G711 codec) {
        mixer.begin();
        mixer.add(constant(1000));
        mixer.add(constant(-300));
        mixer.add(sums(70));

        assertArrayEquals(codes(codec, 770), mixer.everyones(codec));
    }

    @ParameterizedTest
    @EnumSource
    void whatEveryoneHearsIsEncodedOnceACodec(G711 codec) {
        mixer.begin();
        mixer.add(constant(1000));

        byte[] first = mixer.everyones(codec);
        byte before = first[0];
        first[0] = 42;

        assertSame(first, mixer.everyones(codec));
        assertEquals(42, mixer.everyones(codec)[0], "encoded again");
        mixer.begin();
        mixer.add(constant(1000));
        assertEquals(before, mixer.everyones(codec)[0], "not encoded for the next frame");
    }

    @Test
    void eachCodecHasItsOwnFrame() {
        mixer.begin();
        mixer.add(constant(1000));

        assertArrayEquals(codes(G711.PCMU, 1000), mixer.everyones(G711.PCMU));
        assertArrayEquals(codes(G711.PCMA, 1000), mixer.everyones(G711.PCMA));
        assertArrayEquals(codes(G711.PCMU, 1000), mixer.everyones(G711.PCMU));
    }

    @Test
    void aSumIsClippedOnlyAfterOnesOwnSoundIsTakenOut() {
        short[] own = constant(30_000);
        mixer.begin();
        mixer.add(own);
        mixer.add(constant(20_000));
        mixer.add(constant(-10_000));

        mixer.partWithout(own);

        assertArrayEquals(codes(G711.PCMU, 10_000), mixer.part(G711.PCMU));
        assertArrayEquals(codes(G711.PCMU, Short.MAX_VALUE), mixer.everyones(G711.PCMU));
    }

    @Test
    void loudnessBelowTheLowestIsClippedToo() {
        mixer.begin();
        mixer.add(constant(-30_000));
        mixer.add(constant(-30_000));

        assertArrayEquals(codes(G711.PCMA, Short.MIN_VALUE), mixer.everyones(G711.PCMA));
    }

    @Test
    void aPartLeavesWhatEveryoneHearsAsItWas() {
        mixer.begin();
        mixer.add(constant(500));
        mixer.part();
        mixer.addToPart(sums(400));

        assertArrayEquals(codes(G711.PCMU, 900), mixer.part(G711.PCMU));
        assertArrayEquals(codes(G711.PCMU, 500), mixer.everyones(G711.PCMU));
        assertArrayEquals(codes(G711.PCMU, 400), mixer.only(sums(400), G711.PCMU));
        assertArrayEquals(codes(G711.PCMU, 0), mixer.silence(G711.PCMU));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void ofAnyVoicesEachHearsTheOthers(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        short[][] voices = new short[8][Frame.SAMPLES];
        mixer.begin();
        for (short[] voice : voices) {
            for (int i = 0; i < Frame.SAMPLES; i++) {
                voice[i] = (short) random.nextInt(-32_768, 32_768);
            }
            mixer.add(voice);
        }

        for (short[] own : voices) {
            mixer.partWithout(own);
            byte[] heard = mixer.part(G711.PCMU);
            for (int i = 0; i < Frame.SAMPLES; i++) {
                int others = -own[i];
                for (short[] voice : voices) {
                    others += voice[i];
                }
                short clipped = (short) Math.clamp(others, Short.MIN_VALUE, Short.MAX_VALUE);
                assertEquals(G711.PCMU.encode(clipped), heard[i]);
            }
        }
    }
}
