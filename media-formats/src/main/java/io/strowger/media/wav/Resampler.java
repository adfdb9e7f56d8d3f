package io.strowger.media.wav;

import org.jspecify.annotations.Nullable;

/// Brings audio down to 8 kHz: a windowed-sinc low-pass (Hann, cut at 3.7 kHz) evaluated at each
/// output sample. The weights of each phase are reckoned once: a rate of `r` Hz has 8000 / gcd(r,
/// 8000) of them. For clips, not for streams.
final class Resampler {
    private static final int TARGET = 8000;
    private static final double CUT_HZ = 3700;
    private static final int ZERO_CROSSINGS = 16;

    private final int sampleRate;
    private final double cut;
    private final int reach;
    private final float[] @Nullable [] phases;

    private Resampler(int sampleRate) {
        this.sampleRate = sampleRate;
        this.cut = CUT_HZ / sampleRate;
        this.reach = (int) Math.ceil(ZERO_CROSSINGS / (2 * cut));
        this.phases = new float[TARGET] @Nullable [];
    }

    /// @param sampleRate of `samples`, 8000..48000
    static short[] toEightKilohertz(short[] samples, int sampleRate) {
        return sampleRate == TARGET ? samples : new Resampler(sampleRate).resample(samples);
    }

    private short[] resample(short[] samples) {
        int length = (int) ((long) samples.length * TARGET / sampleRate);
        short[] resampled = new short[length];
        for (int i = 0; i < length; i++) {
            long position = (long) i * sampleRate;
            resampled[i] = at(samples, (int) (position / TARGET), (int) (position % TARGET));
        }
        return resampled;
    }

    private short at(short[] samples, int center, int phase) {
        float[] weights = weights(phase);
        int first = center - reach;
        int from = Math.max(0, -first);
        int to = Math.min(weights.length, samples.length - first);
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum += samples[first + k] * weights[k];
        }
        return (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private float[] weights(int phase) {
        float[] known = phases[phase];
        if (known != null) {
            return known;
        }
        double[] exact = new double[2 * reach + 2];
        double total = 0;
        for (int k = 0; k < exact.length; k++) {
            double x = k - reach - (double) phase / TARGET;
            double angle = 2 * Math.PI * cut * x;
            double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
            exact[k] = sinc * (0.5 + 0.5 * Math.cos(Math.PI * x / (reach + 1)));
            total += exact[k];
        }
        float[] made = new float[exact.length];
        for (int k = 0; k < exact.length; k++) {
            made[k] = (float) (exact[k] / total);
        }
        phases[phase] = made;
        return made;
    }
}
