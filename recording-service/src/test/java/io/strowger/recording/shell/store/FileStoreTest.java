package io.strowger.recording.shell.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.recording.core.store.RecordingStore;
import io.strowger.recording.core.store.RecordingStore.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends StoreContract {
    @TempDir Path directory;

    @Override
    RecordingStore store() {
        return new FileStore(directory.resolve("deep/down"));
    }

    @Override
    RecordingStore restarted() {
        return store();
    }

    @Override
    RecordingStore unwritable() throws IOException {
        return new FileStore(Files.createFile(directory.resolve("no-folder")));
    }

    @Test
    void leavesNothingButItsTwoFiles() throws Exception {
        Path audio = file("a.wav", audio(10));

        store().put(RECORDING, audio, ContentType.WAV, METADATA);

        assertFalse(Files.exists(audio));
        try (Stream<Path> files = Files.list(directory.resolve("deep/down/files/" + RECORDING))) {
            assertEquals(
                    List.of("audio.wav", "metadata.json"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void goesOnWhereACrashInterruptedIt() throws Exception {
        Path audio = file("a.wav", audio(10));
        Path folder = Files.createDirectories(directory.resolve("deep/down/files/" + RECORDING));
        Files.move(audio, folder.resolve("audio.wav"));

        assertEquals(Optional.empty(), store().find(RECORDING));
        assertEquals(RECORDING, store().page(null, 10).getFirst().recording());
        store().put(RECORDING, audio, ContentType.WAV, METADATA);

        assertTrue(store().find(RECORDING).isPresent());
    }
}
