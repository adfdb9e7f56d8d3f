package io.strowger.media.wav;

/// Brings audio down to 8 kHz: a windowed-sinc low-pass (Hann, cut at 3.7 kHz) evaluated at each
/// output sample. For clips, not for streams.
final class Resampler {
    private static final int TARGET = 8000;
    private static final double CUT_HZ = 3700;
    private static final int ZERO_CROSSINGS = 16;

    private Resampler() {}

    /// @param sampleRate of `samples`, 8000..48000
    static short[] toEightKilohertz(short[] samples, int sampleRate) {
        if (sampleRate == TARGET) {
            return samples;
        }
        int length = (int) ((long) samples.length * TARGET / sampleRate);
        double cut = CUT_HZ / sampleRate;
        int reach = (int) Math.ceil(ZERO_CROSSINGS / (2 * cut));
        short[] resampled = new short[length];
        for (int i = 0; i < length; i++) {
            double center = (double) i * sampleRate / TARGET;
            resampled[i] = at(samples, center, cut, reach);
        }
        return resampled;
    }

    private static short at(short[] samples, double center, double cut, int reach) {
        int from = Math.max(0, (int) Math.ceil(center - reach));
        int to = Math.min(samples.length - 1, (int) Math.floor(center + reach));
        double sum = 0;
        double weights = 0;
        for (int k = from; k <= to; k++) {
            double x = k - center;
            double angle = 2 * Math.PI * cut * x;
            double sinc = x == 0 ? 1 : Math.sin(angle) / angle;
            double weight = sinc * (0.5 + 0.5 * Math.cos(Math.PI * x / (reach + 1)));
            sum += samples[k] * weight;
            weights += weight;
        }
        return (short)
                Math.clamp(
                        Math.round(weights == 0 ? 0 : sum / weights),
                        Short.MIN_VALUE,
                        Short.MAX_VALUE);
    }
}
