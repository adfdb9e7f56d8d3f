package io.strowger.standalone.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
    private static final String OLD = "b2xkLWFjY2Vzcy1rZXktb2YtdGhlLXRlc3Rz";

    @TempDir Path directory;
    private Path primary = Path.of("");
    private Path secondary = Path.of("");
    private Settings settings = SettingsLoader.load(null, Map.of());

    @BeforeEach
    void twoFiles() {
        primary = directory.resolve("primary");
        secondary = directory.resolve("secondary");
        settings =
                SettingsLoader.load(
                        null,
                        Map.of(
                                "STROWGER_AUTH_ACCESSKEYFILES",
                                List.of(primary, secondary).toString()));
    }

    @Test
    void writesANewKeyWhileTheOtherServesAndKeepsPermissions() throws Exception {
        Files.writeString(primary, AccessKeys.fresh());
        Files.writeString(secondary, OLD);
        Files.setPosixFilePermissions(secondary, PosixFilePermissions.fromString("rw-r-----"));

        KeyRotation.Rotated done = KeyRotation.rotate(settings, secondary);

        String written = Files.readString(secondary).strip();
        assertNotEquals(OLD, written);
        assertEquals(32, Base64.getDecoder().decode(written).length);
        List<AccessKeys.Entry> entries = AccessKeys.of(settings);
        assertEquals(entries.get(1).fingerprint(), done.after());
        assertEquals(List.of(entries.get(0).fingerprint()), done.others());
        assertNotEquals(done.before(), done.after());
        assertEquals(
                "rw-r-----",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(secondary)));
        assertEquals(2, directory.toFile().listFiles().length);
    }

    @Test
    void aFileThatWasNotThereIsForItsOwnerAlone() throws Exception {
        Files.writeString(primary, OLD);

        KeyRotation.Rotated done = KeyRotation.rotate(settings, secondary);

        assertEquals("", done.before());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(secondary)));
    }

    @Test
    void leavesTheOnlyKeyAlone() throws Exception {
        Files.writeString(primary, OLD);
        Files.writeString(secondary, "no base64!");

        assertTrue(refusal(primary).contains("no other of auth.accessKeyFiles has a key"));
        assertEquals(OLD, Files.readString(primary));
    }

    @Test
    void leavesOtherFilesAndMountedSecretsAlone() throws Exception {
        Files.writeString(primary, OLD);
        Files.writeString(directory.resolve("data"), OLD);
        Files.createSymbolicLink(secondary, Path.of("data"));

        assertTrue(refusal(secondary).contains("change the Secret"));
        assertTrue(
                refusal(directory.resolve("third"))
                        .contains("third is none of auth.accessKeyFiles"));
        settings = SettingsLoader.load(null, Map.of());
        assertTrue(refusal(primary).contains("auth.accessKeyFiles is empty"));
        assertEquals(OLD, Files.readString(secondary));
    }

    @Test
    void saysWhyAFileGivesNoKey() throws Exception {
        Files.writeString(primary, "");

        assertEquals(
                List.of("empty", "missing"),
                AccessKeys.of(settings).stream().map(AccessKeys.Entry::fault).toList());
    }

    private String refusal(Path file) throws IOException {
        return String.valueOf(
                assertThrows(SettingsException.class, () -> KeyRotation.rotate(settings, file))
                        .getMessage());
    }
}
