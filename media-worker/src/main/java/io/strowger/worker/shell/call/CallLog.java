package io.strowger.worker.shell.call;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// What the log says of one call. Used by whoever runs in the call's mailbox.
final class CallLog {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);
    private final ServerCallId id;
    private final Level life;

    /// @param life of lines about what happens as it should
    CallLog(ServerCallId id, Level life) {
        this.id = id;
        this.life = life;
    }

    /// A fact, as people read it.
    void describe(MediaEvent event) {
        switch (event) {
            case MediaEvent.LegProgressed(var leg, int status) ->
                    of(leg).addKeyValue("sipStatus", status).log("leg makes progress");
            case MediaEvent.LegAnswered(var leg, var dialog) ->
                    of(leg).addKeyValue("sipCallId", dialog.sipCallId()).log("leg answered");
            case MediaEvent.LegUpdated(var leg, _, boolean onHold) ->
                    of(leg).addKeyValue("onHold", onHold).log("leg changed");
            case MediaEvent.LegEnded(var leg, var end) ->
                    of(leg).addKeyValue("cause", end.cause())
                            .addKeyValue("sipStatus", end.sipStatus())
                            .addKeyValue("reason", end.reason())
                            .log("leg ended");
            case MediaEvent.LegOffered(var leg, _, _, var trunk, _, _) ->
                    of(leg).addKeyValue("trunk", trunk).log("leg offered");
            case MediaEvent.TransferAsked(var leg, _) -> of(leg).log("leg asks for a transfer");
            case MediaEvent.LegReleased(var leg, _) -> of(leg).log("leg given away");
            case MediaEvent.HoldFailed(_, var leg, var outcome, _) ->
                    of(leg).addKeyValue("outcome", outcome).log("no music on hold");
            case MediaEvent.RecordingPaused(var recording, long position) ->
                    of(recording).addKeyValue("position", position).log("recording paused");
            case MediaEvent.RecordingResumed(var recording, _, var pause) ->
                    of(recording).addKeyValue("pause", pause).log("recording goes on");
            case MediaEvent.RecordingAudioLost(var recording, long position, long samples) ->
                    LOG.atWarn()
                            .addKeyValue("recordingId", recording)
                            .addKeyValue("position", position)
                            .addKeyValue("samples", samples)
                            .log("audio of a recording is lost");
            case MediaEvent.RecordingStopped(var recording, long samples) ->
                    of(recording).addKeyValue("samples", samples).log("recording stopped");
            case MediaEvent.StreamConnected(var stream, int connections) ->
                    of(stream).addKeyValue("connections", connections).log("stream connected");
            case MediaEvent.StreamEnded(var stream, var outcome, var detail) ->
                    of(stream)
                            .addKeyValue("outcome", outcome)
                            .addKeyValue("detail", detail)
                            .log("stream ended");
            case MediaEvent.TranscriptionUpdated(var stream, int update) ->
                    of(stream).addKeyValue("update", update).log("transcription updated");
            case MediaEvent.TranscriptionFailed(var stream, var reason, var detail) ->
                    of(stream)
                            .addKeyValue("reason", reason)
                            .addKeyValue("detail", detail)
                            .log("transcription failed");
            case MediaEvent.TonesSent _,
                    MediaEvent.PlayStarted _,
                    MediaEvent.PlayEnded _,
                    MediaEvent.RecognizeEnded _,
                    MediaEvent.ToneCollected _,
                    MediaEvent.ToneReceived _ -> {
                // The orchestrator tells the life of operations.
            }
        }
    }

    /// An INVITE goes out.
    void attempting(LegId leg, String trunk, String sipCallId) {
        of(leg).addKeyValue("trunk", trunk).addKeyValue("sipCallId", sipCallId).log("leg dials");
    }

    private LoggingEventBuilder of(OperationId stream) {
        return LOG.atLevel(life).addKeyValue("serverCallId", id).addKeyValue("operationId", stream);
    }

    private LoggingEventBuilder of(RecordingId recording) {
        return LOG.atLevel(life)
                .addKeyValue("serverCallId", id)
                .addKeyValue("recordingId", recording);
    }

    /// A line about one leg.
    LoggingEventBuilder of(LegId leg) {
        return LOG.atLevel(life).addKeyValue("serverCallId", id).addKeyValue("legId", leg);
    }
}
