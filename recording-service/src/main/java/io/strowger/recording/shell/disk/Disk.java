package io.strowger.recording.shell.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// Files that are whole or not there, and stay when the machine stops.
public final class Disk {
    private Disk() {}

    /// Puts all bytes at a position; not forced.
    ///
    /// @param position in the file, in bytes
    public static void write(FileChannel file, byte[] bytes, int from, int length, long position)
            throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
        long at = position;
        while (rest.hasRemaining()) {
            at += file.write(rest, at);
        }
    }

    /// Writes a file and forces it to disk.
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, bytes, true);
    }

    private static void write(Path file, byte[] bytes, boolean force) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            write(channel, bytes, 0, bytes.length, 0);
            if (force) {
                channel.force(true);
            }
        }
    }

    /// Puts new bytes in the place of a file at once; on disk when this returns. For one caller at
    /// a time and file.
    public static void replace(Path file, byte[] bytes) throws IOException {
        Path next = next(file);
        write(next, bytes);
        rename(next, file);
        forceFolder(folder(file));
    }

    /// Like [#replace], but with the operating system only: after a crash of the machine the file
    /// may be an older one or empty.
    public static void replaceUnforced(Path file, byte[] bytes) throws IOException {
        Path next = next(file);
        write(next, bytes, false);
        rename(next, file);
    }

    /// Moves a file that is on disk: renames it, or copies it when it is on another file system.
    public static void move(Path from, Path to) throws IOException {
        try {
            rename(from, to);
        } catch (AtomicMoveNotSupportedException elsewhere) {
            Path next = next(to);
            Files.copy(from, next, StandardCopyOption.REPLACE_EXISTING);
            force(next);
            rename(next, to);
            forceFolder(folder(to));
            Files.deleteIfExists(from);
            return;
        }
        forceFolder(folder(to));
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path next(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " is no file");
        }
        return folder;
    }

    /// With all folders above it that are missing.
    public static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = folder.toAbsolutePath().getParent();
        if (above != null) {
            createFolders(above);
        }
        Files.createDirectories(folder);
        if (above != null) {
            forceFolder(above);
        }
    }

    /// Makes new names in a folder safe.
    public static void forceFolder(Path folder) throws IOException {
        force(folder);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Deletes a folder of files, if it is there.
    public static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path file : list(folder)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }

    public static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
