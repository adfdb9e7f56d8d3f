package io.strowger.worker.core.stream;

import io.strowger.contracts.id.ServerCallId;

/// Where streams leave. Called on media threads when a stream begins: must not block, may allocate.
/// What becomes of it is told as [io.strowger.contracts.media.MediaEvent.StreamConnected] and
/// [io.strowger.contracts.media.MediaEvent.StreamEnded]; of words also as
/// [io.strowger.contracts.media.MediaEvent.TranscriptionUpdated] and, in place of the end,
/// [io.strowger.contracts.media.MediaEvent.TranscriptionFailed].
public interface StreamOutlet {
    /// The way of a new stream; used until it has ended or is abandoned.
    StreamLine open(ServerCallId call, StreamRequest stream);
}
