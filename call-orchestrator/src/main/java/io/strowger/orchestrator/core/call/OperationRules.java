package io.strowger.orchestrator.core.call;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.orchestrator.core.call.Operation.Phase;
import java.util.List;

/// Plays and recognitions of a call: one at a time, the others wait; an interrupting one ends what
/// runs and waits. Each ends in exactly one terminal event.
final class OperationRules {
    private OperationRules() {}

    static void accept(Draft draft, Operation operation, boolean interrupt) {
        if (interrupt) {
            cancelAll(draft);
        }
        draft.add(new CallEvent.OperationAccepted(operation));
        startNext(draft);
    }

    /// Ends what waits at once, and tells the worker to end what runs.
    static void cancelAll(Draft draft) {
        for (Operation operation : draft.call().operations()) {
            switch (operation.phase()) {
                case QUEUED -> {
                    draft.add(new CallEvent.OperationOver(operation.id()));
                    Telling.canceled(draft, operation);
                }
                case RUNNING -> {
                    draft.add(new CallEvent.OperationMoved(operation.id(), Phase.STOPPING));
                    draft.order(stop(operation));
                }
                case STOPPING -> {
                    // Told to end already; its end is on the way.
                }
            }
        }
    }

    /// The call is over: what has not ended ends now, whatever the worker would have said.
    static void endAll(Draft draft) {
        for (Operation operation : draft.call().operations()) {
            draft.add(new CallEvent.OperationOver(operation.id()));
            Telling.canceled(draft, operation);
        }
    }

    static void started(Draft draft, OperationId id) {
        draft.call().operation(id).ifPresent(operation -> Telling.started(draft, operation));
    }

    static void played(Draft draft, MediaEvent.PlayEnded ended) {
        draft.call()
                .operation(ended.operationId())
                .ifPresent(operation -> {
                    draft.add(new CallEvent.OperationOver(operation.id()));
                    Telling.played(draft, operation, ended);
                    startNext(draft);
                });
    }

    static void recognized(Draft draft, MediaEvent.RecognizeEnded ended) {
        draft.call()
                .operation(ended.operationId())
                .ifPresent(operation -> {
                    draft.add(new CallEvent.OperationOver(operation.id()));
                    Telling.recognized(draft, operation, ended);
                    startNext(draft);
                });
    }

    /// A leg is gone: recognitions of it that still wait can never run.
    static void legGone(Draft draft, LegId leg) {
        for (Operation operation : draft.call().operations()) {
            if (operation.phase() == Phase.QUEUED && operation.legs().equals(List.of(leg))) {
                draft.add(new CallEvent.OperationOver(operation.id()));
                Telling.canceled(draft, operation);
            }
        }
    }

    private static void startNext(Draft draft) {
        boolean busy =
                draft.call().operations().stream()
                        .anyMatch(operation -> operation.phase() == Phase.RUNNING);
        if (!busy) {
            draft.call().operations().stream()
                    .filter(operation -> operation.phase() == Phase.QUEUED)
                    .findFirst()
                    .ifPresent(operation -> {
                        draft.add(new CallEvent.OperationMoved(operation.id(), Phase.RUNNING));
                        draft.order(start(operation));
                    });
        }
    }

    private static MediaCommand start(Operation operation) {
        return switch (operation.kind()) {
            case Operation.Playing(var play) ->
                    new MediaCommand.StartPlay(
                            operation.id(), play.sources(), operation.legs(), play.loop());
            case Operation.Recognizing(var recognize) ->
                    new MediaCommand.StartRecognize(
                            operation.id(),
                            operation.legs().getFirst(),
                            recognize.prompts(),
                            recognize.interruptPrompt(),
                            recognize.dtmf());
        };
    }

    private static MediaCommand stop(Operation operation) {
        return switch (operation.kind()) {
            case Operation.Playing _ -> new MediaCommand.StopPlay(operation.id());
            case Operation.Recognizing _ -> new MediaCommand.StopRecognize(operation.id());
        };
    }
}
