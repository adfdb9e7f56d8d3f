package io.strowger.worker.core.recording;

import io.strowger.contracts.recording.AudioChunk;
import java.time.Instant;

/// A piece of a recording on its way from the media thread to whoever writes it. Used again and
/// again: it belongs to the media thread until [AudioRing#publish], then to the writer until
/// [AudioRing#free].
public final class AudioBlock {
    /// Samples of each channel that fit: 200 ms.
    public static final int CAPACITY = AudioChunk.SAMPLE_RATE / 5;

    /// Channel n from n * [#CAPACITY] on.
    final short[] pcm;

    long position;
    int samples;
    int channelMask;

    AudioBlock(int channels) {
        pcm = new short[channels * CAPACITY];
    }

    /// Of the first sample.
    public long position() {
        return position;
    }

    /// Of each channel. More than [#CAPACITY] only when all of it is silence.
    public int samples() {
        return samples;
    }

    /// As it goes to Kafka; a copy.
    public AudioChunk chunk(Instant startedAt) {
        byte[] bytes = new byte[Integer.bitCount(channelMask) * samples * Short.BYTES];
        int at = 0;
        for (int channel = 0; channel < pcm.length / CAPACITY; channel++) {
            if ((channelMask & 1 << channel) != 0) {
                for (int i = 0; i < samples; i++) {
                    short sample = pcm[channel * CAPACITY + i];
                    bytes[at++] = (byte) sample;
                    bytes[at++] = (byte) (sample >> Byte.SIZE);
                }
            }
        }
        return new AudioChunk(
                startedAt, AudioChunk.SAMPLE_RATE, position, channelMask, samples, bytes);
    }
}
