package io.strowger.recording.shell.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.kafka.Json;
import io.strowger.recording.core.store.RecordingStore;
import io.strowger.recording.core.store.RecordingStore.ContentType;
import io.strowger.recording.core.store.RecordingStore.StoredRecording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against S3Proxy, an S3 server of another make, in this process.
class S3StoreIT extends StoreContract {
    private static final int PART = (int) S3Uploads.PART_BYTES;

    @TempDir Path directory;
    private S3Server server;
    private S3Bucket bucket;
    private S3Bucket second;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start(directory);
        bucket = S3Bucket.own(server.settings());
        second = S3Bucket.own(server.settings());
    }

    @AfterEach
    void stop() throws Exception {
        bucket.close();
        second.close();
        server.close();
    }

    private static RecordingStore in(S3Bucket bucket) {
        return new S3Store(bucket, new S3Uploads(bucket), "calls/");
    }

    @Override
    RecordingStore store() {
        return in(bucket);
    }

    @Override
    RecordingStore restarted() {
        return in(second);
    }

    @Override
    RecordingStore unwritable() {
        return in(S3Bucket.own(server.settings("no-such-bucket", "test-secret")));
    }

    @Test
    void sendsPartsWhileTheFileGrowsAndGoesOnAfterARestart() throws Exception {
        byte[] audio = audio(3 * PART + 1000);
        byte[] growing = audio.clone();
        Arrays.fill(growing, 0, 44, (byte) 0);
        Path file = file("channel-0.wav", growing);

        store().advance(RECORDING, file, PART);
        assertFalse(Files.exists(UploadState.file(RECORDING, file)));
        store().advance(RECORDING, file, 2L * PART + 5);
        UploadState first = state(file);
        restarted().advance(RECORDING, file, 3L * PART);
        UploadState then = state(file);
        Files.write(file, audio);
        StoredRecording kept = restarted().put(RECORDING, file, ContentType.WAV, METADATA);

        assertEquals(List.of(2), first.parts().stream().map(UploadState.Part::number).toList());
        assertEquals(List.of(2, 3), then.parts().stream().map(UploadState.Part::number).toList());
        assertEquals(first.uploadId(), then.uploadId());
        assertArrayEquals(audio, read(store(), kept, 0, audio.length));
        assertFalse(Files.exists(UploadState.file(RECORDING, file)));
        assertEquals(0, store().dropUnfinished(Instant.now().plusSeconds(60)));
    }

    @Test
    void sendsAPartAgainThatIsNotWhatItWas() throws Exception {
        Path growing = file("channel-0.wav", audio(2 * PART));
        store().advance(RECORDING, growing, 2L * PART);
        byte[] other = audio(2 * PART + 7);

        StoredRecording kept =
                store().put(RECORDING, file("final-1", other), ContentType.WAV, METADATA);

        assertArrayEquals(other, read(store(), kept, 0, other.length));
    }

    @Test
    void beginsAnewWhenTheStoreHasForgottenTheUpload() throws Exception {
        byte[] audio = audio(2 * PART + 7);
        Path file = file("channel-0.wav", audio);
        store().advance(RECORDING, file, 2L * PART);
        assertEquals(1, store().dropUnfinished(Instant.now().plusSeconds(60)));

        StoredRecording kept = store().put(RECORDING, file, ContentType.WAV, METADATA);

        assertArrayEquals(audio, read(store(), kept, 0, audio.length));
    }

    @Test
    void givesAnUploadUpThatTheFileIsNotMadeOf() throws Exception {
        Path growing = file("channel-0.wav", audio(2 * PART));
        store().advance(RECORDING, growing, 2L * PART);

        store().put(RECORDING, file("a.mp3", audio(1000)), ContentType.MP3, METADATA);

        assertEquals(0, store().dropUnfinished(Instant.now().plusSeconds(60)));
    }

    @Test
    void leavesYoungUploadsAlone() throws Exception {
        Path growing = file("channel-0.wav", audio(2 * PART));
        store().advance(RECORDING, growing, 2L * PART);

        assertEquals(0, store().dropUnfinished(Instant.now().minusSeconds(60)));
        assertEquals(1, store().dropUnfinished(Instant.now().plusSeconds(60)));
    }

    @Test
    void putsRecordingsIntoContainersAndBelowThemAlone() throws Exception {
        try (Containers containers =
                new Containers(List.of(server.container(S3Server.BUCKET + "/team")))) {
            java.net.URI url =
                    java.net.URI.create(server.endpoint() + "/" + S3Server.BUCKET + "/team/today");
            RecordingStore below = containers.storeFor(url).orElseThrow();

            below.ensureWritable();
            below.put(RECORDING, file("a.wav", audio(10)), ContentType.WAV, METADATA);

            Path folder = directory.resolve(S3Server.BUCKET + "/team/today");
            assertTrue(Files.exists(folder.resolve(RECORDING + ".wav")));
            assertTrue(Files.exists(folder.resolve(RECORDING + ".json")));
            assertEquals(
                    Optional.empty(),
                    containers.storeFor(java.net.URI.create(server.endpoint() + "/other")));
        }
    }

    @Test
    void saysThatItWasRefusedWithoutTheSecret() {
        RecordingStore refused = in(S3Bucket.own(server.settings(S3Server.BUCKET, "wrong")));

        java.io.IOException why =
                org.junit.jupiter.api.Assertions.assertThrows(
                        java.io.IOException.class, refused::ensureWritable);

        assertTrue(why.toString().contains("403"), why::toString);
        assertTrue(why.toString().contains("recordings.s3"), why::toString);
    }

    private UploadState state(Path beside) throws Exception {
        return Json.mapper()
                .readValue(
                        Files.readAllBytes(UploadState.file(RECORDING, beside)), UploadState.class);
    }
}
