package io.strowger.media.tone;

/// Hears keys in the audio itself, for phones without telephone-event: eight Goertzel filters over
/// 20 ms frames; a key counts after two frames alike and is told once. For one thread; allocates
/// nothing.
public final class InbandDtmf {
    public static final int NOTHING = -1;

    private static final double[] FREQUENCIES = {697, 770, 852, 941, 1209, 1336, 1477, 1633};
    private static final int[] EVENT_CODES = {1, 2, 3, 12, 4, 5, 6, 13, 7, 8, 9, 14, 10, 0, 11, 15};
    private static final double LEAST_AMPLITUDE = 300;
    private final double[] coefficients = new double[8];
    private final double[] last = new double[8];
    private final double[] before = new double[8];
    private int candidate = NOTHING;
    private int frames;

    public InbandDtmf() {
        for (int i = 0; i < 8; i++) {
            coefficients[i] = 2 * Math.cos(2 * Math.PI * FREQUENCIES[i] / Tones.SAMPLE_RATE);
        }
    }

    /// @param frame 160 samples
    /// @return the event code (0..15) of a key that began, or [#NOTHING]
    public int frame(short[] frame) {
        int key = keyOf(frame);
        frames = key == candidate ? frames + 1 : 1;
        candidate = key;
        return key != NOTHING && frames == 2 ? EVENT_CODES[key] : NOTHING;
    }

    private int keyOf(short[] frame) {
        double energy = filter(frame);
        int low = strongest(0);
        int high = strongest(4);
        double lowAmplitude = amplitude(low, frame.length);
        double highAmplitude = amplitude(high, frame.length);
        if (Math.min(lowAmplitude, highAmplitude) < LEAST_AMPLITUDE) {
            return NOTHING;
        }
        double tones =
                (lowAmplitude * lowAmplitude + highAmplitude * highAmplitude) / 2 * frame.length;
        double twist = lowAmplitude / highAmplitude;
        return tones > 0.7 * energy && twist > 0.3 && twist < 3.2 ? low * 4 + high - 4 : NOTHING;
    }

    private double filter(short[] frame) {
        java.util.Arrays.fill(last, 0);
        java.util.Arrays.fill(before, 0);
        double energy = 0;
        for (short sample : frame) {
            energy += (double) sample * sample;
            for (int i = 0; i < 8; i++) {
                double now = sample + coefficients[i] * last[i] - before[i];
                before[i] = last[i];
                last[i] = now;
            }
        }
        return energy;
    }

    private int strongest(int from) {
        int best = from;
        for (int i = from + 1; i < from + 4; i++) {
            if (power(i) > power(best)) {
                best = i;
            }
        }
        return best;
    }

    private double power(int i) {
        return before[i] * before[i] + last[i] * last[i] - coefficients[i] * before[i] * last[i];
    }

    private double amplitude(int i, int length) {
        return 2 * Math.sqrt(Math.max(0, power(i))) / length;
    }
}
