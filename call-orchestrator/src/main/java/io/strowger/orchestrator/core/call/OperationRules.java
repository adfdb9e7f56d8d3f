package io.strowger.orchestrator.core.call;

import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.orchestrator.core.call.Operation.Phase;

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

    /// Whether no more may wait; an interrupting one takes the place of what waits.
    static boolean isFull(Call call, boolean interrupt) {
        long staying =
                call.operations().stream()
                        .filter(one -> !interrupt || one.phase() != Phase.QUEUED)
                        .count();
        return staying >= Limits.OPERATIONS;
    }

    /// Whether `next` would make what waits in a call too large for one record of the log.
    static boolean isTooMuch(Call call, Operation next) {
        long waiting = call.operations().stream().mapToLong(Operation::characters).sum();
        return waiting + next.characters() > Limits.WAITING_CHARACTERS;
    }

    /// Ends what waits at once, and tells the worker to end what runs.
    static void cancelAll(Draft draft) {
        for (Operation operation : draft.call().operations()) {
            switch (operation.phase()) {
                case QUEUED -> cancelNow(draft, operation);
                case RUNNING, STARTED -> {
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
        draft.call().operations().forEach(operation -> cancelNow(draft, operation));
    }

    /// An application leaves and others stay: what it began ends with it, since after its last
    /// event it is told nothing more.
    static void endOf(Draft draft, CallConnectionId connection) {
        for (Operation operation : draft.call().operations()) {
            if (operation.connection().equals(connection)) {
                drop(draft, operation);
            }
        }
        startNext(draft);
    }

    /// A leg is gone: what concerned only legs that are gone ends now. Whether the worker still
    /// says so, too, does not matter.
    static void legGone(Draft draft) {
        for (Operation operation : draft.call().operations()) {
            boolean concernsSomeone =
                    operation.legs().isEmpty()
                            || draft.call().liveLegs().stream()
                                    .anyMatch(leg -> operation.legs().contains(leg.id()));
            if (!concernsSomeone) {
                drop(draft, operation);
            }
        }
    }

    private static void drop(Draft draft, Operation operation) {
        if (operation.phase() == Phase.RUNNING || operation.phase() == Phase.STARTED) {
            draft.order(stop(operation));
        }
        cancelNow(draft, operation);
    }

    private static void cancelNow(Draft draft, Operation operation) {
        draft.add(new CallEvent.OperationOver(operation.id()));
        Telling.canceled(draft, operation);
    }

    static void started(Draft draft, OperationId id) {
        draft.call()
                .operation(id)
                .filter(operation -> operation.phase() == Phase.RUNNING)
                .ifPresent(operation -> {
                    draft.add(new CallEvent.OperationMoved(id, Phase.STARTED));
                    Telling.started(draft, operation);
                });
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

    /// Begins what waits longest, if nothing runs. What was told to end is no longer waited for:
    /// the worker ends it before it begins the next.
    static void startNext(Draft draft) {
        boolean busy =
                draft.call().operations().stream()
                        .anyMatch(operation ->
                                operation.phase() == Phase.RUNNING
                                        || operation.phase() == Phase.STARTED);
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
