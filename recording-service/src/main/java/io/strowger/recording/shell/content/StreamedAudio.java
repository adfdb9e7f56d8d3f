package io.strowger.recording.shell.content;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file on its way to one client: 64 KiB are read by a worker, written by the event loop, and
/// only when the client has taken enough of them the next are read. Never more than that and the
/// response's write queue in memory. Lives on the event loop of its request.
final class StreamedAudio {
    private static final Logger LOG = LoggerFactory.getLogger(StreamedAudio.class);
    private static final int PIECE_BYTES = 64 * 1024;
    private final Context context;
    private final WorkerExecutor workers;
    private final InputStream in;
    private final HttpServerResponse response;
    private final Promise<Void> sent = Promise.promise();
    private long left;
    private boolean reading;
    private boolean over;

    private StreamedAudio(
            Context context,
            WorkerExecutor workers,
            InputStream in,
            long length,
            HttpServerResponse response) {
        this.context = context;
        this.workers = workers;
        this.in = in;
        this.left = length;
        this.response = response;
    }

    /// Ends the response, and closes `in` in any case.
    ///
    /// @param length bytes of `in`
    /// @return fails when the client left, or the store failed in the middle
    static Future<Void> send(
            Context context,
            WorkerExecutor workers,
            InputStream in,
            long length,
            HttpServerResponse response) {
        StreamedAudio audio = new StreamedAudio(context, workers, in, length, response);
        response.exceptionHandler(audio::fail);
        response.closeHandler(closed -> audio.fail(new IOException("the client left")));
        audio.next();
        return audio.sent.future();
    }

    private void next() {
        if (over || reading) {
            return;
        }
        if (left == 0) {
            finish(null);
            return;
        }
        reading = true;
        int most = (int) Math.min(PIECE_BYTES, left);
        workers.executeBlocking(() -> read(most), false)
                .onComplete(piece ->
                        context.runOnContext(unused -> {
                            reading = false;
                            if (over) {
                                close();
                            } else if (piece.succeeded()) {
                                write(piece.result());
                            } else {
                                fail(piece.cause());
                            }
                        }));
    }

    private byte[] read(int bytes) throws IOException {
        byte[] piece = in.readNBytes(bytes);
        if (piece.length < bytes) {
            throw new EOFException("the store has less than it said");
        }
        return piece;
    }

    private void write(byte[] piece) {
        left -= piece.length;
        response.write(Buffer.buffer(piece)).onFailure(this::fail);
        if (response.writeQueueFull()) {
            response.drainHandler(unused -> next());
        } else {
            next();
        }
    }

    private void fail(Throwable failure) {
        finish(failure);
    }

    /// @param failure null: all was written
    private void finish(@Nullable Throwable failure) {
        if (over) {
            return;
        }
        over = true;
        if (!reading) {
            close();
        }
        if (failure == null) {
            response.end().onComplete(sent);
        } else {
            // The length was promised: only a closed connection tells that it is not kept.
            response.reset();
            sent.fail(failure);
        }
    }

    private void close() {
        workers.executeBlocking(
                        () -> {
                            in.close();
                            return 0;
                        },
                        false)
                .onFailure(failure ->
                        LOG.atDebug().setCause(failure).log("a recording was not closed cleanly"));
    }
}
