package io.strowger.worker.core.stream;

import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaCommand.StreamedLeg;
import io.strowger.contracts.stream.StreamTarget;
import java.util.List;
import java.util.UUID;

/// A stream that is to begin, of audio or of words.
///
/// @param connection the application's, as it is told on the stream
/// @param legs who is in the call, for streams that say who speaks
public record StreamRequest(
        OperationId stream,
        CallConnectionId connection,
        UUID correlationId,
        StreamTarget target,
        List<StreamedLeg> legs) {
    public StreamRequest {
        legs = List.copyOf(legs);
    }

    public static StreamRequest of(MediaCommand.StreamStart start) {
        return new StreamRequest(
                start.stream(),
                start.connection(),
                start.correlationId(),
                start.spec(),
                start.legs());
    }
}
