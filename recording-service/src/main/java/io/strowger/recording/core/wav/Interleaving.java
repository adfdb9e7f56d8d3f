package io.strowger.recording.core.wav;

/// Brings mono channels together, sample by sample.
public final class Interleaving {
    private Interleaving() {}

    /// Puts the samples of one channel into its places.
    ///
    /// @param mono 16-bit samples
    /// @param samples how many
    /// @param channel 0-based, of `channels`
    /// @param frames where they go, `samples * channels` of them
    public static void put(byte[] mono, int samples, int channel, int channels, byte[] frames) {
        int to = channel * Short.BYTES;
        int step = channels * Short.BYTES;
        for (int from = 0; from < samples * Short.BYTES; from += Short.BYTES) {
            frames[to] = mono[from];
            frames[to + 1] = mono[from + 1];
            to += step;
        }
    }
}
