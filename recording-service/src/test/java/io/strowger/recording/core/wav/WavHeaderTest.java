package io.strowger.recording.core.wav;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.media.wav.WavWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WavHeaderTest {
    @Test
    void isThatOfAnyOtherWriter() {
        byte[] file = WavWriter.write(new short[800], 8000);

        assertArrayEquals(Arrays.copyOf(file, 44), WavHeader.of(1, 8000, 800));
    }

    @Test
    void tellsTheSamplesItWasMadeFor() {
        assertEquals(Optional.of(12_345L), WavHeader.samples(WavHeader.of(1, 8000, 12_345)));
        assertEquals(
                Optional.of(WavHeader.MOST_MONO_SAMPLES),
                WavHeader.samples(WavHeader.of(1, 8000, WavHeader.MOST_MONO_SAMPLES)));
    }

    @Test
    void isNotReadFromWhatIsNoHeader() {
        assertEquals(Optional.empty(), WavHeader.samples(new byte[0]));
        assertEquals(Optional.empty(), WavHeader.samples(new byte[44]));
        assertEquals(
                Optional.empty(), WavHeader.samples(Arrays.copyOf(WavHeader.of(1, 8000, 1), 43)));
    }

    @Test
    void becomesRf64WhereThirtyTwoBitsDoNotHoldTheSize() {
        long samples = 24L * 3600 * 16_000;

        byte[] header = WavHeader.of(5, 16_000, samples);

        ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(80, header.length);
        assertEquals("RF64", new String(header, 0, 4, StandardCharsets.US_ASCII));
        assertEquals("ds64", new String(header, 12, 4, StandardCharsets.US_ASCII));
        assertEquals(samples * 10 + 72, bytes.getLong(20));
        assertEquals(samples * 10, bytes.getLong(28));
        assertEquals(samples, bytes.getLong(36));
        assertEquals("data", new String(header, 72, 4, StandardCharsets.US_ASCII));
        assertEquals(-1, bytes.getInt(76));
    }

    @Test
    void channelsAreBroughtTogetherSampleBySample() {
        byte[] frames = new byte[8];

        Interleaving.put(new byte[] {1, 2, 3, 4}, 2, 0, 2, frames);
        Interleaving.put(new byte[] {5, 6, 7, 8}, 2, 1, 2, frames);

        assertArrayEquals(new byte[] {1, 2, 5, 6, 3, 4, 7, 8}, frames);
    }
}
