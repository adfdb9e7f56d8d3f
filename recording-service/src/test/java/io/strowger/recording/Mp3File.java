package io.strowger.recording;

import de.sciss.jump3r.lowlevel.LameDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Plays MP3 files of one channel.
final class Mp3File {
    private static final int MOST_SAMPLES_A_CALL = 1152;
    private static final short UNTOUCHED = 0x5A5A;

    private Mp3File() {}

    /// @param copy where a copy with a name that the decoder understands may be put
    static short[] decode(Path file, Path copy) throws IOException {
        Files.copy(file, copy);
        LameDecoder decoder = new LameDecoder(copy.toString());
        short[] samples = new short[0];
        for (int count = 1; count > 0; ) {
            ByteBuffer bytes = ByteBuffer.allocate(MOST_SAMPLES_A_CALL * Short.BYTES);
            short[] some = new short[MOST_SAMPLES_A_CALL];
            Arrays.fill(bytes.array(), (byte) UNTOUCHED);
            decoder.decode(bytes, true);
            bytes.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(some);
            count = MOST_SAMPLES_A_CALL;
            while (count > 0 && some[count - 1] == UNTOUCHED) {
                count--;
            }
            int end = samples.length;
            samples = Arrays.copyOf(samples, end + count);
            System.arraycopy(some, 0, samples, end, count);
        }
        decoder.close();
        return samples;
    }
}
