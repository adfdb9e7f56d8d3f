package io.strowger.recording.core.finish;

import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.contracts.recording.RecordingSpec;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/// Where a finished recording can be had.
public final class Locations {
    private Locations() {}

    /// @param publicUrl of the API, with or without a slash at its end
    /// @param metadata about the file
    public static RecordingFile of(RecordingSpec spec, RecordingMetadata metadata, URI publicUrl) {
        String name = spec.recording().toString();
        Duration duration = Duration.ofMillis(metadata.chunkDuration());
        URI container = spec.container();
        if (container != null) {
            return new RecordingFile(
                    name,
                    below(container, name + "." + suffix(spec.format().fileFormat())),
                    below(container, name + ".json"),
                    null,
                    duration,
                    metadata.sizeBytes(),
                    metadata.sha256());
        }
        String object = "v1/objects/" + name;
        return new RecordingFile(
                name,
                below(publicUrl, object + "/content/audio"),
                below(publicUrl, object + "/content/acsmetadata"),
                below(publicUrl, object),
                duration,
                metadata.sizeBytes(),
                metadata.sha256());
    }

    private static String suffix(FileFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private static URI below(URI base, String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text : text + "/") + path);
    }
}
