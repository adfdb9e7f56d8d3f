package io.strowger.recording.shell.store;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.store.RecordingStore.ContentType;
import java.util.Locale;
import java.util.Optional;

/// How the files of a recording are called.
final class ObjectNames {
    static final String METADATA = "json";

    private ObjectNames() {}

    static String ending(ContentType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    static Optional<ContentType> contentType(String name) {
        for (ContentType type : ContentType.values()) {
            if (name.endsWith("." + ending(type))) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /// The recording that a name begins with, before its first dot; empty: it is no recording's.
    static Optional<RecordingId> recording(String name) {
        int dot = name.indexOf('.');
        String id = dot < 0 ? name : name.substring(0, dot);
        try {
            RecordingId recording = RecordingId.parse(id);
            return recording.toString().equals(id) ? Optional.of(recording) : Optional.empty();
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }
}
