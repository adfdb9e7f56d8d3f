package io.strowger.contracts.recording;

import io.strowger.contracts.id.RecordingId;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The value of `recording.events`, keyed by call: a fact that the recording-service reports. May
/// arrive twice.
public sealed interface RecordingEvent {
    RecordingId recording();

    /// The recording can be stored.
    record Opened(RecordingId recording) implements RecordingEvent {}

    /// It cannot: its audio is passed over. A terminal event.
    ///
    /// @param detail for people: what to mend
    record OpenFailed(RecordingId recording, String detail) implements RecordingEvent {}

    /// The file is complete, and can be had. A terminal event.
    record Finished(RecordingId recording, RecordingFile file) implements RecordingEvent {}

    /// There will be no file. A terminal event.
    ///
    /// @param detail for people
    record Failed(RecordingId recording, String detail) implements RecordingEvent {}

    /// A finished file.
    ///
    /// @param documentId its name in the content URLs
    /// @param contentLocation where the audio can be had
    /// @param metadataLocation where what is known about it can be had
    /// @param deleteLocation what to DELETE; null: the files are in the application's own container
    /// @param duration of the audio
    /// @param sha256 of the file, 64 hexadecimal digits
    record RecordingFile(
            String documentId,
            URI contentLocation,
            URI metadataLocation,
            @Nullable URI deleteLocation,
            Duration duration,
            long sizeBytes,
            String sha256) {}
}
