package io.strowger.media.tone;

/// Makes tones: 16-bit samples at 8 kHz.
public final class Tones {
    public static final int SAMPLE_RATE = 8000;

    private static final int[] LOW = {697, 770, 852, 941};
    private static final int[] HIGH = {1209, 1336, 1477, 1633};
    private static final String KEYS = "123A456B789C*0#D";

    private Tones() {}

    /// @param amplitude 0..32767
    public static short[] sine(double frequencyHz, int durationMs, int amplitude) {
        return mix(durationMs, amplitude, frequencyHz);
    }

    /// Several sines at once, each with `amplitude` divided by their number.
    public static short[] mix(int durationMs, int amplitude, double... frequenciesHz) {
        short[] samples = new short[durationMs * SAMPLE_RATE / 1000];
        for (int i = 0; i < samples.length; i++) {
            double sum = 0;
            for (double frequency : frequenciesHz) {
                sum += Math.sin(2 * Math.PI * frequency * i / SAMPLE_RATE);
            }
            samples[i] = (short) Math.round(amplitude * sum / frequenciesHz.length);
        }
        return samples;
    }

    /// The two tones of a key (ITU-T Q.23).
    ///
    /// @param key `0`-`9`, `*`, `#`, `A`-`D`
    public static short[] dtmf(char key, int durationMs, int amplitude) {
        int index = KEYS.indexOf(key);
        if (index < 0) {
            throw new IllegalArgumentException("no such key: " + key);
        }
        return mix(durationMs, amplitude, LOW[index / 4], HIGH[index % 4]);
    }
}
