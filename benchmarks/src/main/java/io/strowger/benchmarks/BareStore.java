package io.strowger.benchmarks;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.store.RecordingStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps finished recordings by moving them into a folder: what comes after is not measured.
final class BareStore implements RecordingStore {
    private final Path directory;

    BareStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public void ensureWritable() throws IOException {
        Files.createDirectories(directory);
    }

    @Override
    public StoredRecording put(
            RecordingId recording, Path audio, ContentType contentType, byte[] metadata)
            throws IOException {
        Files.move(audio, file(recording), StandardCopyOption.REPLACE_EXISTING);
        Files.write(directory.resolve(recording + ".json"), metadata);
        return new StoredRecording(
                recording, contentType, Files.size(file(recording)), Instant.EPOCH);
    }

    @Override
    public Optional<StoredRecording> find(RecordingId recording) {
        return Optional.empty();
    }

    @Override
    public InputStream audio(StoredRecording recording, long offset, long length)
            throws IOException {
        throw new IOException("nobody reads here");
    }

    @Override
    public byte[] metadata(StoredRecording recording) throws IOException {
        throw new IOException("nobody reads here");
    }

    @Override
    public boolean delete(RecordingId recording) {
        return false;
    }

    @Override
    public List<RecordingId> keptBefore(Instant time, int limit) {
        return List.of();
    }

    private Path file(RecordingId recording) {
        return directory.resolve(recording.toString());
    }
}
