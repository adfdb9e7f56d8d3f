package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.call.CallCommand.CreateCall;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.event.CallRecord.Termination;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.DialogRecord;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.Placement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fact about a call. Orders and told events are facts too: what was told stays told, so their
/// numbers are part of the state.
public sealed interface CallEvent {
    /// One leg for each target, numbered from 1.
    record Created(CreateCall request, ApiVersion version, Placement placement, Instant at)
            implements CallEvent {}

    record LegRang(LegId leg) implements CallEvent {}

    record LegAnswered(LegId leg, DialogRecord dialog, Instant at) implements CallEvent {}

    record LegChanged(LegId leg, DialogRecord dialog, boolean onHold) implements CallEvent {}

    /// @param sequence of the key on its leg: one that was heard is not heard again
    record ToneHeard(LegId leg, int sequence) implements CallEvent {}

    record LegOver(LegId leg, LegEnd end, Instant at) implements CallEvent {}

    record ConnectionLeft(CallConnectionId connection) implements CallEvent {}

    record RosterTold(CallConnectionId connection) implements CallEvent {}

    record OperationAccepted(Operation operation) implements CallEvent {}

    record OperationMoved(OperationId operation, Operation.Phase phase) implements CallEvent {}

    record OperationOver(OperationId operation) implements CallEvent {}

    record EndBegan(ResultInformation result, Termination termination) implements CallEvent {}

    record Ended(Instant forgetAt) implements CallEvent {}

    record Forgotten() implements CallEvent {}

    /// @param dueAt null: cancelled
    record TimerSet(TimerName name, @Nullable Instant dueAt) implements CallEvent {}

    record Answered(Remembered answer) implements CallEvent {}

    record Ordered(MediaOrder order) implements CallEvent {}

    record Told(EventRecord event) implements CallEvent {}

    record Recorded(CallRecord callRecord) implements CallEvent {}
}
