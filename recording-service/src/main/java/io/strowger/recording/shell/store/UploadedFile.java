package io.strowger.recording.shell.store;

import io.strowger.recording.shell.disk.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/// Some bytes of a file as the body of a request, which may be read more than once: to sign, to
/// send, to send again. Never in memory. For one thread.
final class UploadedFile implements ContentStreamProvider, AutoCloseable {
    private static final String BINARY = "application/octet-stream";
    private final Path file;
    private final long offset;
    private final long length;
    private @Nullable InputStream open;

    UploadedFile(Path file, long offset, long length) {
        this.file = file;
        this.offset = offset;
        this.length = length;
    }

    RequestBody body() {
        return RequestBody.fromContentProvider(this, length, BINARY);
    }

    @Override
    public InputStream newStream() {
        try {
            close();
            InputStream next = FilePart.open(file, offset, length);
            open = next;
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Hexadecimal SHA-256 of the bytes.
    String sha256() throws IOException {
        return Sha256.of(FilePart.open(file, offset, length));
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
