package io.strowger.worker.core.media;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaEvent;

/// Where the engine's facts go. Called on media threads and on the one that writes recordings: must
/// not block.
public interface MediaFacts {
    /// A play started or ended, a recognition ended, a key was pressed or was sent, the music of a
    /// hold failed, a recording paused, went on, lost audio or stopped.
    void happened(ServerCallId call, MediaEvent event);

    /// No RTP came for too long on a leg that should send: it is neither muted nor on hold, on
    /// either side.
    void legSilent(ServerCallId call, LegId leg);
}
