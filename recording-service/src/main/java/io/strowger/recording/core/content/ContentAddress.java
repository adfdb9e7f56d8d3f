package io.strowger.recording.core.content;

import io.strowger.contracts.id.RecordingId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a path means: `/v1/objects/{documentId}` and what is below it.
///
/// @param what of the recording
public record ContentAddress(RecordingId recording, What what) {
    private static final String PREFIX = "/v1/objects/";

    /// The end of a path.
    public enum What {
        /// The recording itself: DELETE.
        OBJECT,
        /// `/content/audio`, or `/content/video` as the original calls every file.
        AUDIO,
        /// `/content/acsmetadata`
        METADATA
    }

    /// @param path as it stands in the request line; ids need no percent signs
    /// @return empty: there can be nothing at this address
    public static Optional<ContentAddress> of(@Nullable String path) {
        if (path == null || !path.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String rest = path.substring(PREFIX.length());
        int slash = rest.indexOf('/');
        What what = what(slash < 0 ? "" : rest.substring(slash));
        if (what == null) {
            return Optional.empty();
        }
        try {
            String id = slash < 0 ? rest : rest.substring(0, slash);
            return Optional.of(new ContentAddress(RecordingId.parse(id), what));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static @Nullable What what(String end) {
        return switch (end) {
            case "" -> What.OBJECT;
            case "/content/audio", "/content/video" -> What.AUDIO;
            case "/content/acsmetadata" -> What.METADATA;
            default -> null;
        };
    }
}
