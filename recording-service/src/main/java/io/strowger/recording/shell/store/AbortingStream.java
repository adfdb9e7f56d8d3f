package io.strowger.recording.shell.store;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;

/// An object on its way. Who closes it early does not want the rest: the connection is given up
/// instead of read to the end. For one thread.
final class AbortingStream extends FilterInputStream {
    private final ResponseInputStream<?> response;
    private long left;

    AbortingStream(ResponseInputStream<?> response, long length) {
        super(response);
        this.response = response;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? -1 : 1);
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count(read);
        return read;
    }

    private void count(int read) throws EOFException {
        if (read > 0) {
            left -= read;
        } else if (read < 0 && left > 0) {
            throw new EOFException("the store ended " + left + " bytes too early");
        }
    }

    @Override
    public void close() throws IOException {
        if (left > 0) {
            response.abort();
        } else {
            super.close();
        }
    }
}
