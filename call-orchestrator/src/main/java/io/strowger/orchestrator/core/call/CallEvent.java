package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand.CreateCall;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.event.CallRecord.Termination;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent.LegOffered;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.recording.RecordingCommand;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fact about a call. Orders and told events are facts too: what was told stays told, so their
/// numbers are part of the state.
public sealed interface CallEvent {
    /// One leg for each target, numbered from 1.
    record Created(CreateCall request, ApiVersion version, Placement placement, Instant at)
            implements CallEvent {}

    /// Somebody calls in: the call begins.
    record Offered(ServerCallId call, LegOffered offer, Placement placement, Instant at)
            implements CallEvent {}

    /// The call begins with people who come over from another one.
    record Gathered(ServerCallId call, Placement placement, Instant at) implements CallEvent {}

    /// From now on it is one of an application's calls.
    record Owned(String application) implements CallEvent {}

    /// Another worker carries the call from now on.
    record PlacedAnew(Placement placement) implements CallEvent {}

    /// Another worker takes the call over from one that works on until all phones have turned.
    ///
    /// @param awaited whose phones have to
    record HandOverBegan(Placement placement, List<LegId> awaited) implements CallEvent {
        public HandOverBegan {
            awaited = List.copyOf(awaited);
        }
    }

    /// The phone has turned to the new worker, or is gone.
    record LegHandedOver(LegId leg) implements CallEvent {}

    /// The former worker has nothing to do with the call any more.
    record HandOverEnded() implements CallEvent {}

    /// A leg comes with a dialog that another call had.
    record LegInherited(LegId leg, DialogRecord dialog) implements CallEvent {}

    /// A leg is handed over to another call.
    record LegLeaving(LegId leg, Leg.LeavingFor there) implements CallEvent {}

    /// The leg that an operation waited for is there.
    record OperationGotLeg(OperationId operation, LegId leg) implements CallEvent {}

    /// Another call is asked something.
    record Forwarded(CallRequest request) implements CallEvent {}

    /// An application is asked whether it takes the call.
    record IncomingTold(Incoming incoming) implements CallEvent {}

    /// It answered, passed on or refused it, or is asked no more.
    record IncomingSettled() implements CallEvent {}

    /// An application is in the call, or asks from outside.
    record ConnectionMade(Connection connection) implements CallEvent {}

    /// Somebody further is rung.
    ///
    /// @param referrer the leg it shall replace; null: none
    record LegAdded(LegId leg, Identifier participant, @Nullable LegId referrer, Instant at)
            implements CallEvent {}

    /// An incoming leg is answered: not yet confirmed.
    record LegTaken(LegId leg) implements CallEvent {}

    record LegMuted(LegId leg, boolean muted) implements CallEvent {}

    /// @param held null: no more
    record LegHeld(LegId leg, Leg.@Nullable Held held) implements CallEvent {}

    record ListeningBegan(Listening listening) implements CallEvent {}

    record ListeningEnded(LegId leg, CallConnectionId connection) implements CallEvent {}

    record LegRang(LegId leg) implements CallEvent {}

    record LegAnswered(LegId leg, DialogRecord dialog, Instant at) implements CallEvent {}

    record LegChanged(LegId leg, DialogRecord dialog, boolean onHold) implements CallEvent {}

    /// @param sequence of the key on its leg: one that was heard is not heard again
    record ToneHeard(LegId leg, int sequence, @Nullable Long press) implements CallEvent {}

    record LegOver(LegId leg, LegEnd end, Instant at) implements CallEvent {}

    record ConnectionLeft(CallConnectionId connection) implements CallEvent {}

    /// The stream of a connection began, went on or ended.
    record StreamChanged(CallConnectionId connection, Streaming<?> streaming)
            implements CallEvent {}

    record RosterTold(CallConnectionId connection) implements CallEvent {}

    record OperationAccepted(Operation operation) implements CallEvent {}

    /// It is heard since then; pauses of the sound are not counted.
    record OperationHeard(OperationId operation, Instant since) implements CallEvent {}

    /// A recognition took a tone.
    record ToneCollected(OperationId operation, Tone tone, @Nullable Long press)
            implements CallEvent {}

    record OperationMoved(OperationId operation, Operation.Phase phase) implements CallEvent {}

    record OperationOver(OperationId operation) implements CallEvent {}

    /// A recording began, or went on.
    record RecordingChanged(Recording recording) implements CallEvent {}

    /// The recording-service is told.
    record RecordingOrdered(RecordingCommand command) implements CallEvent {}

    record EndBegan(ResultInformation result, Termination termination) implements CallEvent {}

    /// All have left; recordings are being finished.
    record SettlingBegan() implements CallEvent {}

    record Ended(Instant forgetAt) implements CallEvent {}

    record Forgotten() implements CallEvent {}

    /// @param dueAt null: cancelled
    record TimerSet(TimerName name, @Nullable Instant dueAt) implements CallEvent {}

    record Answered(Remembered answer) implements CallEvent {}

    record Ordered(MediaOrder order) implements CallEvent {}

    /// @param by the connection, or account of an outsider, that is told
    record Told(CallConnectionId by, EventRecord event) implements CallEvent {}

    record Recorded(CallRecord callRecord) implements CallEvent {}
}
