package io.strowger.contracts.event;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.Participant;
import java.util.List;
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

    record RecognizeCompleted(List<Tone> tones) implements SubscriberEvent {
        public RecognizeCompleted {
            tones = List.copyOf(tones);
        }
    }

    record RecognizeFailed(@Nullable Integer failedPlaySourceIndex) implements SubscriberEvent {}

    record RecognizeCanceled() implements SubscriberEvent {}

    // 2021 line

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
