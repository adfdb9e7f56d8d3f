package io.strowger.media.resample;

/// A windowed-sinc low-pass (Hann) that lets pass what a phone does.
final class LowPass {
    private static final double CUT_HZ = 3700;

    private LowPass() {}

    /// @param sampleRate that it runs at
    /// @return as many weights as `taps`, with a sum of 1
    static float[] weights(int taps, int sampleRate) {
        double[] exact = new double[taps];
        double middle = (taps - 1) / 2.0;
        double total = 0;
        for (int k = 0; k < taps; k++) {
            double x = k - middle;
            double angle = 2 * Math.PI * CUT_HZ / sampleRate * x;
            double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
            exact[k] = sinc * (0.5 + 0.5 * Math.cos(2 * Math.PI * x / (taps + 1)));
            total += exact[k];
        }
        float[] weights = new float[taps];
        for (int k = 0; k < taps; k++) {
            weights[k] = (float) (exact[k] / total);
        }
        return weights;
    }

    static short clip(float sample) {
        return (short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
