package io.strowger.worker.shell.call;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.trace.TraceContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which trace the facts of a call belong to: that of the last order about the same leg, operation
/// or recording. Empty while nothing is traced. Used only inside the mailbox of its call.
final class CallTrace {
    private final Map<Object, TraceContext> causes = new HashMap<>();

    private record Hold(LegId leg) {}

    /// An order is obeyed.
    void ordered(MediaCommand command, @Nullable TraceContext cause) {
        Object subject = cause == null ? null : subject(command);
        if (cause != null && subject != null) {
            causes.put(subject, cause);
        }
    }

    /// A leg began without an order.
    void began(LegId leg, @Nullable TraceContext cause) {
        if (cause != null) {
            causes.put(leg, cause);
        }
    }

    /// Null: no trace.
    @Nullable TraceContext of(LegId leg) {
        return causes.get(leg);
    }

    /// Where a fact belongs; after a terminal one its subject is forgotten. Null: to no trace.
    @Nullable TraceContext of(MediaEvent fact) {
        if (causes.isEmpty()) {
            return null;
        }
        return isTerminal(fact) ? causes.remove(subject(fact)) : causes.get(subject(fact));
    }

    private static @Nullable Object subject(MediaCommand command) {
        return switch (command) {
            case MediaCommand.Dial dial -> dial.leg();
            case MediaCommand.AnswerLeg answer -> answer.leg();
            case MediaCommand.RejectLeg reject -> reject.leg();
            case MediaCommand.HangUpLeg hangUp -> hangUp.leg();
            case MediaCommand.ReleaseLeg release -> release.leg();
            case MediaCommand.AdoptLeg adoption -> adoption.leg();
            case MediaCommand.StartPlay play -> play.operationId();
            case MediaCommand.StopPlay stop -> stop.operationId();
            case MediaCommand.StartRecognize recognize -> recognize.operationId();
            case MediaCommand.StopRecognize stop -> stop.operationId();
            case MediaCommand.SendTones tones -> tones.operationId();
            case MediaCommand.HoldLeg hold -> new Hold(hold.leg());
            case MediaCommand.StartRecording start -> start.recording();
            case MediaCommand.PauseRecording pause -> pause.recording();
            case MediaCommand.ResumeRecording resume -> resume.recording();
            case MediaCommand.StopRecording stop -> stop.recording();
            case MediaCommand.StartStream start -> start.stream();
            case MediaCommand.StartTranscription start -> start.stream();
            case MediaCommand.UpdateTranscription update -> update.stream();
            case MediaCommand.StopStream stop -> stop.stream();
            case MediaCommand.RingLeg _,
                    MediaCommand.NotifyReferrer _,
                    MediaCommand.MuteLeg _,
                    MediaCommand.UnholdLeg _,
                    MediaCommand.ReportTones _,
                    MediaCommand.PressTone _,
                    MediaCommand.RecordLeg _,
                    MediaCommand.StreamLeg _,
                    MediaCommand.HandOverCall _,
                    MediaCommand.AbandonCall _,
                    MediaCommand.ReleaseCall _ ->
                    null;
        };
    }

    private static Object subject(MediaEvent fact) {
        return switch (fact) {
            case MediaEvent.LegOffered offered -> offered.leg();
            case MediaEvent.LegProgressed progressed -> progressed.leg();
            case MediaEvent.LegAnswered answered -> answered.leg();
            case MediaEvent.LegUpdated updated -> updated.leg();
            case MediaEvent.LegEnded ended -> ended.leg();
            case MediaEvent.LegReleased released -> released.leg();
            case MediaEvent.ToneReceived tone -> tone.leg();
            case MediaEvent.TransferAsked asked -> asked.leg();
            case MediaEvent.HoldFailed failed -> new Hold(failed.leg());
            case MediaEvent.PlayStarted started -> started.operationId();
            case MediaEvent.PlayEnded ended -> ended.operationId();
            case MediaEvent.RecognizeEnded ended -> ended.operationId();
            case MediaEvent.ToneCollected tone -> tone.operationId();
            case MediaEvent.TonesSent sent -> sent.operationId();
            case MediaEvent.StreamConnected connected -> connected.stream();
            case MediaEvent.StreamEnded ended -> ended.stream();
            case MediaEvent.TranscriptionUpdated updated -> updated.stream();
            case MediaEvent.TranscriptionFailed failed -> failed.stream();
            case MediaEvent.RecordingPaused paused -> paused.recording();
            case MediaEvent.RecordingResumed resumed -> resumed.recording();
            case MediaEvent.RecordingAudioLost lost -> lost.recording();
            case MediaEvent.RecordingStopped stopped -> stopped.recording();
        };
    }

    private static boolean isTerminal(MediaEvent fact) {
        return fact instanceof MediaEvent.LegEnded
                || fact instanceof MediaEvent.LegReleased
                || fact instanceof MediaEvent.PlayEnded
                || fact instanceof MediaEvent.RecognizeEnded
                || fact instanceof MediaEvent.TonesSent
                || fact instanceof MediaEvent.StreamEnded
                || fact instanceof MediaEvent.TranscriptionFailed
                || fact instanceof MediaEvent.RecordingStopped;
    }
}
