package io.strowger.media.resample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResampleTest {
    private static final int LOUD = 8000;

    /// The detector reckons at 8 kHz.
    private static double amplitude(short[] samples, int sampleRate, double hz) {
        int settled = sampleRate / 100;
        return ToneDetector.amplitude(
                samples, settled, samples.length, hz * Tones.SAMPLE_RATE / sampleRate);
    }

    private static short[] sine(int sampleRate, double hz) {
        short[] samples = new short[sampleRate];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(LOUD * Math.sin(2 * Math.PI * hz * i / sampleRate));
        }
        return samples;
    }

    private static short[] up(int sampleRate, short[] samples, int piece) {
        Upsampler upsampler = new Upsampler(sampleRate);
        int factor = sampleRate / Tones.SAMPLE_RATE;
        short[] all = new short[samples.length * factor];
        short[] into = new short[piece * factor];
        for (int at = 0; at < samples.length; at += piece) {
            upsampler.next(samples, at, piece, into);
            System.arraycopy(into, 0, all, at * factor, into.length);
        }
        return all;
    }

    private static short[] down(int sampleRate, short[] samples, int piece) {
        Downsampler downsampler = new Downsampler(sampleRate);
        short[] all = new short[0];
        for (int at = 0; at < samples.length; at += piece) {
            short[] next =
                    downsampler.next(
                            Arrays.copyOfRange(samples, at, Math.min(samples.length, at + piece)));
            int before = all.length;
            all = Arrays.copyOf(all, before + next.length);
            System.arraycopy(next, 0, all, before, next.length);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {16_000, 24_000})
    void aToneGoesUpAsItIsAndHasNoImage(int sampleRate) {
        short[] above = up(sampleRate, Tones.sine(1000, 1000, LOUD), 160);

        assertEquals(LOUD, amplitude(above, sampleRate, 1000), LOUD * 0.03);
        assertTrue(amplitude(above, sampleRate, 7000) < LOUD * 0.01);
    }

    @ParameterizedTest
    @ValueSource(ints = {16_000, 24_000})
    void aToneComesDownAsItIsAndOneThatIsTooHighDoesNot(int sampleRate) {
        short[] low = down(sampleRate, sine(sampleRate, 1000), 333);
        short[] high = down(sampleRate, sine(sampleRate, 5000), 333);

        assertEquals(Tones.SAMPLE_RATE, low.length);
        assertEquals(LOUD, amplitude(low, Tones.SAMPLE_RATE, 1000), LOUD * 0.03);
        assertTrue(amplitude(high, Tones.SAMPLE_RATE, 3000) < LOUD * 0.02);
    }

    @Test
    void itMakesNoDifferenceInWhatPiecesItComes() {
        short[] tone = Tones.sine(700, 400, LOUD);

        assertArrayEquals(up(16_000, tone, 3200), up(16_000, tone, 160));
        assertArrayEquals(down(24_000, tone, 3200), down(24_000, tone, 7));
    }

    @Test
    void otherRatesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Upsampler(44_100));
        assertThrows(IllegalArgumentException.class, () -> new Downsampler(4000));
    }
}
