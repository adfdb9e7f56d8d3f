package io.strowger.standalone.keys;

import io.strowger.runtime.auth.AccessKeyVerifier;
import io.strowger.runtime.secrets.AccessKeyFiles;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// Writes a new key into one of `auth.accessKeyFiles`, while another one serves.
public final class KeyRotation {
    private KeyRotation() {}

    /// @param before fingerprint of the key that counts no more; empty: there was none
    /// @param after fingerprint of the new one
    /// @param others fingerprints of those that count on
    public record Rotated(Path file, String before, String after, List<String> others) {}

    /// The file has the new key or the old one, never part of one. Its permissions stay; a new file
    /// is for its owner alone.
    ///
    /// @throws SettingsException when `file` is not one of the settings', or a mounted Secret's, or
    ///   no other file has a key, so that applications would be refused until they have the new one
    public static Rotated rotate(Settings settings, Path file) throws IOException {
        List<AccessKeyFiles.Found> all = AccessKeyFiles.look(settings);
        List<Path> named = all.stream().map(AccessKeyFiles.Found::file).toList();
        if (named.isEmpty()) {
            throw new SettingsException(
                    "auth.accessKeyFiles is empty: allowed is two files at least, to change a key of"
                            + " one while applications sign with the other's");
        }
        AccessKeyFiles.Found old =
                all.stream()
                        .filter(found -> same(found.file(), file))
                        .findFirst()
                        .orElseThrow(() ->
                                new SettingsException(
                                        file
                                                + " is none of auth.accessKeyFiles: allowed is one of "
                                                + named));
        List<String> others =
                all.stream()
                        .filter(found -> found != old && found.key().length > 0)
                        .map(found -> AccessKeyVerifier.idOf(found.key()))
                        .toList();
        if (others.isEmpty()) {
            throw new SettingsException(
                    "no other of auth.accessKeyFiles has a key: every application would be refused"
                            + " until it has the new one. Write a key into another file first"
                            + " (strowger keys new)");
        }
        if (Files.isSymbolicLink(file)) {
            throw new SettingsException(
                    file + " is a symbolic link, as of a mounted Secret: change the Secret");
        }
        String key = AccessKeys.fresh();
        write(file.toAbsolutePath(), key + "\n");
        return new Rotated(
                file,
                old.key().length == 0 ? "" : AccessKeyVerifier.idOf(old.key()),
                AccessKeyVerifier.idOf(Base64.getDecoder().decode(key)),
                others);
    }

    private static boolean same(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private static void write(Path file, String text) throws IOException {
        Set<PosixFilePermission> permissions =
                Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                        ? Files.getPosixFilePermissions(file)
                        : PosixFilePermissions.fromString("rw-------");
        Path temporary =
                Files.createTempFile(
                        file.getParent(),
                        "." + file.getFileName(),
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(temporary, text);
            Files.setPosixFilePermissions(temporary, permissions);
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
