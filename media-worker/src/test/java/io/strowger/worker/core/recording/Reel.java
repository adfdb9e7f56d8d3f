package io.strowger.worker.core.recording;

import io.strowger.contracts.recording.AudioChunk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The writer's side of a recording in a test: keeps all that it is handed.
public final class Reel {
    public static final Instant BEGAN = Instant.ofEpochMilli(1_767_312_245_678L);
    public final AudioRing ring;
    public final List<AudioChunk> chunks = new ArrayList<>();

    public Reel(AudioRing ring) {
        this.ring = ring;
    }

    /// Takes what waits.
    public Reel take() {
        for (AudioBlock block = ring.peek(); block != null; block = ring.peek()) {
            chunks.add(block.chunk(BEGAN));
            ring.free();
        }
        return this;
    }

    /// All samples of a channel in a row.
    public short[] channel(int channel) {
        short[] samples = new short[chunks.stream().mapToInt(AudioChunk::samples).sum()];
        int at = 0;
        for (AudioChunk chunk : chunks) {
            int offset = chunk.offset(channel);
            for (int i = 0; offset >= 0 && i < chunk.samples(); i++) {
                int low = chunk.pcm()[offset + 2 * i] & 0xFF;
                samples[at + i] = (short) (low | chunk.pcm()[offset + 2 * i + 1] << 8);
            }
            at += chunk.samples();
        }
        return samples;
    }

    /// The masks of the chunks, in order.
    public List<Integer> masks() {
        return chunks.stream().map(AudioChunk::channelMask).toList();
    }

    /// Where each chunk begins and how long it is.
    public List<String> places() {
        return chunks.stream().map(chunk -> chunk.position() + "+" + chunk.samples()).toList();
    }
}
