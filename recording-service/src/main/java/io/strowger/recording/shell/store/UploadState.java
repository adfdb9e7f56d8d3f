package io.strowger.recording.shell.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.kafka.Json;
import io.strowger.recording.shell.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An upload in parts that is under way, as it is remembered beside the file that is uploaded, so
/// that it goes on after a restart.
///
/// @param object where it goes: store, bucket and name
/// @param uploadId the store's name for it
/// @param parts that the store has, in no order
record UploadState(String object, String uploadId, List<Part> parts) {
    private static final Logger LOG = LoggerFactory.getLogger(UploadState.class);

    UploadState {
        parts = List.copyOf(parts);
    }

    /// @param number from 1
    /// @param sha256 of its bytes, hexadecimal
    /// @param etag the store's name for it
    record Part(int number, long sizeBytes, String sha256, String etag) {}

    Optional<Part> part(int number) {
        return parts.stream().filter(part -> part.number == number).findFirst();
    }

    UploadState with(Part part) {
        List<Part> all = new ArrayList<>(parts);
        all.removeIf(old -> old.number == part.number);
        all.add(part);
        return new UploadState(object, uploadId, all);
    }

    /// Where it is remembered.
    ///
    /// @param beside a file of the recording's
    static Path file(RecordingId recording, Path beside) {
        return beside.resolveSibling(recording + ".upload");
    }

    /// Empty: none is under way, or what is there cannot be read, which costs no more than sending
    /// again.
    static Optional<UploadState> load(Path file) throws IOException {
        try {
            return Optional.of(
                    Json.mapper().readValue(Files.readAllBytes(file), UploadState.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JsonProcessingException broken) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .log("an upload cannot be taken up again and begins anew");
            return Optional.empty();
        }
    }

    void keep(Path file) throws IOException {
        Disk.replace(file, Json.mapper().writeValueAsBytes(this));
    }
}
