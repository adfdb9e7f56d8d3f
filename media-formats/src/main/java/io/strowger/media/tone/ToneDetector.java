package io.strowger.media.tone;

/// Tells how much of a signal lies at one frequency (Goertzel).
public final class ToneDetector {
    private ToneDetector() {}

    /// The amplitude of the part of `samples[from..to)` at `frequencyHz`, in sample units
    /// (0..32767); 8 kHz.
    public static double amplitude(short[] samples, int from, int to, double frequencyHz) {
        int length = to - from;
        if (length <= 0) {
            return 0;
        }
        double coefficient = 2 * Math.cos(2 * Math.PI * frequencyHz / Tones.SAMPLE_RATE);
        double before = 0;
        double last = 0;
        for (int i = from; i < to; i++) {
            double now = samples[i] + coefficient * last - before;
            before = last;
            last = now;
        }
        double power = before * before + last * last - coefficient * before * last;
        return 2 * Math.sqrt(Math.max(0, power)) / length;
    }

    /// Milliseconds of `samples` in which the tone stands out: windows of 20 ms whose part at
    /// `frequencyHz` is at least a third of all their energy and 300 units high.
    public static int heardMs(short[] samples, double frequencyHz) {
        int window = Tones.SAMPLE_RATE / 50;
        int heard = 0;
        for (int from = 0; from + window <= samples.length; from += window) {
            double amplitude = amplitude(samples, from, from + window, frequencyHz);
            double energy = 0;
            for (int i = from; i < from + window; i++) {
                energy += (double) samples[i] * samples[i];
            }
            double tone = amplitude * amplitude / 2 * window;
            if (amplitude >= 300 && tone >= energy / 3) {
                heard += 20;
            }
        }
        return heard;
    }
}
