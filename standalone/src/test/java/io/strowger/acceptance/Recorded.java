package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.tone.ToneDetector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A recorded WAV file: which tones it has where.
///
/// @param channels samples of each channel, 8 kHz
public record Recorded(short[][] channels) {
    private static final int HEADER = 44;
    private static final int SAMPLE_RATE = 8000;
    private static final int WINDOW = SAMPLE_RATE / 50;
    private static final double AUDIBLE = 1500;

    /// Asserts that it is a plain file of 16-bit PCM whose sizes are right.
    public static Recorded of(byte[] wav) {
        ByteBuffer file = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals("RIFF", new String(wav, 0, 4, StandardCharsets.US_ASCII));
        assertEquals("WAVEfmt ", new String(wav, 8, 8, StandardCharsets.US_ASCII));
        assertEquals(wav.length - 8, file.getInt(4));
        assertEquals(1, file.getShort(20), "PCM");
        assertEquals(SAMPLE_RATE, file.getInt(24));
        assertEquals(16, file.getShort(34), "bits");
        assertEquals("data", new String(wav, 36, 4, StandardCharsets.US_ASCII));
        assertEquals(wav.length - HEADER, file.getInt(40));
        int count = file.getShort(22);
        int frames = (wav.length - HEADER) / 2 / count;
        short[][] channels = new short[count][frames];
        for (int i = 0; i < frames * count; i++) {
            channels[i % count][i / count] = file.getShort(HEADER + 2 * i);
        }
        return new Recorded(channels);
    }

    int durationMs() {
        return channels[0].length * 1000 / SAMPLE_RATE;
    }

    /// How long a tone is heard on a channel.
    int heardMs(int channel, double hz) {
        int ms = 0;
        for (int at = 0; at + WINDOW <= channels[channel].length; at += WINDOW) {
            if (ToneDetector.amplitude(channels[channel], at, at + WINDOW, hz) >= AUDIBLE) {
                ms += 20;
            }
        }
        return ms;
    }

    public void assertHas(int channel, double hz, int atLeastMs) {
        int heard = heardMs(channel, hz);
        assertTrue(
                heard >= atLeastMs,
                () -> hz + " Hz on channel " + channel + " for " + heard + " ms only");
    }

    void assertHasNot(int channel, double hz) {
        assertTrue(heardMs(channel, hz) <= 40, () -> hz + " Hz on channel " + channel);
    }
}
