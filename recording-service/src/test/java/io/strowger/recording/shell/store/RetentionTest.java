package io.strowger.recording.shell.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.store.RecordingStore;
import io.strowger.recording.core.store.RecordingStore.ContentType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Duration RETENTION = Duration.ofHours(48);
    @TempDir Path directory;

    private RecordingStore store() {
        return new FileStore(directory.resolve("store"));
    }

    private Instant keep(RecordingId recording, String metadata) throws IOException {
        Path audio = Files.write(directory.resolve("a.wav"), new byte[10]);
        return store().put(
                        recording,
                        audio,
                        ContentType.WAV,
                        metadata.getBytes(StandardCharsets.UTF_8))
                .keptAt();
    }

    private static Retention.Swept sweep(Retention retention, Instant now) throws IOException {
        return retention.sweep(now, () -> false);
    }

    @Test
    void deletesARecordingWhenItsMetadataSaySo() throws Exception {
        RecordingId recording = StoreContract.id(1);
        keep(recording, "{\"expiresAt\":\"2026-11-25T10:00:00Z\"}");
        Retention retention = new Retention(store(), RETENTION);

        Retention.Swept before = sweep(retention, Instant.parse("2026-11-25T09:59:59Z"));
        boolean stillThere = store().find(recording).isPresent();
        Retention.Swept after = sweep(retention, Instant.parse("2026-11-25T10:00:00Z"));

        assertEquals(new Retention.Swept(0, 0), before);
        assertTrue(stillThere);
        assertEquals(new Retention.Swept(1, 0), after);
        assertFalse(store().find(recording).isPresent());
    }

    @Test
    void deletesOthersWhenTheyWereKeptAsLongAsTheSettingsSay() throws Exception {
        Instant keptAt = keep(StoreContract.id(1), "{}");
        keep(StoreContract.id(2), "no JSON");
        Retention retention = new Retention(store(), RETENTION);

        assertEquals(0, sweep(retention, keptAt.plus(RETENTION).minusSeconds(1)).deleted());
        assertEquals(2, sweep(retention, keptAt.plus(RETENTION).plusSeconds(60)).deleted());
    }

    @Test
    void deletesWhatACrashLeftHalf() throws Exception {
        RecordingId recording = StoreContract.id(1);
        Instant keptAt = keep(recording, "{}");
        Path folder = directory.resolve("store/files/" + recording);
        Files.delete(folder.resolve("metadata.json"));

        sweep(new Retention(store(), RETENTION), keptAt.plus(RETENTION).plusSeconds(60));

        assertFalse(Files.exists(folder));
    }

    @Test
    void reachesBeyondThoseThatStay() throws Exception {
        for (int ordinal = 1; ordinal <= 1100; ordinal++) {
            String expiry = ordinal % 100 == 0 ? "2026-01-01T00:00:00Z" : "2999-01-01T00:00:00Z";
            Path folder =
                    Files.createDirectories(
                            directory.resolve("store/files/" + StoreContract.id(ordinal)));
            Files.write(folder.resolve("audio.wav"), new byte[1]);
            Files.writeString(
                    folder.resolve("metadata.json"), "{\"expiresAt\":\"" + expiry + "\"}");
        }

        Retention.Swept swept =
                sweep(new Retention(store(), RETENTION), Instant.parse("2026-11-25T10:00:00Z"));

        assertEquals(new Retention.Swept(11, 0), swept);
    }
}
