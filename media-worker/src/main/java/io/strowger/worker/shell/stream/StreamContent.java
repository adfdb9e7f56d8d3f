package io.strowger.worker.shell.stream;

import io.strowger.contracts.media.MediaEvent;
import io.vertx.core.http.WebSocket;
import org.jspecify.annotations.Nullable;

/// What a stream carries, apart from how its connection is made and kept. Used on the event loop of
/// its stream.
interface StreamContent {
    /// The first frame of each connection.
    String metadata();

    /// A connection was made, and nothing was sent on it yet.
    void connected();

    /// Takes what its call has handed over, and sends what is to be sent.
    ///
    /// @param open null: there is no connection now
    /// @param last nothing more comes from the call
    void look(@Nullable WebSocket open, boolean last);

    /// A text frame of the application.
    void received(String text);

    /// Whether all has been sent that the call had handed over, or can be no more; asked after the
    /// last look.
    boolean isDone();

    /// What ends the stream whatever its connection does; null: nothing.
    @Nullable MediaEvent failure();

    /// The stream is over.
    void close();
}
