package io.strowger.recording.shell.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// Writing so that it is whole or not there.
final class Disk {
    private Disk() {}

    /// Puts all bytes at a position.
    static void write(FileChannel file, byte[] bytes, int from, int length, long position)
            throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
        long at = position;
        while (rest.hasRemaining()) {
            at += file.write(rest, at);
        }
    }

    /// Replaces a small file at once.
    ///
    /// @param safe on disk when this returns, not only with the operating system
    static void replace(Path file, byte[] bytes, boolean safe) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            write(channel, bytes, 0, bytes.length, 0);
            if (safe) {
                channel.force(false);
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (safe) {
            forceFolder(file.resolveSibling(""));
        }
    }

    /// Makes new names in a folder safe.
    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Deletes a folder of files, if it is there.
    static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path file : list(folder)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }

    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
