package io.strowger.recording.core.store;

import io.strowger.contracts.id.RecordingId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps finished recordings: each is one audio file and one JSON document about it. All methods
/// block, may be called by several threads, and throw an [IOException] that says what to mend.
public interface RecordingStore {
    /// Proves that something can be written here, by writing.
    void ensureWritable() throws IOException;

    /// A file that still grows: its bytes from 4096 up to `stableBytes` do not change any more. A
    /// store that sends files away may begin with them; others need not do anything. What was sent
    /// serves [#put] when it gets the same bytes, from the same folder. May keep a small file in
    /// that folder, which goes with it or with the put.
    default void advance(RecordingId recording, Path growing, long stableBytes)
            throws IOException {}

    /// Keeps a finished recording: whole or not at all, and the audio before the metadata, so that
    /// who finds metadata finds all. A repeated call replaces it with the same. `audio` may be
    /// moved away.
    ///
    /// @param audio complete and on disk
    /// @param metadata JSON
    StoredRecording put(RecordingId recording, Path audio, ContentType contentType, byte[] metadata)
            throws IOException;

    /// A finished recording, if there is one.
    Optional<StoredRecording> find(RecordingId recording) throws IOException;

    /// Part of the audio; closed by the caller.
    ///
    /// @param offset 0..size
    /// @param length bytes, not beyond the end
    InputStream audio(StoredRecording recording, long offset, long length) throws IOException;

    byte[] metadata(StoredRecording recording) throws IOException;

    /// @return whether it was there
    boolean delete(RecordingId recording) throws IOException;

    /// What is here, in an order of the store's own that does not change; also what a crash left
    /// half, which [#find] does not see.
    ///
    /// @param after the last of the page before; null: from the first
    /// @param limit 1..1000; fewer: it is the last page
    List<Kept> page(@Nullable RecordingId after, int limit) throws IOException;

    /// Gives up what began to come here before `time` and was never put.
    ///
    /// @return how many
    default int dropUnfinished(Instant time) throws IOException {
        return 0;
    }

    /// What a file is.
    enum ContentType {
        WAV("audio/wav"),
        MP3("audio/mpeg");

        private final String mediaType;

        ContentType(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /// @param sizeBytes of the audio
    /// @param keptAt since when it is here
    record StoredRecording(
            RecordingId recording, ContentType contentType, long sizeBytes, Instant keptAt) {}

    /// @param keptAt since when it is here
    record Kept(RecordingId recording, Instant keptAt) {}
}
