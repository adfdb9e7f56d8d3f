package io.strowger.worker.core.media;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.worker.core.stream.StreamRequest;
import java.util.OptionalInt;

/// The media side of this worker, as the call control side sees it. All methods return at once and
/// may be called from any thread; facts come back through [MediaFacts], in order per call.
public interface MediaEngine {
    /// Binds the RTP and RTCP sockets of a leg.
    ///
    /// @param reports what is told of its keys
    /// @return the local RTP port, or empty when no port is free
    OptionalInt openLeg(ServerCallId call, LegId leg, ToneReports reports);

    /// Starts, or after a re-INVITE updates, the leg's media. One SSRC, one sequence, one timestamp
    /// clock a leg for the whole call (RFC 3550 5.1).
    void connectLeg(ServerCallId call, LegId leg, NegotiatedAudio audio);

    /// Closes the leg's sockets. Plays that nobody is left to hear end as FAILED; a recognition of
    /// this leg ends as FAILED.
    void closeLeg(ServerCallId call, LegId leg);

    /// The others hear this leg no more, or again; its keys are heard all the same.
    void muteLeg(ServerCallId call, LegId leg, boolean muted);

    /// A key that another worker heard counts here, once.
    void pressTone(ServerCallId call, MediaCommand.PressTone key);

    /// Parts a leg from the others, both ways: it hears its music in a loop, or silence, and
    /// nothing else that plays. Replaces an earlier hold. Music that cannot be had is told as
    /// [io.strowger.contracts.media.MediaEvent.HoldFailed]; the leg is then on hold in silence.
    void holdLeg(ServerCallId call, MediaCommand.HoldLeg hold);

    /// Joins a held leg with the others again.
    void unholdLeg(ServerCallId call, LegId leg);

    /// Whether each key press of the leg is told, from now on.
    void reportTones(ServerCallId call, LegId leg, boolean on);

    /// Presses keys towards a leg, behind those that are under way (RFC 4733). Ends in exactly one
    /// [io.strowger.contracts.media.MediaEvent.TonesSent]: with a failure when the leg is gone,
    /// closes in the middle, or takes no telephone-events.
    void sendTones(ServerCallId call, MediaCommand.SendTones tones);

    void startPlay(ServerCallId call, MediaCommand.StartPlay play);

    void stopPlay(ServerCallId call, OperationId operation);

    void startRecognize(ServerCallId call, MediaCommand.StartRecognize recognize);

    void stopRecognize(ServerCallId call, OperationId operation);

    /// Records the call from its next frame on, with legs or without; no second effect when it is
    /// recorded so already. Ends in exactly one
    /// [io.strowger.contracts.media.MediaEvent.RecordingStopped], unless the call is released
    /// before it was told to stop.
    void startRecording(ServerCallId call, MediaCommand.StartRecording recording);

    /// Records one more leg.
    void recordLeg(ServerCallId call, MediaCommand.RecordLeg leg);

    /// Records nothing for a while. No effect on a recording that is paused.
    void pauseRecording(ServerCallId call, RecordingId recording);

    /// Goes on. No effect on a recording that is not paused.
    void resumeRecording(ServerCallId call, RecordingId recording);

    /// Ends a recording; to be told once. Of one that is not there, the end is told with no
    /// samples.
    void stopRecording(ServerCallId call, RecordingId recording);

    /// Whether legs that are not heard are told of as silent after a moment already, in place of
    /// the usual patience.
    void listenClosely(boolean closely);

    /// Streams the call to an application, with legs or without; no second effect when it is
    /// streamed so already. Ends in exactly one
    /// [io.strowger.contracts.media.MediaEvent.StreamEnded] or
    /// [io.strowger.contracts.media.MediaEvent.TranscriptionFailed].
    void startStream(ServerCallId call, StreamRequest stream);

    /// What is said from now on is to be understood otherwise; no effect on a stream that is over.
    void updateTranscription(ServerCallId call, MediaCommand.UpdateTranscription update);

    /// One more leg is streamed.
    void streamLeg(ServerCallId call, MediaCommand.StreamLeg leg);

    /// Ends a stream. Of one that is not there, the end is told at once.
    void stopStream(ServerCallId call, OperationId stream);

    /// Forgets the call: all legs closed, all operations dropped without further facts, and so are
    /// recordings that were not told to stop before: what waits of their audio is not written.
    /// Streams end.
    void release(ServerCallId call);
}
