package io.strowger.recording.shell.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Some bytes of a file, and not one more. For one thread.
final class FilePart extends InputStream {
    private final FileChannel file;
    private final Path path;
    private final long end;
    private long position;

    private FilePart(FileChannel file, Path path, long offset, long length) {
        this.file = file;
        this.path = path;
        this.position = offset;
        this.end = offset + length;
    }

    static FilePart open(Path path, long offset, long length) throws IOException {
        return new FilePart(FileChannel.open(path, StandardOpenOption.READ), path, offset, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /// @throws EOFException when the file has become shorter
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        int most = (int) Math.min(length, end - position);
        int read = file.read(ByteBuffer.wrap(target, offset, most), position);
        if (read < 0) {
            throw new EOFException(path + " is shorter than it was");
        }
        position += read;
        return read;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
