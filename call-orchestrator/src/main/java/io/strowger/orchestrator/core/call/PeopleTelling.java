package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.event.SubscriberEvent.OperationStatus;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.orchestrator.core.result.LegResults;
import io.strowger.orchestrator.core.result.MediaResults;

/// What is told of people: invited, removed, transferred; keys that were sent, music on hold.
final class PeopleTelling {
    private PeopleTelling() {}

    static void added(Draft draft, Operation operation, Identifier who) {
        Telling.operation(
                draft,
                operation,
                MediaResults.success(),
                isPreview(draft, operation)
                        ? new SubscriberEvent.AddParticipantResult(OperationStatus.COMPLETED)
                        : new SubscriberEvent.AddParticipantSucceeded(who));
    }

    static void notAdded(
            Draft draft, Operation operation, Identifier who, ResultInformation result) {
        Telling.operation(
                draft,
                operation,
                result,
                isPreview(draft, operation)
                        ? new SubscriberEvent.AddParticipantResult(OperationStatus.FAILED)
                        : new SubscriberEvent.AddParticipantFailed(who));
    }

    /// The 2021 line is not told: it sees the roster.
    static void removed(Draft draft, Operation operation, Identifier who) {
        if (!isPreview(draft, operation)) {
            Telling.operation(
                    draft,
                    operation,
                    MediaResults.success(),
                    new SubscriberEvent.RemoveParticipantSucceeded(who));
        }
    }

    static void cancelled(Draft draft, Operation operation, OperationId invitation) {
        Telling.operation(
                draft,
                operation,
                LegResults.removed(),
                new SubscriberEvent.CancelAddParticipantSucceeded(invitation));
    }

    /// @param why the invitation cannot be taken back
    static void notCancelled(
            Draft draft, Operation operation, OperationId invitation, ResultInformation why) {
        Telling.operation(
                draft, operation, why, new SubscriberEvent.CancelAddParticipantFailed(invitation));
    }

    static void moved(Draft draft, Operation operation, Operation.Moving moving) {
        Telling.operation(
                draft,
                operation,
                MediaResults.success(),
                new SubscriberEvent.MoveParticipantSucceeded(moving.participant(), moving.from()));
    }

    static void notMoved(
            Draft draft, Operation operation, Operation.Moving moving, ResultInformation result) {
        Telling.operation(
                draft,
                operation,
                result,
                new SubscriberEvent.MoveParticipantFailed(moving.participant(), moving.from()));
    }

    static void transferAccepted(
            Draft draft, Operation operation, Identifier target, Identifier transferee) {
        Telling.operation(
                draft,
                operation,
                MediaResults.success(),
                new SubscriberEvent.CallTransferAccepted(target, transferee));
    }

    static void transferFailed(Draft draft, Operation operation, ResultInformation result) {
        Telling.operation(draft, operation, result, new SubscriberEvent.CallTransferFailed());
    }

    static void tonesSent(Draft draft, Operation operation, MediaEvent.TonesSent sent) {
        String failure = sent.failure();
        Telling.operation(
                draft,
                operation,
                failure == null ? MediaResults.success() : MediaResults.notSent(failure),
                failure == null
                        ? new SubscriberEvent.SendDtmfTonesCompleted()
                        : new SubscriberEvent.SendDtmfTonesFailed());
    }

    static void holdFailed(Draft draft, Leg.Held held, MediaEvent.HoldFailed failed) {
        draft.tell(
                draft.call().connection(held.connection()).orElseThrow(),
                held.callbackUri(),
                held.operationContext(),
                MediaResults.of(failed.outcome(), failed.detail()),
                new SubscriberEvent.HoldFailed());
    }

    private static boolean isPreview(Draft draft, Operation operation) {
        return Telling.of(draft, operation).version().isPreview2021();
    }
}
