package io.strowger.media.resample;

/// Brings a flow of audio of a multiple of 8 kHz down to it. What comes out lags 2 ms behind. For
/// one thread.
public final class Downsampler {
    private static final int SAMPLE_RATE = 8000;

    /// Input samples that each output sample is made of, for each of the factor.
    private static final int REACH = 32;

    private final int factor;
    private final float[] weights;
    private final short[] past;
    private int newest;
    private int phase;

    /// @param sampleRate of what comes: 16000, 24000...
    public Downsampler(int sampleRate) {
        if (sampleRate < SAMPLE_RATE || sampleRate % SAMPLE_RATE != 0) {
            throw new IllegalArgumentException("no multiple of 8000 Hz: " + sampleRate);
        }
        factor = sampleRate / SAMPLE_RATE;
        weights = LowPass.weights(REACH * factor, sampleRate);
        past = new short[weights.length];
    }

    /// Takes the next samples; any number.
    ///
    /// @return what they make at 8 kHz, by what came before
    public short[] next(short[] from) {
        short[] into = new short[(from.length + phase) / factor];
        int made = 0;
        for (short sample : from) {
            newest = (newest + 1) % past.length;
            past[newest] = sample;
            phase++;
            if (phase == factor) {
                phase = 0;
                into[made++] = at();
            }
        }
        return into;
    }

    private short at() {
        float sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += past[Math.floorMod(newest - k, past.length)] * weights[k];
        }
        return LowPass.clip(sum);
    }
}
