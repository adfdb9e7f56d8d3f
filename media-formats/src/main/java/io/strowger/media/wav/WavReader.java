package io.strowger.media.wav;

import io.strowger.media.g711.G711;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads a WAV file of any common layout into 8 kHz mono: PCM of 8, 16, 24 or 32 bits, A-law,
/// mu-law; 8 to 48 kHz; one channel or more (mixed).
public final class WavReader {
    private static final int PCM = 1;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int CHUNK_HEADER = 8;

    private WavReader() {}

    /// What reading gave.
    public sealed interface Result {}

    /// @param samples 8 kHz, mono, 16 bits
    public record Audio(short[] samples) implements Result {}

    /// @param reason for people: what is wrong with the file
    public record NotAudio(String reason) implements Result {}

    /// The file is larger than allowed.
    public record TooLarge(int maxBytes) implements Result {}

    /// @param maxBytes at most this much is read
    /// @throws IOException when the stream fails
    public static Result read(InputStream in, int maxBytes) throws IOException {
        byte[] file = in.readNBytes(maxBytes + 1);
        if (file.length > maxBytes) {
            return new TooLarge(maxBytes);
        }
        return read(file);
    }

    /// Never throws, whatever the bytes.
    public static Result read(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 12 || !tag(bytes, 0).equals("RIFF") || !tag(bytes, 8).equals("WAVE")) {
            return new NotAudio("not a WAV file: it does not begin with RIFF and WAVE");
        }
        Format format = null;
        int at = 12;
        while (at + CHUNK_HEADER <= file.length) {
            String tag = tag(bytes, at);
            long stated = bytes.getInt(at + 4) & 0xFFFF_FFFFL;
            int start = at + CHUNK_HEADER;
            int available = file.length - start;
            if (tag.equals("fmt ")) {
                format = Format.read(bytes, start, (int) Math.min(stated, available));
            } else if (tag.equals("data")) {
                // A stream that was never finished states 0 or the highest size: then the data go
                // on to the end.
                int length = stated == 0 || stated > available ? available : (int) stated;
                return format == null
                        ? new NotAudio("the data come before the format")
                        : format.decode(file, start, length);
            }
            if (stated > available) {
                break;
            }
            at = start + (int) stated + (int) (stated & 1);
        }
        return new NotAudio("a WAV file without data");
    }

    private static String tag(ByteBuffer bytes, int at) {
        return new String(bytes.array(), at, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private record Format(int encoding, int channels, int sampleRate, int bits) {
        static Format read(ByteBuffer bytes, int at, int length) {
            if (length < 16) {
                return new Format(0, 0, 0, 0);
            }
            int encoding = bytes.getShort(at) & 0xFFFF;
            if (encoding == EXTENSIBLE && length >= 26) {
                encoding = bytes.getShort(at + 24) & 0xFFFF;
            }
            return new Format(
                    encoding,
                    bytes.getShort(at + 2) & 0xFFFF,
                    bytes.getInt(at + 4),
                    bytes.getShort(at + 14) & 0xFFFF);
        }

        Result decode(byte[] file, int start, int length) {
            boolean law = (encoding == A_LAW || encoding == MU_LAW) && bits == 8;
            boolean pcm = encoding == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32);
            if (!law && !pcm) {
                return new NotAudio(
                        "encoding "
                                + encoding
                                + " with "
                                + bits
                                + " bits is not supported: PCM of 8 to 32 bits, A-law and mu-law are");
            }
            if (channels < 1 || channels > 8 || sampleRate < 8000 || sampleRate > 48_000) {
                return new NotAudio(
                        channels
                                + " channels at "
                                + sampleRate
                                + " Hz are not supported: 1 to 8 channels at 8000 to 48000 Hz are");
            }
            short[] mono =
                    mono(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN), start, length);
            // A handful of samples at a high rate come to none at 8 kHz.
            short[] samples = Resampler.toEightKilohertz(mono, sampleRate);
            return samples.length == 0
                    ? new NotAudio("a WAV file with no samples")
                    : new Audio(samples);
        }

        private short[] mono(ByteBuffer bytes, int start, int length) {
            int width = bits / 8;
            int frames = length / (width * channels);
            short[] mono = new short[frames];
            for (int frame = 0; frame < frames; frame++) {
                int sum = 0;
                for (int channel = 0; channel < channels; channel++) {
                    sum += sample(bytes, start + (frame * channels + channel) * width);
                }
                mono[frame] = (short) (sum / channels);
            }
            return mono;
        }

        private int sample(ByteBuffer bytes, int at) {
            return switch (encoding) {
                case A_LAW -> G711.PCMA.decode(bytes.get(at));
                case MU_LAW -> G711.PCMU.decode(bytes.get(at));
                default ->
                        switch (bits) {
                            case 8 -> ((bytes.get(at) & 0xFF) - 128) << 8;
                            case 16 -> bytes.getShort(at);
                            case 24 -> bytes.getShort(at + 1);
                            default -> bytes.getShort(at + 2);
                        };
            };
        }
    }
}
