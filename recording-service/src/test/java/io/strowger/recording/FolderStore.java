package io.strowger.recording;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.store.RecordingStore;
import io.strowger.recording.shell.store.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The store of files, that can be out of order.
final class FolderStore implements RecordingStore {
    private final FileStore files;
    private final Path folder;
    private final Map<RecordingId, byte[]> advances = new ConcurrentHashMap<>();
    private volatile boolean down;

    FolderStore(Path directory) {
        this.files = new FileStore(directory);
        this.folder = directory.resolve("files");
    }

    /// Everything fails from now on, or works again.
    void down(boolean is) {
        down = is;
    }

    private FileStore mustBeUp() throws IOException {
        if (down) {
            throw new IOException("the store is out of order");
        }
        return files;
    }

    @Override
    public void ensureWritable() throws IOException {
        mustBeUp().ensureWritable();
    }

    @Override
    public void advance(RecordingId recording, Path growing, long stableBytes) throws IOException {
        mustBeUp().advance(recording, growing, stableBytes);
        byte[] now = Files.readAllBytes(growing);
        advances.put(recording, Arrays.copyOf(now, (int) stableBytes));
    }

    /// What was there of a recording when it was said not to change any more.
    Optional<byte[]> advance(RecordingId recording) {
        return Optional.ofNullable(advances.get(recording));
    }

    @Override
    public StoredRecording put(
            RecordingId recording, Path audio, ContentType contentType, byte[] metadata)
            throws IOException {
        return mustBeUp().put(recording, audio, contentType, metadata);
    }

    @Override
    public Optional<StoredRecording> find(RecordingId recording) throws IOException {
        return mustBeUp().find(recording);
    }

    @Override
    public InputStream audio(StoredRecording recording, long offset, long length)
            throws IOException {
        return mustBeUp().audio(recording, offset, length);
    }

    @Override
    public byte[] metadata(StoredRecording recording) throws IOException {
        return mustBeUp().metadata(recording);
    }

    @Override
    public boolean delete(RecordingId recording) throws IOException {
        return mustBeUp().delete(recording);
    }

    @Override
    public List<Kept> page(@Nullable RecordingId after, int limit) throws IOException {
        return mustBeUp().page(after, limit);
    }

    Path audioFile(RecordingId recording) {
        Path mp3 = folder.resolve(recording.toString()).resolve("audio.mp3");
        return Files.exists(mp3) ? mp3 : mp3.resolveSibling("audio.wav");
    }

    Path metadataFile(RecordingId recording) {
        return folder.resolve(recording.toString()).resolve("metadata.json");
    }
}
