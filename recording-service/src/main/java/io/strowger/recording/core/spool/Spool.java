package io.strowger.recording.core.spool;

import io.strowger.contracts.id.RecordingId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/// Where recordings grow. For the thread that reads the log, except [#ensureWritable].
public interface Spool extends AutoCloseable {
    /// Proves that something can be written here, by writing. Any thread.
    void ensureWritable() throws IOException;

    /// The recordings of a partition that are on this disk.
    List<SpooledRecording> load(int partition) throws IOException;

    /// A new one; its folder exists when this returns.
    SpooledRecording begin(RecordingId recording, int partition, Instant startedAt, int sampleRate)
            throws IOException;

    /// Makes all that was written to these recordings safe, and their headers true.
    ///
    /// @return done when it is on disk; failed when it may not be, and must be written again
    CompletableFuture<Void> force(Collection<SpooledRecording> recordings) throws IOException;

    /// Lets go of a recording's files and keeps them.
    void release(SpooledRecording recording) throws IOException;

    /// Deletes a recording's audio and all that is known of it.
    void delete(SpooledRecording recording) throws IOException;

    /// Puts a recording that cannot be finished aside, for people to look at.
    ///
    /// @return where it is now
    String putAside(SpooledRecording recording) throws IOException;

    /// Whether nothing was written to a recording for this long.
    boolean isIdle(SpooledRecording recording, Duration time) throws IOException;

    /// Up to which offset of a partition all audio was spooled here; empty: not known.
    OptionalLong covered(int partition) throws IOException;

    /// Remembers that; the audio below must be safe.
    void cover(int partition, long offset) throws IOException;

    @Override
    void close();
}
