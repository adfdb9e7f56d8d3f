package io.strowger.recording.shell.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.kafka.Json;
import io.strowger.recording.core.store.RecordingStore;
import io.strowger.recording.core.store.RecordingStore.Kept;
import io.strowger.recording.core.store.RecordingStore.StoredRecording;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes recordings that have expired: at `expiresAt` of their metadata, or without one when they
/// were kept for as long as the settings say. Looks at all that is there, page by page; each
/// metadata document is read once in the life of a process. For one thread.
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int PAGE = 500;

    /// Expiries that are remembered; those of more recordings are read each time.
    private static final int MOST_REMEMBERED = 200_000;

    private final RecordingStore store;
    private final Duration retention;
    private Map<RecordingId, Instant> expiries = new HashMap<>();

    Retention(RecordingStore store, Duration retention) {
        this.store = store;
        this.retention = retention;
    }

    /// What one look did.
    ///
    /// @param failed could not be read or deleted; tried again next time
    record Swept(int deleted, int failed) {}

    /// @param stopping when true, the rest is left for the next time
    /// @throws IOException when the store does not say what is there
    Swept sweep(Instant now, BooleanSupplier stopping) throws IOException {
        Map<RecordingId, Instant> remembered = new HashMap<>();
        int deleted = 0;
        int failed = 0;
        RecordingId after = null;
        List<Kept> page;
        do {
            page = store.page(after, PAGE);
            for (Kept kept : page) {
                after = kept.recording();
                if (stopping.getAsBoolean()) {
                    return new Swept(deleted, failed);
                }
                try {
                    deleted += handle(kept, now, remembered) ? 1 : 0;
                } catch (IOException e) {
                    failed++;
                    logFailure(kept, e, failed == 1);
                }
            }
        } while (page.size() == PAGE);
        expiries = remembered;
        return new Swept(deleted, failed);
    }

    private boolean handle(Kept kept, Instant now, Map<RecordingId, Instant> remembered)
            throws IOException {
        RecordingId recording = kept.recording();
        Instant known = expiries.get(recording);
        Instant expiry = known == null ? expiry(kept) : known;
        if (expiry.isAfter(now)) {
            if (remembered.size() < MOST_REMEMBERED) {
                remembered.put(recording, expiry);
            }
            return false;
        }
        store.delete(recording);
        LOG.atInfo()
                .addKeyValue("recordingId", recording)
                .addKeyValue("expiredAt", expiry)
                .log("expired recording deleted");
        return true;
    }

    private Instant expiry(Kept kept) throws IOException {
        Optional<StoredRecording> whole = store.find(kept.recording());
        Instant said = whole.isPresent() ? expiresAt(whole.get()) : null;
        return said == null ? kept.keptAt().plus(retention) : said;
    }

    private @Nullable Instant expiresAt(StoredRecording recording) throws IOException {
        try {
            JsonNode said = Json.mapper().readTree(store.metadata(recording)).path("expiresAt");
            return said.isTextual() ? Instant.parse(said.textValue()) : null;
        } catch (com.fasterxml.jackson.core.JsonProcessingException | DateTimeException e) {
            LOG.atWarn()
                    .addKeyValue("recordingId", recording.recording())
                    .log("metadata of a recording cannot be read: it is kept as long as others");
            return null;
        }
    }

    private static void logFailure(Kept kept, IOException e, boolean first) {
        (first ? LOG.atWarn().setCause(e) : LOG.atDebug())
                .addKeyValue("recordingId", kept.recording())
                .log("a recording could not be looked at or deleted");
    }
}
