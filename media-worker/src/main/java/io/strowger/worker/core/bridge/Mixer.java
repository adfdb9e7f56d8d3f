package io.strowger.worker.core.bridge;

import io.strowger.media.g711.G711;
import io.strowger.worker.core.rtp.Frame;
import java.util.Arrays;

/// The arithmetic of one frame of one call. The sound that everyone hears is summed once, in full
/// precision, and encoded at most once a codec, however many legs there are; who must not hear
/// itself, or hears more, gets a part of its own: the sum without its own sound. A sum is clipped
/// last, so that taking a sound out again leaves the others as they were. For one thread; allocates
/// nothing.
final class Mixer {
    private static final int CODECS = G711.values().length;
    private final int[] common = new int[Frame.SAMPLES];
    private final int[] part = new int[Frame.SAMPLES];
    private final short[] clipped = new short[Frame.SAMPLES];
    private final byte[] partCodes = new byte[Frame.SAMPLES];
    private final byte[][] commonCodes = new byte[CODECS][Frame.SAMPLES];
    private final boolean[] commonCoded = new boolean[CODECS];
    private final byte[][] silence = new byte[CODECS][Frame.SAMPLES];

    Mixer() {
        for (G711 codec : G711.values()) {
            Arrays.fill(silence[codec.ordinal()], codec.silence());
        }
    }

    /// Begins a frame, in which nothing is heard yet.
    void begin() {
        Arrays.fill(common, 0);
        Arrays.fill(commonCoded, false);
    }

    /// Everyone hears this.
    ///
    /// @param sound 160 samples
    void add(short[] sound) {
        for (int i = 0; i < Frame.SAMPLES; i++) {
            common[i] += sound[i];
        }
    }

    /// Everyone hears this.
    ///
    /// @param sound 160 sums
    void add(int[] sound) {
        add(common, sound);
    }

    /// What everyone hears. Nothing may be added after this.
    ///
    /// @return 160 codes, good until the next frame; not to be changed
    byte[] everyones(G711 codec) {
        byte[] codes = commonCodes[codec.ordinal()];
        if (!commonCoded[codec.ordinal()]) {
            commonCoded[codec.ordinal()] = true;
            encode(common, codec, codes);
        }
        return codes;
    }

    /// What everyone hears, in full precision.
    ///
    /// @param into 160 sums
    void everything(int[] into) {
        System.arraycopy(common, 0, into, 0, Frame.SAMPLES);
    }

    /// @return 160 codes; not to be changed
    byte[] silence(G711 codec) {
        return silence[codec.ordinal()];
    }

    /// Begins a part with what everyone hears.
    void part() {
        System.arraycopy(common, 0, part, 0, Frame.SAMPLES);
    }

    /// Begins a part with what everyone hears, less one sound that was added.
    void partWithout(short[] own) {
        for (int i = 0; i < Frame.SAMPLES; i++) {
            part[i] = common[i] - own[i];
        }
    }

    /// Adds to the part that was begun.
    void addToPart(int[] sound) {
        add(part, sound);
    }

    /// The part that was begun.
    ///
    /// @return 160 codes, good until the next call
    byte[] part(G711 codec) {
        encode(part, codec, partCodes);
        return partCodes;
    }

    /// One sound alone.
    ///
    /// @param sound 160 sums
    /// @return 160 codes, good until the next call
    byte[] only(int[] sound, G711 codec) {
        encode(sound, codec, partCodes);
        return partCodes;
    }

    /// @param to 160 sums
    /// @param sound 160 sums
    static void add(int[] to, int[] sound) {
        for (int i = 0; i < Frame.SAMPLES; i++) {
            to[i] += sound[i];
        }
    }

    private void encode(int[] sums, G711 codec, byte[] codes) {
        for (int i = 0; i < Frame.SAMPLES; i++) {
            clipped[i] = (short) Math.min(Math.max(sums[i], Short.MIN_VALUE), Short.MAX_VALUE);
        }
        codec.encode(clipped, 0, codes, 0, Frame.SAMPLES);
    }
}
