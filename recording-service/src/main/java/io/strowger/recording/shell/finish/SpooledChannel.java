package io.strowger.recording.shell.finish;

import io.strowger.recording.core.spool.SpooledRecording;
import io.strowger.recording.core.wav.WavHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads one channel of a spooled recording from its start; where nothing was written, silence. For
/// one thread.
final class SpooledChannel implements AutoCloseable {
    private final @Nullable FileChannel file;

    private SpooledChannel(@Nullable FileChannel file) {
        this.file = file;
    }

    static SpooledChannel open(Path folder, int channel) throws IOException {
        Path path = SpooledRecording.channel(folder, channel);
        if (!Files.exists(path)) {
            return new SpooledChannel(null);
        }
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        file.position(WavHeader.BYTES);
        return new SpooledChannel(file);
    }

    /// Fills the beginning of `pcm` with the next samples.
    void read(byte[] pcm, int samples) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(pcm, 0, samples * Short.BYTES);
        while (file != null && rest.hasRemaining()) {
            if (file.read(rest) < 0) {
                break;
            }
        }
        Arrays.fill(pcm, rest.position(), rest.limit(), (byte) 0);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
