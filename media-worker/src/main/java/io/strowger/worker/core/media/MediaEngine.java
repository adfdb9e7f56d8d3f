package io.strowger.worker.core.media;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.media.sdp.NegotiatedAudio;
import java.util.OptionalInt;

/// The media side of this worker, as the call control side sees it. All methods return at once and
/// may be called from any thread; facts come back through [MediaFacts], in order per call.
public interface MediaEngine {
    /// Binds the RTP and RTCP sockets of a leg.
    ///
    /// @param reportTones whether each key press is told
    /// @return the local RTP port, or empty when no port is free
    OptionalInt openLeg(ServerCallId call, LegId leg, boolean reportTones);

    /// Starts, or after a re-INVITE updates, the leg's media. One SSRC, one sequence, one timestamp
    /// clock a leg for the whole call (RFC 3550 5.1).
    void connectLeg(ServerCallId call, LegId leg, NegotiatedAudio audio);

    /// Closes the leg's sockets. Plays that nobody is left to hear end as FAILED; a recognition of
    /// this leg ends as FAILED.
    void closeLeg(ServerCallId call, LegId leg);

    void startPlay(ServerCallId call, MediaCommand.StartPlay play);

    void stopPlay(ServerCallId call, OperationId operation);

    void startRecognize(ServerCallId call, MediaCommand.StartRecognize recognize);

    void stopRecognize(ServerCallId call, OperationId operation);

    /// Forgets the call: all legs closed, all operations dropped without further facts.
    void release(ServerCallId call);
}
