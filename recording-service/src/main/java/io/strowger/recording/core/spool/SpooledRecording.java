package io.strowger.recording.core.spool;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.recording.core.timeline.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A recording on disk: a folder with one mono WAV file a channel. For the thread that reads the
/// log.
public interface SpooledRecording {
    /// The file of a channel in the folder of a recording; there once something was written to it.
    static Path channel(Path folder, int channel) {
        return folder.resolve("channel-" + channel + ".wav");
    }

    RecordingId recording();

    /// Where its files are.
    Path folder();

    SpoolState state();

    /// Keeps what is known now; on disk when this returns.
    void keep(SpoolState state) throws IOException;

    /// Puts a chunk where it belongs. Written twice it is the same.
    ///
    /// @return samples that are missing before it and were not known to be; usually 0
    /// @throws IOException when it may not be written whole: to be tried again
    long write(AudioChunk chunk) throws IOException;

    /// Samples per channel.
    long samples();

    /// What never arrived before the last sample, in order.
    List<Span> gaps();

    /// How many channels it has had so far: the highest and one more.
    int channels();

    /// No more is written: its files may be given away.
    void seal() throws IOException;
}
