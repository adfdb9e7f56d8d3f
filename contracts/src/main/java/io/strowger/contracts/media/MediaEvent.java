package io.strowger.contracts.media;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.placement.DialogRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A fact that a media worker reports about one call. May arrive twice.
public sealed interface MediaEvent {
    /// Somebody calls in: the first fact of a call that the worker made up the id of, placed at
    /// this worker with placement epoch 1. The caller hears nothing until [MediaCommand.RingLeg],
    /// [MediaCommand.AnswerLeg] or [MediaCommand.RejectLeg]; without any the worker refuses after a
    /// while.
    ///
    /// @param from who calls: a number as the trunk gives it, or the user whose password was proved
    /// @param to who is called: a number, or a user
    /// @param trunk that it came over; null: from a user
    /// @param callerDisplayName as the caller says; null: nothing said
    /// @param sipHeaders of the INVITE that are for applications: `User-To-User`, `X-...`
    record LegOffered(
            LegId leg,
            Identifier from,
            Identifier to,
            @Nullable String trunk,
            @Nullable String callerDisplayName,
            Map<String, String> sipHeaders)
            implements MediaEvent {
        public LegOffered {
            sipHeaders = Map.copyOf(sipHeaders);
        }
    }

    /// The leg rings (180) or makes progress (183).
    record LegProgressed(LegId leg, int sipStatus) implements MediaEvent {}

    /// The leg answered and its media runs.
    record LegAnswered(LegId leg, DialogRecord dialog) implements MediaEvent {}

    /// The dialog changed: a re-INVITE, a new target.
    ///
    /// @param onHoldByPeer the peer put us on hold
    record LegUpdated(LegId leg, DialogRecord dialog, boolean onHoldByPeer) implements MediaEvent {}

    /// The leg is over. The only terminal event of a leg.
    record LegEnded(LegId leg, LegEnd end) implements MediaEvent {}

    /// The first frame of a play, or of a recognition's prompt, was sent.
    record PlayStarted(OperationId operationId) implements MediaEvent {}

    /// A play is over. The only terminal event of a play.
    ///
    /// @param failedSourceIndex 0-based; null when no source is to blame
    /// @param detail for people: what failed
    record PlayEnded(
            OperationId operationId,
            PlayOutcome outcome,
            @Nullable Integer failedSourceIndex,
            @Nullable String detail)
            implements MediaEvent {}

    /// A recognition is over. The only terminal event of a recognition.
    ///
    /// @param tones in the order pressed, without the stop tone
    /// @param promptOutcome why the prompt failed, for [RecognizeOutcome#PROMPT_FAILED]
    /// @param understood of an outcome that is more than tones
    /// @param speechFailure for [RecognizeOutcome#SPEECH_FAILED]
    record RecognizeEnded(
            OperationId operationId,
            RecognizeOutcome outcome,
            List<Tone> tones,
            @Nullable PlayOutcome promptOutcome,
            @Nullable Integer failedSourceIndex,
            @Nullable String detail,
            @Nullable Understood understood,
            @Nullable SpeechFailure speechFailure)
            implements MediaEvent {
        public RecognizeEnded {
            tones = List.copyOf(tones);
        }

        /// Of tones alone.
        public RecognizeEnded(
                OperationId operationId,
                RecognizeOutcome outcome,
                List<Tone> tones,
                @Nullable PlayOutcome promptOutcome,
                @Nullable Integer failedSourceIndex,
                @Nullable String detail) {
            this(operationId, outcome, tones, promptOutcome, failedSourceIndex, detail, null, null);
        }
    }

    /// A recognition took a tone: so that another worker could go on with it.
    ///
    /// @param number of the tone, from 1 in each recognition, the stop tone left out
    /// @param press as in [ToneReceived]
    record ToneCollected(OperationId operationId, Tone tone, int number, @Nullable Long press)
            implements MediaEvent {
        /// Of a key that was heard as sound.
        public ToneCollected(OperationId operationId, Tone tone, int number) {
            this(operationId, tone, number, null);
        }
    }

    /// A key was pressed.
    ///
    /// @param sequenceId from 1 for each leg, gap-free
    /// @param press the same wherever the press is heard: its SSRC and RTP timestamp (RFC 4733
    ///   2.2); null: it was heard as sound
    record ToneReceived(LegId leg, Tone tone, int sequenceId, @Nullable Long press)
            implements MediaEvent {
        /// Of a key that was heard as sound.
        public ToneReceived(LegId leg, Tone tone, int sequenceId) {
            this(leg, tone, sequenceId, null);
        }
    }

    /// All tones of [MediaCommand.SendTones] were sent, or not. Its only terminal event.
    ///
    /// @param failure for people; null: all were sent
    record TonesSent(OperationId operationId, @Nullable String failure) implements MediaEvent {}

    /// The music of [MediaCommand.HoldLeg] cannot be played.
    record HoldFailed(OperationId operationId, LegId leg, PlayOutcome outcome, String detail)
            implements MediaEvent {}

    /// The peer asks to be replaced by its own transfer target (REFER, RFC 3515).
    ///
    /// @param target who shall be called instead
    record TransferAsked(LegId leg, Identifier target) implements MediaEvent {}

    /// The leg was given away; whoever adopts `dialog` carries it on. A terminal event of the leg.
    record LegReleased(LegId leg, DialogRecord dialog) implements MediaEvent {}

    /// The application took the connection of a stream: audio flows.
    ///
    /// @param connections how many were made so far: more than 1 after an interruption
    record StreamConnected(OperationId stream, int connections) implements MediaEvent {}

    /// What is said from now on is understood as it was asked for.
    ///
    /// @param update as it was asked for
    record TranscriptionUpdated(OperationId stream, int update) implements MediaEvent {}

    /// A stream is over. Its only terminal event.
    ///
    /// @param detail for people: what happened
    record StreamEnded(OperationId stream, StreamOutcome outcome, String detail)
            implements MediaEvent {}

    /// Speech cannot be understood, or no more: a stream of words is over. Its only terminal event.
    ///
    /// @param detail for people: what happened
    record TranscriptionFailed(OperationId stream, SpeechFailure reason, String detail)
            implements MediaEvent {}

    /// @param position samples recorded before the pause
    record RecordingPaused(RecordingId recording, long position) implements MediaEvent {}

    /// @param position samples recorded before the pause that is over
    /// @param pause how long it was, to the frame
    record RecordingResumed(RecordingId recording, long position, Duration pause)
            implements MediaEvent {}

    /// Audio of a recording did not reach Kafka: the way there was full, or closed for too long.
    ///
    /// @param position of the first sample that is missing
    record RecordingAudioLost(RecordingId recording, long position, long samples)
            implements MediaEvent {}

    /// A recording is over and all of its audio that was not reported lost is in Kafka. The only
    /// terminal event of a recording.
    ///
    /// @param samples recorded, pauses left out
    record RecordingStopped(RecordingId recording, long samples) implements MediaEvent {}
}
