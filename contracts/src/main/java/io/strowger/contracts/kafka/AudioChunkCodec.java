package io.strowger.contracts.kafka;

import io.strowger.contracts.recording.AudioChunk;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/// Audio on `recording.audio`. Bytes, big-endian: version (1), channel mask (1), samples per
/// channel (2), sample rate (4), start of the recording (8, ms since 1970), position (8); then the
/// PCM of [AudioChunk#pcm].
final class AudioChunkCodec implements Codec<AudioChunk> {
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 24;

    @Override
    public byte[] encode(AudioChunk chunk) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + chunk.pcm().length);
        bytes.put((byte) VERSION).put((byte) chunk.channelMask()).putShort((short) chunk.samples());
        bytes.putInt(chunk.sampleRate()).putLong(chunk.startedAt().toEpochMilli());
        bytes.putLong(chunk.position()).put(chunk.pcm());
        return bytes.array();
    }

    @Override
    public AudioChunk decode(byte[] bytes) throws UndecodableException {
        try {
            if (bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
                throw new IllegalArgumentException("no audio of version " + VERSION);
            }
            ByteBuffer header = ByteBuffer.wrap(bytes);
            header.get();
            int mask = header.get() & 0xFF;
            int samples = header.getShort() & 0xFFFF;
            int sampleRate = header.getInt();
            Instant startedAt = Instant.ofEpochMilli(header.getLong());
            long position = header.getLong();
            byte[] pcm = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
            return new AudioChunk(startedAt, sampleRate, position, mask, samples, pcm);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(String.valueOf(e.getMessage()), e);
        }
    }
}
