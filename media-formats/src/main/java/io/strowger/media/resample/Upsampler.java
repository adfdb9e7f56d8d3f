package io.strowger.media.resample;

/// Brings a flow of 8 kHz audio up to a multiple of it. What comes out lags 2 ms behind. For one
/// thread; once made, allocates nothing.
public final class Upsampler {
    private static final int SAMPLE_RATE = 8000;

    /// Samples that each output sample is made of.
    private static final int REACH = 32;

    private final int factor;
    private final float[][] phases;
    private final short[] past = new short[REACH];
    private int newest;

    /// @param sampleRate to bring it to: 16000, 24000...
    public Upsampler(int sampleRate) {
        if (sampleRate < SAMPLE_RATE || sampleRate % SAMPLE_RATE != 0) {
            throw new IllegalArgumentException("no multiple of 8000 Hz: " + sampleRate);
        }
        factor = sampleRate / SAMPLE_RATE;
        phases = new float[factor][REACH];
        float[] weights = LowPass.weights(REACH * factor, sampleRate);
        for (int k = 0; k < weights.length; k++) {
            phases[k % factor][k / factor] = weights[k] * factor;
        }
    }

    /// Takes the next samples.
    ///
    /// @param from `count` samples from `offset` on
    /// @param into room for `count` times the factor
    public void next(short[] from, int offset, int count, short[] into) {
        for (int i = 0; i < count; i++) {
            newest = (newest + 1) % REACH;
            past[newest] = from[offset + i];
            for (int phase = 0; phase < factor; phase++) {
                into[i * factor + phase] = at(phases[phase]);
            }
        }
    }

    private short at(float[] weights) {
        float sum = 0;
        for (int k = 0; k < REACH; k++) {
            sum += past[Math.floorMod(newest - k, REACH)] * weights[k];
        }
        return LowPass.clip(sum);
    }
}
