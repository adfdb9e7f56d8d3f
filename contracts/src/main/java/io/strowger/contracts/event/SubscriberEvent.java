package io.strowger.contracts.event;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.media.Understood;
import io.strowger.contracts.recording.RecordingCommand.EndReason;
import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a subscriber is told. Records bear Azure's event names; the fields are those beside the
/// common ones of [EventRecord].
public sealed interface SubscriberEvent {
    // Current line

    record CallConnected() implements SubscriberEvent {}

    record CallDisconnected() implements SubscriberEvent {}

    record CreateCallFailed() implements SubscriberEvent {}

    /// @param sequenceNumber from 1 for each connection, one more with each change of the roster
    record ParticipantsUpdated(int sequenceNumber, List<Participant> participants)
            implements SubscriberEvent {
        public ParticipantsUpdated {
            participants = List.copyOf(participants);
        }
    }

    record PlayStarted() implements SubscriberEvent {}

    record PlayCompleted() implements SubscriberEvent {}

    record PlayFailed(@Nullable Integer failedPlaySourceIndex) implements SubscriberEvent {}

    record PlayCanceled() implements SubscriberEvent {}

    /// @param understood null: it was tones
    record RecognizeCompleted(List<Tone> tones, @Nullable Understood understood)
            implements SubscriberEvent {
        public RecognizeCompleted {
            tones = List.copyOf(tones);
        }
    }

    record RecognizeFailed(@Nullable Integer failedPlaySourceIndex) implements SubscriberEvent {}

    record RecognizeCanceled() implements SubscriberEvent {}

    record AnswerFailed() implements SubscriberEvent {}

    record ConnectFailed() implements SubscriberEvent {}

    record AddParticipantSucceeded(Identifier participant) implements SubscriberEvent {}

    record AddParticipantFailed(Identifier participant) implements SubscriberEvent {}

    record CancelAddParticipantSucceeded(OperationId invitationId) implements SubscriberEvent {}

    record CancelAddParticipantFailed(OperationId invitationId) implements SubscriberEvent {}

    record RemoveParticipantSucceeded(Identifier participant) implements SubscriberEvent {}

    record RemoveParticipantFailed(Identifier participant) implements SubscriberEvent {}

    record CallTransferAccepted(Identifier transferTarget, Identifier transferee)
            implements SubscriberEvent {}

    record CallTransferFailed() implements SubscriberEvent {}

    record MoveParticipantSucceeded(Identifier participant, CallConnectionId from)
            implements SubscriberEvent {}

    record MoveParticipantFailed(Identifier participant, CallConnectionId from)
            implements SubscriberEvent {}

    record HoldFailed() implements SubscriberEvent {}

    record ContinuousDtmfRecognitionToneReceived(int sequenceId, Tone tone)
            implements SubscriberEvent {}

    record ContinuousDtmfRecognitionStopped() implements SubscriberEvent {}

    record SendDtmfTonesCompleted() implements SubscriberEvent {}

    record SendDtmfTonesFailed() implements SubscriberEvent {}

    record MediaStreamingStarted(StreamingDetails details) implements SubscriberEvent {}

    record MediaStreamingStopped(StreamingDetails details) implements SubscriberEvent {}

    record MediaStreamingFailed(StreamingDetails details) implements SubscriberEvent {}

    record TranscriptionStarted(StreamingDetails details) implements SubscriberEvent {}

    record TranscriptionStopped(StreamingDetails details) implements SubscriberEvent {}

    record TranscriptionUpdated(StreamingDetails details) implements SubscriberEvent {}

    record TranscriptionFailed(StreamingDetails details) implements SubscriberEvent {}

    /// `mediaStreamingStatusDetails` and `transcriptionStatusDetails` of the API.
    enum StreamingDetails {
        SUBSCRIPTION_STARTED,
        STREAM_CONNECTION_REESTABLISHED,
        STREAM_CONNECTION_UNSUCCESSFUL,
        STREAM_CONNECTION_INTERRUPTED,
        SUBSCRIPTION_STOPPED,
        UNSPECIFIED_ERROR,
        AUTHENTICATION_FAILURE,
        BAD_REQUEST,
        TOO_MANY_REQUESTS,
        FORBIDDEN,
        SERVICE_TIMEOUT,
        INITIAL_WEB_SOCKET_CONNECTION_FAILED,
        SPEECH_SERVICES_CONNECTION_ERROR,
        TRANSCRIPTION_LOCALE_UPDATED
    }

    record RecordingStateChanged(RecordingId recording, RecordingState state, Instant startedAt)
            implements SubscriberEvent {}

    record StartRecordingFailed(RecordingId recording) implements SubscriberEvent {}

    /// Goes to an application rather than to who asked, in the schema of Event Grid.
    sealed interface EventGrid extends SubscriberEvent {}

    /// The file of a recording can be had, or there is none.
    ///
    /// @param file null: it failed, as the result says
    record RecordingFileStatusUpdated(
            RecordingId recording,
            RecordingFormat format,
            Instant startedAt,
            EndReason endReason,
            @Nullable RecordingFile file)
            implements EventGrid {}

    /// Somebody calls a number of an application.
    ///
    /// @param incomingCallContext what the application answers, passes on or refuses it with
    record IncomingCall(
            Identifier from,
            Identifier to,
            String callerDisplayName,
            String incomingCallContext,
            Map<String, String> sipHeaders)
            implements EventGrid {
        public IncomingCall {
            sipHeaders = Map.copyOf(sipHeaders);
        }
    }

    // 2021 line

    record CallRecordingStateChanged(RecordingId recording, RecordingState state, Instant startedAt)
            implements SubscriberEvent {}

    record AddParticipantResult(OperationStatus status) implements SubscriberEvent {}

    record CallConnectionStateChanged(ConnectionState state) implements SubscriberEvent {}

    record PlayAudioResult(OperationStatus status) implements SubscriberEvent {}

    record DtmfReceived(Identifier participant, int sequenceId, Tone tone)
            implements SubscriberEvent {}

    /// `status` of an operation of the 2021 line.
    enum OperationStatus {
        NOT_STARTED,
        RUNNING,
        COMPLETED,
        FAILED
    }
}
