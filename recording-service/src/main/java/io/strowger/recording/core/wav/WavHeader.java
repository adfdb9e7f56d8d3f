package io.strowger.recording.core.wav;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The bytes before the samples of a WAV file of 16-bit PCM: RIFF, and RF64 (EBU Tech 3306) where
/// 32 bits do not hold the size.
public final class WavHeader {
    /// Of a RIFF file. A file that grows has room for no more.
    public static final int BYTES = 44;

    /// The most samples of a mono RIFF file: 74 hours at 8 kHz.
    public static final long MOST_MONO_SAMPLES = (0xFFFF_FFFFL - (BYTES - 8)) / Short.BYTES;

    private static final int RF64_BYTES = 80;
    private static final int DS64_BYTES = 28;
    private static final int FORMAT_BYTES = 16;
    private static final int IN_DS64 = -1;
    private static final short PCM = 1;

    private WavHeader() {}

    /// @param samples per channel, 0 or more
    public static byte[] of(int channels, int sampleRate, long samples) {
        long dataBytes = samples * channels * Short.BYTES;
        boolean large = dataBytes + BYTES - 8 > 0xFFFF_FFFFL;
        ByteBuffer header =
                ByteBuffer.allocate(large ? RF64_BYTES : BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (large) {
            header.put(ascii("RF64")).putInt(IN_DS64).put(ascii("WAVE"));
            header.put(ascii("ds64")).putInt(DS64_BYTES).putLong(dataBytes + RF64_BYTES - 8);
            header.putLong(dataBytes).putLong(samples).putInt(0);
        } else {
            header.put(ascii("RIFF")).putInt((int) (dataBytes + BYTES - 8)).put(ascii("WAVE"));
        }
        header.put(ascii("fmt ")).putInt(FORMAT_BYTES).putShort(PCM).putShort((short) channels);
        int frameBytes = channels * Short.BYTES;
        header.putInt(sampleRate).putInt(sampleRate * frameBytes);
        header.putShort((short) frameBytes).putShort((short) Short.SIZE);
        header.put(ascii("data")).putInt(large ? IN_DS64 : (int) dataBytes);
        return header.array();
    }

    /// The samples that the header of a mono file of ours says there are; empty: it is none.
    public static Optional<Long> samples(byte[] header) {
        if (header.length < BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        byte[] expected = of(1, bytes.getInt(24), (bytes.getInt(40) & 0xFFFF_FFFFL) / Short.BYTES);
        return java.util.Arrays.equals(header, 0, BYTES, expected, 0, BYTES)
                ? Optional.of((bytes.getInt(40) & 0xFFFF_FFFFL) / Short.BYTES)
                : Optional.empty();
    }

    private static byte[] ascii(String tag) {
        return tag.getBytes(StandardCharsets.US_ASCII);
    }
}
