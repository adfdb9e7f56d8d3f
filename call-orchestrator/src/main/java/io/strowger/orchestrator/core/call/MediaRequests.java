package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.Decision.rejected;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.id.LegId;
import io.strowger.orchestrator.core.call.Decision.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plays and recognitions as they are asked for.
final class MediaRequests {
    private MediaRequests() {}

    static Decision play(Asking asking, CallCommand.Play play) {
        List<LegId> legs = new ArrayList<>();
        for (Identifier target : play.playTo()) {
            Optional<Leg> leg = asking.call().answeredLegOf(target);
            if (leg.isEmpty()) {
                return rejected(CallError.PARTICIPANT_NOT_FOUND);
            }
            legs.add(leg.get().id());
        }
        return accept(
                asking,
                new Operation(
                        play.operationId(),
                        asking.connection().id(),
                        play.operationContext(),
                        play.operationCallbackUri(),
                        Operation.Phase.QUEUED,
                        new Operation.Playing(play.sources(), play.loop()),
                        legs),
                play.interrupt());
    }

    static Decision play(Asking asking, CallCommand.PlayToCall play) {
        return accept(
                asking,
                new Operation(
                        play.operationId(),
                        asking.connection().id(),
                        play.operationContext(),
                        play.callbackUri(),
                        Operation.Phase.QUEUED,
                        new Operation.Playing(play.sources(), play.loop()),
                        List.of()),
                false);
    }

    static Decision recognize(Asking asking, CallCommand.Recognize recognize) {
        Optional<Leg> leg = asking.call().answeredLegOf(recognize.target());
        if (leg.isEmpty()) {
            return rejected(CallError.PARTICIPANT_NOT_FOUND);
        }
        return accept(
                asking,
                new Operation(
                        recognize.operationId(),
                        asking.connection().id(),
                        recognize.operationContext(),
                        recognize.operationCallbackUri(),
                        Operation.Phase.QUEUED,
                        new Operation.Recognizing(
                                recognize.prompts(),
                                recognize.interruptPrompt(),
                                recognize.dtmf(),
                                List.of(),
                                recognize.spoken()),
                        List.of(leg.get().id())),
                recognize.interrupt());
    }

    private static Decision accept(Asking asking, Operation operation, boolean interrupt) {
        if (OperationRules.isFull(asking.call(), interrupt)) {
            return new Rejected(
                    CallError.TOO_MANY_REQUESTS,
                    "More than " + Limits.OPERATIONS + " operations wait in this call.");
        }
        if (OperationRules.isTooMuch(asking.call(), operation)) {
            return new Rejected(
                    CallError.TOO_MANY_REQUESTS,
                    "What waits in this call has more than "
                            + Limits.WAITING_CHARACTERS
                            + " characters.");
        }
        OperationRules.accept(asking.draft(), operation, interrupt);
        return asking.started(operation);
    }

    static Decision cancelAll(Asking asking, CallCommand.CancelAllMedia cancel) {
        OperationRules.cancelAll(asking.draft());
        return asking.answered(
                new OperationStarted(cancel.operationId(), cancel.operationContext()));
    }
}
