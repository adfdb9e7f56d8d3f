package io.strowger.worker.core.stream;

import io.strowger.contracts.stream.StreamSpec.Channels;
import io.strowger.worker.core.rtp.Frame;
import java.util.Arrays;

/// 20 ms of a stream on their way from the media thread to the connection. Used again and again: it
/// belongs to the media thread until [StreamRing#publish], then to the connection until
/// [StreamRing#free].
public final class StreamFrame {
    /// Voices that are told apart at a time.
    public static final int MOST_VOICES = 8;

    /// Whose voice it is when all are one.
    public static final int EVERYBODY = 0;

    private final short[] pcm;
    private final int[] legs;
    private final boolean[] silent;
    private int voices;
    private long epochMs;

    StreamFrame(Channels channels) {
        int most = channels == Channels.MIXED ? 1 : MOST_VOICES;
        pcm = new short[most * Frame.SAMPLES];
        legs = new int[most];
        silent = new boolean[most];
    }

    /// Begins anew. Media thread.
    void begin(long atEpochMs) {
        voices = 0;
        epochMs = atEpochMs;
    }

    /// Whether one more voice fits. Media thread.
    boolean hasRoom() {
        return voices < legs.length;
    }

    /// What all say. Media thread.
    ///
    /// @param sums 160, to be clipped
    void addMixed(int[] sums) {
        boolean sounds = false;
        for (int i = 0; i < Frame.SAMPLES; i++) {
            int sum = Math.min(Math.max(sums[i], Short.MIN_VALUE), Short.MAX_VALUE);
            pcm[i] = (short) sum;
            sounds |= sum != 0;
        }
        legs[0] = EVERYBODY;
        silent[0] = !sounds;
        voices = 1;
    }

    /// What one leg says. Media thread.
    ///
    /// @param sound 160 samples
    /// @param sounds false: it is silence, whatever `sound` holds
    void add(int leg, short[] sound, boolean sounds) {
        int at = voices * Frame.SAMPLES;
        if (sounds) {
            System.arraycopy(sound, 0, pcm, at, Frame.SAMPLES);
        } else {
            Arrays.fill(pcm, at, at + Frame.SAMPLES, (short) 0);
        }
        legs[voices] = leg;
        silent[voices] = !sounds;
        voices++;
    }

    /// How many voices there are. Connection.
    public int voices() {
        return voices;
    }

    /// The ordinal of a voice's leg, or [#EVERYBODY]. Connection.
    public int leg(int voice) {
        return legs[voice];
    }

    /// Whether there is no sound in a voice. Connection.
    public boolean isSilent(int voice) {
        return silent[voice];
    }

    /// The samples of all voices, 160 each, one behind the other; not to be changed. Connection.
    public short[] pcm() {
        return pcm;
    }

    /// When it was heard. Connection.
    public long epochMs() {
        return epochMs;
    }
}
