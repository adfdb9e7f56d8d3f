package io.strowger.recording;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.store.RecordingStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A store in a folder, as plain as can be, that can be out of order.
final class FolderStore implements RecordingStore {
    private final Path directory;
    private final Map<RecordingId, byte[]> advances = new ConcurrentHashMap<>();
    private volatile boolean down;

    FolderStore(Path directory) {
        this.directory = directory;
    }

    /// Everything fails from now on, or works again.
    void down(boolean is) {
        down = is;
    }

    private void mustBeUp() throws IOException {
        if (down) {
            throw new IOException("the store is out of order");
        }
        Files.createDirectories(directory);
    }

    @Override
    public void ensureWritable() throws IOException {
        mustBeUp();
        Files.deleteIfExists(Files.writeString(directory.resolve("proof"), "proof"));
    }

    @Override
    public void advance(RecordingId recording, Path growing, long stableBytes) throws IOException {
        mustBeUp();
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
        mustBeUp();
        Files.move(audio, audioFile(recording), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(directory.resolve(recording + ".type"), contentType.name());
        Files.write(metadataFile(recording), metadata);
        return find(recording).orElseThrow();
    }

    @Override
    public Optional<StoredRecording> find(RecordingId recording) throws IOException {
        mustBeUp();
        if (!Files.exists(metadataFile(recording))) {
            return Optional.empty();
        }
        return Optional.of(
                new StoredRecording(
                        recording,
                        ContentType.valueOf(
                                Files.readString(directory.resolve(recording + ".type"))),
                        Files.size(audioFile(recording)),
                        Files.getLastModifiedTime(metadataFile(recording)).toInstant()));
    }

    @Override
    public InputStream audio(StoredRecording recording, long offset, long length)
            throws IOException {
        InputStream in = Files.newInputStream(audioFile(recording.recording()));
        in.skipNBytes(offset);
        return in;
    }

    @Override
    public byte[] metadata(StoredRecording recording) throws IOException {
        return Files.readAllBytes(metadataFile(recording.recording()));
    }

    @Override
    public boolean delete(RecordingId recording) throws IOException {
        Files.deleteIfExists(metadataFile(recording));
        return Files.deleteIfExists(audioFile(recording));
    }

    @Override
    public List<RecordingId> keptBefore(Instant time, int limit) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> RecordingId.parse(name.replace(".json", "")))
                    .limit(limit)
                    .toList();
        }
    }

    Path audioFile(RecordingId recording) {
        return directory.resolve(recording + ".audio");
    }

    Path metadataFile(RecordingId recording) {
        return directory.resolve(recording + ".json");
    }
}
