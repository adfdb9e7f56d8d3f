package io.strowger.recording.shell.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.store.RecordingStore;
import io.strowger.recording.core.store.RecordingStore.ContentType;
import io.strowger.recording.core.store.RecordingStore.Kept;
import io.strowger.recording.core.store.RecordingStore.StoredRecording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store does.
abstract class StoreContract {
    static final RecordingId RECORDING = id(1);
    static final byte[] METADATA = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    @TempDir Path spool;

    /// The store under test, the same at each call.
    abstract RecordingStore store();

    /// Another one, of a process that was started anew.
    abstract RecordingStore restarted();

    static RecordingId id(int ordinal) {
        return new RecordingId(0x0123_4567_89AB_CDEFL, 0x0FED_CBA9_8765_0000L | ordinal);
    }

    static byte[] audio(int bytes) {
        byte[] audio = new byte[bytes];
        new SplittableRandom(bytes).nextBytes(audio);
        return audio;
    }

    Path file(String name, byte[] bytes) throws IOException {
        return Files.write(spool.resolve(name), bytes);
    }

    StoredRecording put(RecordingId recording, byte[] audio) throws IOException {
        return store().put(recording, file(recording + ".wav", audio), ContentType.WAV, METADATA);
    }

    static byte[] read(RecordingStore store, StoredRecording recording, long offset, long length)
            throws IOException {
        try (InputStream in = store.audio(recording, offset, length)) {
            return in.readAllBytes();
        }
    }

    @Test
    void keepsWhatItIsGiven() throws Exception {
        byte[] audio = audio(100_000);
        Instant before = Instant.now().minus(Duration.ofSeconds(2));

        StoredRecording kept = put(RECORDING, audio);

        assertEquals(Optional.of(kept), restarted().find(RECORDING));
        assertEquals(ContentType.WAV, kept.contentType());
        assertEquals(audio.length, kept.sizeBytes());
        assertTrue(kept.keptAt().isAfter(before), "" + kept);
        assertArrayEquals(audio, read(store(), kept, 0, audio.length));
        assertArrayEquals(METADATA, store().metadata(kept));
    }

    @Test
    void readsPartsOfTheAudio() throws Exception {
        byte[] audio = audio(100_000);
        StoredRecording kept = put(RECORDING, audio);

        assertArrayEquals(Arrays.copyOfRange(audio, 10, 20), read(store(), kept, 10, 10));
        assertArrayEquals(
                Arrays.copyOfRange(audio, 99_999, 100_000), read(store(), kept, 99_999, 1));
        assertEquals(0, read(store(), kept, 100_000, 0).length);
        try (InputStream left = store().audio(kept, 0, audio.length)) {
            assertEquals(Byte.toUnsignedInt(audio[0]), left.read());
        }
    }

    @Test
    void keepsAnEmptyFile() throws Exception {
        StoredRecording kept = put(RECORDING, new byte[0]);

        assertEquals(0, kept.sizeBytes());
        assertEquals(0, read(store(), kept, 0, 0).length);
    }

    @Test
    void replacesWhatItHasWhenItIsGivenAgain() throws Exception {
        put(RECORDING, audio(500));
        byte[] other = audio(700);
        Path mp3 = file("again.mp3", other);

        StoredRecording kept = store().put(RECORDING, mp3, ContentType.MP3, METADATA);

        assertEquals(ContentType.MP3, kept.contentType());
        assertEquals(Optional.of(kept), store().find(RECORDING));
        assertArrayEquals(other, read(store(), kept, 0, 700));
    }

    @Test
    void knowsNothingOfOthers() throws Exception {
        put(RECORDING, audio(10));

        assertEquals(Optional.empty(), store().find(id(2)));
        assertFalse(store().delete(id(2)));
    }

    @Test
    void deletesOnce() throws Exception {
        put(RECORDING, audio(10));

        assertTrue(store().delete(RECORDING));
        assertFalse(store().delete(RECORDING));
        assertEquals(Optional.empty(), store().find(RECORDING));
        assertEquals(List.of(), store().page(null, 10));
    }

    @Test
    void listsAllPageByPage() throws Exception {
        for (int ordinal = 1; ordinal <= 5; ordinal++) {
            put(id(ordinal), audio(10));
        }

        List<RecordingId> seen = new ArrayList<>();
        List<Kept> page = store().page(null, 2);
        while (!page.isEmpty()) {
            assertTrue(page.size() <= 2);
            page.forEach(kept -> seen.add(kept.recording()));
            page = store().page(seen.getLast(), 2);
        }

        assertEquals(5, seen.size());
        assertEquals(
                List.of(id(1), id(2), id(3), id(4), id(5)),
                seen.stream().sorted(java.util.Comparator.comparing(RecordingId::low)).toList());
        assertEquals(
                Optional.of(store().find(id(3)).orElseThrow().keptAt()),
                store().page(null, 10).stream()
                        .filter(kept -> kept.recording().equals(id(3)))
                        .map(Kept::keptAt)
                        .findFirst());
    }

    @Test
    void provesThatItCanBeWrittenTo() throws Exception {
        store().ensureWritable();

        assertEquals(List.of(), store().page(null, 10));
    }

    @Test
    void takesAFileThatGrewBesideIt() throws Exception {
        byte[] audio = audio(20 << 20);
        byte[] growing = audio.clone();
        Arrays.fill(growing, 0, 44, (byte) 0);
        Path file = file("channel-0.wav", growing);
        store().advance(RECORDING, file, 10 << 20);
        store().advance(RECORDING, file, 19 << 20);

        Files.write(file, audio);
        StoredRecording kept = restarted().put(RECORDING, file, ContentType.WAV, METADATA);

        assertEquals(audio.length, kept.sizeBytes());
        assertArrayEquals(audio, read(restarted(), kept, 0, audio.length));
    }

    /// One that cannot be written to.
    abstract RecordingStore unwritable() throws IOException;

    @Test
    void saysWhichSettingToMendWhenItCannotBeWrittenTo() throws Exception {
        RecordingStore broken = unwritable();

        IOException refused = assertThrows(IOException.class, broken::ensureWritable);
        IOException lost =
                assertThrows(
                        IOException.class,
                        () ->
                                broken.put(
                                        RECORDING,
                                        file("lost.wav", audio(10)),
                                        ContentType.WAV,
                                        METADATA));

        assertTrue(refused.toString().contains("recordings."), refused::toString);
        assertFalse((refused + "" + lost).contains("secret"), lost::toString);
    }
}
