package io.strowger.media.wav;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes WAV files.
public final class WavWriter {
    private static final int HEADER_BYTES = 44;
    private static final short PCM = 1;

    private WavWriter() {}

    /// The bytes of a mono 16-bit PCM file.
    ///
    /// @param sampleRate in Hz
    public static byte[] write(short[] samples, int sampleRate) {
        ByteBuffer file =
                ByteBuffer.allocate(HEADER_BYTES + 2 * samples.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(36 + 2 * samples.length);
        file.put(ascii("WAVEfmt ")).putInt(16);
        file.putShort(PCM).putShort((short) 1).putInt(sampleRate).putInt(2 * sampleRate);
        file.putShort((short) 2).putShort((short) 16);
        file.put(ascii("data")).putInt(2 * samples.length);
        file.asShortBuffer().put(samples);
        return file.array();
    }

    private static byte[] ascii(String tag) {
        return tag.getBytes(StandardCharsets.US_ASCII);
    }
}
