package io.strowger.contracts.recording;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/// The value of `recording.audio`, keyed by [io.strowger.contracts.id.RecordingId]: some audio of a
/// recording, usually 200 ms. Positions make it safe to write a chunk twice.
///
/// @param startedAt of the recording, to the millisecond; the same in each of its chunks
/// @param sampleRate per second, the same in each chunk of a recording
/// @param position of the first sample, 0-based, per channel, pauses left out
/// @param channelMask bit n: channel n has samples here; a channel without has silence
/// @param samples of each channel, 1..65535
/// @param pcm for each channel of the mask, lowest first, its samples as 16-bit PCM, little-endian
///   as in a WAV file. Not copied: not to be changed any more
public record AudioChunk(
        Instant startedAt,
        int sampleRate,
        long position,
        int channelMask,
        int samples,
        byte[] pcm) {
    /// Samples per second of everything that is recorded.
    public static final int SAMPLE_RATE = 8000;

    private static final int MAX_SAMPLES = 0xFFFF;
    private static final int ALL_CHANNELS = (1 << RecordingFormat.MAX_CHANNELS) - 1;

    public AudioChunk {
        if (samples < 1 || samples > MAX_SAMPLES) {
            throw new IllegalArgumentException("a chunk has 1..65535 samples");
        }
        if ((channelMask & ~ALL_CHANNELS) != 0) {
            throw new IllegalArgumentException("a chunk has channels 0..4");
        }
        if (sampleRate < 1 || position < 0) {
            throw new IllegalArgumentException("a chunk has a sample rate and a position");
        }
        if (pcm.length != Integer.bitCount(channelMask) * samples * Short.BYTES) {
            throw new IllegalArgumentException("a chunk has as many samples as it says");
        }
    }

    /// Where in [#pcm] the samples of a channel begin, in bytes; -1: it has silence here.
    public int offset(int channel) {
        if ((channelMask & 1 << channel) == 0) {
            return -1;
        }
        int before = Integer.bitCount(channelMask & ((1 << channel) - 1));
        return before * samples * Short.BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AudioChunk chunk
                && startedAt.equals(chunk.startedAt)
                && sampleRate == chunk.sampleRate
                && position == chunk.position
                && channelMask == chunk.channelMask
                && samples == chunk.samples
                && Arrays.equals(pcm, chunk.pcm);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(position) * 31 + Arrays.hashCode(pcm);
    }

    @Override
    public String toString() {
        return "AudioChunk[position="
                + position
                + ", samples="
                + samples
                + ", channels="
                + HexFormat.of().toHexDigits((byte) channelMask)
                + "]";
    }
}
