package io.strowger.recording.shell.store;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.store.RecordingStore;
import io.strowger.recording.shell.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Recordings in a folder: `files/<recording id>/audio.wav` or `audio.mp3`, and `metadata.json`
/// beside it. A file comes to its place whole, by renaming; the audio before the metadata, and the
/// metadata goes before the audio. Several instances may share the folder.
public final class FileStore implements RecordingStore {
    private static final String METADATA = "metadata.json";
    private static final String PROBE = "write-check-";
    private final Path files;

    /// @param directory may not exist yet
    public FileStore(Path directory) {
        this.files = directory.resolve("files");
    }

    @Override
    public void ensureWritable() throws IOException {
        try {
            Disk.createFolders(files);
            Path probe = Files.createTempFile(files, PROBE, null);
            try {
                Disk.write(probe, PROBE.getBytes(StandardCharsets.US_ASCII));
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            throw new IOException(
                    "nothing can be written in "
                            + files
                            + ": "
                            + reason(e)
                            + " (recordings.directory)",
                    e);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
    }

    @Override
    public StoredRecording put(
            RecordingId recording, Path audio, ContentType contentType, byte[] metadata)
            throws IOException {
        Path folder = folder(recording);
        Disk.createFolders(folder);
        Path kept = folder.resolve(name(contentType));
        // Not there: an earlier call moved it away and came no further.
        if (Files.exists(audio) || !Files.exists(kept)) {
            Disk.move(audio, kept);
        }
        Disk.replace(folder.resolve(METADATA), metadata);
        for (ContentType other : ContentType.values()) {
            if (other != contentType) {
                Files.deleteIfExists(folder.resolve(name(other)));
            }
        }
        return find(recording)
                .orElseThrow(() -> new IOException(folder + " was deleted while it was filled"));
    }

    @Override
    public Optional<StoredRecording> find(RecordingId recording) throws IOException {
        Path folder = folder(recording);
        BasicFileAttributes document = attributes(folder.resolve(METADATA));
        if (document == null) {
            return Optional.empty();
        }
        for (ContentType type : ContentType.values()) {
            BasicFileAttributes audio = attributes(folder.resolve(name(type)));
            if (audio != null) {
                Instant keptAt = document.lastModifiedTime().toInstant();
                return Optional.of(new StoredRecording(recording, type, audio.size(), keptAt));
            }
        }
        return Optional.empty();
    }

    private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    @Override
    public InputStream audio(StoredRecording recording, long offset, long length)
            throws IOException {
        return FilePart.open(
                folder(recording.recording()).resolve(name(recording.contentType())),
                offset,
                length);
    }

    @Override
    public byte[] metadata(StoredRecording recording) throws IOException {
        return Files.readAllBytes(folder(recording.recording()).resolve(METADATA));
    }

    @Override
    public boolean delete(RecordingId recording) throws IOException {
        Path folder = folder(recording);
        boolean there = find(recording).isPresent();
        Files.deleteIfExists(folder.resolve(METADATA));
        try (DirectoryStream<Path> rest = Files.newDirectoryStream(folder)) {
            for (Path file : rest) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException none) {
            return there;
        }
        Files.deleteIfExists(folder);
        return there;
    }

    @Override
    public List<Kept> page(@Nullable RecordingId after, int limit) throws IOException {
        String last = after == null ? "" : after.toString();
        String[] names = files.toFile().list((folder, name) -> name.compareTo(last) > 0);
        if (names == null) {
            if (Files.exists(files)) {
                throw new IOException(files + " cannot be read (recordings.directory)");
            }
            return Collections.emptyList();
        }
        Arrays.sort(names);
        List<Kept> page = new ArrayList<>();
        for (String name : names) {
            if (page.size() == limit) {
                break;
            }
            Optional<RecordingId> id = ObjectNames.recording(name);
            if (id.isPresent()) {
                keptAt(id.get()).ifPresent(at -> page.add(new Kept(id.get(), at)));
            }
        }
        return page;
    }

    private Optional<Instant> keptAt(RecordingId recording) throws IOException {
        Path folder = folder(recording);
        BasicFileAttributes document = attributes(folder.resolve(METADATA));
        BasicFileAttributes known = document == null ? attributes(folder) : document;
        return known == null ? Optional.empty() : Optional.of(known.lastModifiedTime().toInstant());
    }

    private Path folder(RecordingId recording) {
        return files.resolve(recording.toString());
    }

    private static String name(ContentType type) {
        return "audio." + ObjectNames.ending(type);
    }
}
