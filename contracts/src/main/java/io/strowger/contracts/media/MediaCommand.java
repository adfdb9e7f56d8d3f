package io.strowger.contracts.media;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamTarget;
import io.strowger.contracts.stream.TranscriptionSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a media worker is told to do in one call. A repeated command (same leg or operation) has no
/// second effect.
public sealed interface MediaCommand {
    /// Rings `target`. Ends in [MediaEvent.LegAnswered] or [MediaEvent.LegEnded]; in between
    /// [MediaEvent.LegProgressed].
    ///
    /// A communication user is rung at all its registered contacts at once; the first to answer
    /// wins and the others are cancelled.
    ///
    /// @param caller shown to the target: a number, or a user; null: the worker's default
    /// @param ringTimeout after it the worker cancels by itself and reports 487 with
    ///   [LegEnd.Cause#NO_ANSWER]
    /// @param reportTones whether each key press is reported
    /// @param sipHeaders further headers for the INVITE
    record Dial(
            LegId leg,
            Identifier target,
            @Nullable Identifier caller,
            @Nullable String callerDisplayName,
            Duration ringTimeout,
            boolean reportTones,
            Map<String, String> sipHeaders)
            implements MediaCommand {
        public Dial {
            sipHeaders = Map.copyOf(sipHeaders);
        }
    }

    /// Says 180 to the caller of a leg that was offered ([MediaEvent.LegOffered]).
    record RingLeg(LegId leg) implements MediaCommand {}

    /// Takes the call of an offered leg. Ends in [MediaEvent.LegAnswered], or
    /// [MediaEvent.LegEnded].
    ///
    /// @param reportTones whether each key press is reported
    record AnswerLeg(LegId leg, boolean reportTones) implements MediaCommand {}

    /// Refuses an offered leg, which ends as [LegEnd.Cause#LOCAL_HANG_UP] with this status.
    ///
    /// @param sipStatus 400..699
    /// @param reason the reason phrase that the caller sees
    record RejectLeg(LegId leg, int sipStatus, String reason) implements MediaCommand {
        public RejectLeg {
            if (sipStatus < 400 || sipStatus > 699) {
                throw new IllegalArgumentException("a refusal has a SIP status of 400..699");
            }
        }
    }

    /// Ends one leg: CANCEL while it rings, 487 to an offered one, BYE after. Ends in
    /// [MediaEvent.LegEnded].
    record HangUpLeg(LegId leg) implements MediaCommand {}

    /// Plays sources in order. Ends in [MediaEvent.PlayEnded], after [MediaEvent.PlayStarted] when
    /// the first source was good.
    ///
    /// @param legs who hears it; empty: everyone in the call
    /// @param resumeAt how much of it another worker has played, all rounds of a loop together;
    ///   null: nothing
    record StartPlay(
            OperationId operationId,
            List<PlaySource> sources,
            List<LegId> legs,
            boolean loop,
            @Nullable Duration resumeAt)
            implements MediaCommand {
        public StartPlay {
            sources = List.copyOf(sources);
            legs = List.copyOf(legs);
        }

        /// From its beginning.
        public StartPlay(
                OperationId operationId, List<PlaySource> sources, List<LegId> legs, boolean loop) {
            this(operationId, sources, legs, loop, null);
        }
    }

    /// Ends a play at once, as [MediaEvent.PlayEnded] with [PlayOutcome#CANCELED].
    record StopPlay(OperationId operationId) implements MediaCommand {}

    /// Plays prompts to one leg, then collects its tones, or listens to it. Reports each tone that
    /// counts ([MediaEvent.ToneCollected]) and ends in [MediaEvent.RecognizeEnded].
    ///
    /// @param resumed what another worker has done of it; null: nothing
    /// @param spoken what else than tones is listened for; null: nothing
    record StartRecognize(
            OperationId operationId,
            LegId leg,
            List<PlaySource> prompts,
            boolean interruptPrompt,
            DtmfOptions dtmf,
            @Nullable Collected resumed,
            @Nullable SpokenInput spoken)
            implements MediaCommand {
        public StartRecognize {
            prompts = List.copyOf(prompts);
        }

        /// From its beginning, tones alone.
        public StartRecognize(
                OperationId operationId,
                LegId leg,
                List<PlaySource> prompts,
                boolean interruptPrompt,
                DtmfOptions dtmf) {
            this(operationId, leg, prompts, interruptPrompt, dtmf, null, null);
        }
    }

    /// How far a recognition is.
    ///
    /// @param resumeAt how much of the prompts was played
    /// @param tones in the order pressed; with any, the prompts are over
    record Collected(Duration resumeAt, List<Tone> tones) {
        public Collected {
            tones = List.copyOf(tones);
        }
    }

    /// Ends a recognition at once, as [MediaEvent.RecognizeEnded] with [RecognizeOutcome#CANCELED].
    record StopRecognize(OperationId operationId) implements MediaCommand {}

    /// The others hear this leg no more, or again. Its keys are heard all the same.
    record MuteLeg(LegId leg, boolean muted) implements MediaCommand {}

    /// Parts a leg from the others, both ways; it hears `music` in a loop, or silence. Replaces an
    /// earlier hold of the leg.
    ///
    /// @param operationId of [MediaEvent.HoldFailed], when the music cannot be had: the leg is then
    ///   on hold in silence
    /// @param music null: silence
    record HoldLeg(OperationId operationId, LegId leg, @Nullable PlaySource music)
            implements MediaCommand {}

    /// Joins a held leg with the others again.
    record UnholdLeg(LegId leg) implements MediaCommand {}

    /// Each key press of the leg is reported from now on, or no more.
    record ReportTones(LegId leg, boolean on) implements MediaCommand {}

    /// A key of the leg that another worker heard, which served it until now: it counts as if it
    /// was heard here, once.
    ///
    /// @param press as in [MediaEvent.ToneReceived]
    record PressTone(LegId leg, Tone tone, @Nullable Long press) implements MediaCommand {}

    /// Presses keys towards one leg (RFC 4733), behind those that are under way. Ends in
    /// [MediaEvent.TonesSent].
    ///
    /// @param tones 1..
    record SendTones(OperationId operationId, LegId leg, List<Tone> tones) implements MediaCommand {
        public SendTones {
            tones = List.copyOf(tones);
        }
    }

    /// Tells a leg that asked for a transfer ([MediaEvent.TransferAsked]) how it goes (RFC 3515
    /// 2.4.5): 100..199 under way, a final status ends the subscription.
    record NotifyReferrer(LegId leg, int sipStatus, String reason) implements MediaCommand {}

    /// Gives a leg away without a word to its peer. Ends in [MediaEvent.LegReleased], or
    /// [MediaEvent.LegEnded] when it was not up.
    record ReleaseLeg(LegId leg) implements MediaCommand {}

    /// Carries on the dialog of a leg that another call or worker gave away, or that a worker which
    /// is gone had, by re-INVITE. Sound flows at once, as both sides agreed last. Ends in
    /// [MediaEvent.LegAnswered], or [MediaEvent.LegEnded].
    ///
    /// @param dialog as it was reported last
    /// @param reportTones whether each key press is reported
    /// @param tonesReported so far: the next has the number behind it
    /// @param lastPress that was told, as in [MediaEvent.ToneReceived]: the rest of it may come
    ///   here, and is no other; null: none
    /// @param stillServed by the worker that has it ([HandOverCall]): nothing is sent to the peer
    ///   until it has turned here, or has taken too long
    record AdoptLeg(
            LegId leg,
            Identifier participant,
            DialogRecord dialog,
            boolean reportTones,
            int tonesReported,
            @Nullable Long lastPress,
            boolean stillServed)
            implements MediaCommand {
        /// Of which no key press was reported, and which nobody serves any more.
        public AdoptLeg(
                LegId leg, Identifier participant, DialogRecord dialog, boolean reportTones) {
            this(leg, participant, dialog, reportTones, 0, null, false);
        }
    }

    /// Streams the call to an application. Reports [MediaEvent.StreamConnected] with each
    /// connection that was made and ends in [MediaEvent.StreamEnded].
    ///
    /// @param connection the application's, as it is told on the stream
    /// @param legs who is in the call, for streams that say who speaks
    record StartStream(
            OperationId stream,
            CallConnectionId connection,
            UUID correlationId,
            StreamSpec spec,
            List<StreamedLeg> legs)
            implements MediaCommand, StreamStart {
        public StartStream {
            legs = List.copyOf(legs);
        }
    }

    /// Writes down what each person says, for an application. Reports and ends as a stream does, or
    /// in [MediaEvent.TranscriptionFailed].
    ///
    /// @param connection the application's, as it is told on the stream
    /// @param legs who is in the call
    record StartTranscription(
            OperationId stream,
            CallConnectionId connection,
            UUID correlationId,
            TranscriptionSpec spec,
            List<StreamedLeg> legs)
            implements MediaCommand, StreamStart {
        public StartTranscription {
            legs = List.copyOf(legs);
        }
    }

    /// What is said from now on is to be understood so. Reports [MediaEvent.TranscriptionUpdated].
    ///
    /// @param update counts from 1 for each transcription
    record UpdateTranscription(OperationId stream, int update, TranscriptionSpec spec)
            implements MediaCommand {}

    /// What begins a stream, of audio or of words.
    interface StreamStart {
        OperationId stream();

        CallConnectionId connection();

        UUID correlationId();

        StreamTarget spec();

        List<StreamedLeg> legs();
    }

    /// Who a leg is on a stream.
    record StreamedLeg(LegId leg, Identifier participant) {}

    /// One more leg is streamed.
    record StreamLeg(OperationId stream, StreamedLeg leg) implements MediaCommand {}

    /// Ends a stream, as [MediaEvent.StreamEnded] with [StreamOutcome#STOPPED].
    record StopStream(OperationId stream) implements MediaCommand {}

    /// Records the call: its audio goes to `recording.audio`. Ends in
    /// [MediaEvent.RecordingStopped].
    ///
    /// @param startedAt sample 0
    /// @param position of the first sample to come: more than 0 when another worker recorded what
    ///   is before
    /// @param channelType mixed: everybody and what is played to them, on channel 0
    /// @param channels of an unmixed recording: whose audio goes where
    /// @param paused begins with a pause
    record StartRecording(
            RecordingId recording,
            Instant startedAt,
            long position,
            ChannelType channelType,
            List<ChannelOfLeg> channels,
            boolean paused)
            implements MediaCommand {
        public StartRecording {
            channels = List.copyOf(channels);
        }
    }

    /// @param channel 0..4
    record ChannelOfLeg(LegId leg, int channel) {}

    /// One more leg is recorded, on a channel of its own or of somebody who left.
    record RecordLeg(RecordingId recording, ChannelOfLeg channel) implements MediaCommand {}

    /// Nothing is recorded until it goes on. Reports [MediaEvent.RecordingPaused].
    record PauseRecording(RecordingId recording) implements MediaCommand {}

    /// Goes on. Reports [MediaEvent.RecordingResumed].
    record ResumeRecording(RecordingId recording) implements MediaCommand {}

    /// Ends a recording, as [MediaEvent.RecordingStopped] when all of its audio is in Kafka. So
    /// does [ReleaseCall].
    record StopRecording(RecordingId recording) implements MediaCommand {}

    /// Another worker takes the call over. Its media goes on as it is for each leg until
    /// [ReleaseLeg], for all until [AbandonCall]; nothing is hung up any more unless told so. What
    /// is reported from now on is of no interest.
    record HandOverCall() implements MediaCommand {}

    /// Forgets the call at once, without a further report and without a word to its peers, which
    /// another worker carries on; but for those that nobody can, as they were not known to have
    /// answered: they are cancelled, or hung up should they have answered meanwhile.
    ///
    /// @param ended legs that were told as ended; null: none
    record AbandonCall(@Nullable List<LegId> ended) implements MediaCommand {
        public AbandonCall {
            ended = ended == null || ended.isEmpty() ? null : List.copyOf(ended);
        }

        /// Without legs that were told as ended.
        public AbandonCall() {
            this(null);
        }
    }

    /// Ends all legs and operations of the call and forgets it. Legs still up are hung up; nothing
    /// more is reported but the end of recordings.
    record ReleaseCall() implements MediaCommand {}
}
