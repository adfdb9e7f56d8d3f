package io.strowger.recording.shell.finish;

import de.sciss.jump3r.lowlevel.LameEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import javax.sound.sampled.AudioFormat;

/// An MP3 stream of constant bit rate: MPEG-2 layer III, 16 kHz, 32 kbit/s a channel. For one
/// thread.
final class Mp3 implements AutoCloseable {
    static final int SAMPLE_RATE = 16_000;
    static final int BITS_PER_SECOND_AND_CHANNEL = 32_000;

    private static final int OUTPUT_BYTES = 1 << 16;
    private static final int BITS_OF_A_KILOBIT = 1000;
    private final OutputStream out;
    private final LameEncoder encoder;
    private final byte[] encoded = new byte[OUTPUT_BYTES];

    /// @param sampleRate of what comes
    /// @param channels 1 or 2, interleaved
    Mp3(OutputStream out, int sampleRate, int channels) {
        this.out = out;
        Map<String, Object> settings =
                Map.of(
                        LameEncoder.P_BITRATE,
                        BITS_PER_SECOND_AND_CHANNEL * channels / BITS_OF_A_KILOBIT,
                        LameEncoder.P_QUALITY,
                        LameEncoder.QUALITY_LOW,
                        LameEncoder.P_CHMODE,
                        channels == 1 ? "mono" : "stereo");
        encoder =
                new LameEncoder(
                        new AudioFormat(sampleRate, Short.SIZE, channels, true, false),
                        new AudioFormat(
                                LameEncoder.MPEG2L3,
                                SAMPLE_RATE,
                                Short.SIZE,
                                channels,
                                -1,
                                -1,
                                false,
                                settings));
    }

    /// The most bytes that one [#write] takes.
    int mostBytes() {
        return encoder.getPCMBufferSize();
    }

    /// @param pcm 16-bit little-endian
    void write(byte[] pcm, int length) throws IOException {
        out.write(encoded, 0, encoder.encodeBuffer(pcm, 0, length, encoded));
    }

    /// Writes what is still held back.
    void finish() throws IOException {
        out.write(encoded, 0, encoder.encodeFinish(encoded));
    }

    @Override
    public void close() {
        encoder.close();
    }
}
