package io.strowger.recording.shell.store;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.store.RecordingStore.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Gathers a page of recordings from the names of their objects, which come in order.
final class KeptPage {
    private final int limit;
    private final List<Kept> kept = new ArrayList<>();
    private @Nullable RecordingId recording;
    private Instant keptAt = Instant.EPOCH;
    private boolean hasDocument;

    KeptPage(int limit) {
        this.limit = limit;
    }

    /// @param name of the object, without the store's prefix
    /// @return whether the page has room for more
    boolean add(String name, S3Object object) {
        Optional<RecordingId> id = ObjectNames.recording(name);
        if (id.isEmpty()) {
            return true;
        }
        if (!id.get().equals(recording)) {
            close();
            if (kept.size() == limit) {
                return false;
            }
            recording = id.get();
        }
        boolean document = name.endsWith("." + ObjectNames.METADATA);
        if (document || !hasDocument && object.lastModified().isAfter(keptAt)) {
            keptAt = object.lastModified();
        }
        hasDocument |= document;
        return true;
    }

    private void close() {
        if (recording != null) {
            kept.add(new Kept(recording, keptAt));
        }
        recording = null;
        keptAt = Instant.EPOCH;
        hasDocument = false;
    }

    List<Kept> kept() {
        close();
        return List.copyOf(kept);
    }
}
