package io.strowger.worker.core.media;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaEvent;

/// Where the engine's facts go. Called on media threads, on the one that writes recordings and on
/// those of streams: must not block.
public interface MediaFacts {
    /// A play started or ended, a recognition ended, a key was pressed or was sent, the music of a
    /// hold failed, a recording paused, went on, lost audio or stopped, a stream was connected or
    /// ended.
    void happened(ServerCallId call, MediaEvent event);

    /// No RTP came for too long on a leg that should send: it is neither muted nor on hold, on
    /// either side.
    void legSilent(ServerCallId call, LegId leg);
}
