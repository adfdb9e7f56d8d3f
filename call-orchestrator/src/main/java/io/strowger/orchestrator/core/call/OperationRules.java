package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.orchestrator.core.call.Operation.Phase;
import io.strowger.orchestrator.core.result.LegResults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operations of a call, each of which ends once. Plays and recognitions go one at a time, the
/// others wait; an interrupting one ends what runs and waits.
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
                        .filter(one -> !interrupt || !one.isMedia() || one.phase() != Phase.QUEUED)
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
        for (Operation operation : media(draft.call())) {
            switch (operation.phase()) {
                case QUEUED -> cancelNow(draft, operation);
                case RUNNING, STARTED -> {
                    draft.add(new CallEvent.OperationMoved(operation.id(), Phase.STOPPING));
                    stop(draft, operation);
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
    private static void legGone(Draft draft) {
        for (Operation operation : media(draft.call())) {
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
            stop(draft, operation);
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
                    draft.add(new CallEvent.OperationHeard(id, draft.moment().now()));
                    Telling.started(draft, operation);
                });
    }

    /// A tone that counts; one that was told before does not count again.
    static void collected(Draft draft, MediaEvent.ToneCollected tone) {
        draft.call()
                .operation(tone.operationId())
                .filter(operation ->
                        operation.kind() instanceof Operation.Recognizing recognizing
                                && recognizing.collected().size() + 1 == tone.number())
                .ifPresent(operation ->
                        draft.add(
                                new CallEvent.ToneCollected(
                                        operation.id(), tone.tone(), tone.press())));
    }

    /// Another worker goes on with what the last one was at.
    ///
    /// @param heardUntil until when people heard what plays
    static void resume(Draft draft, Instant heardUntil) {
        for (Operation operation : draft.call().operations()) {
            switch (operation.kind()) {
                case Operation.Media _ when operation.phase() == Phase.STOPPING ->
                        cancelNow(draft, operation);
                case Operation.Media _ when operation.phase() != Phase.QUEUED ->
                        resumed(draft, operation, heardUntil);
                case Operation.Removing _ ->
                        draft.order(new MediaCommand.HangUpLeg(operation.legs().getFirst()));
                case Operation.SendingTones _ ->
                        tonesSent(
                                draft,
                                new MediaEvent.TonesSent(
                                        operation.id(), "the media worker was lost"));
                case Operation.Media _,
                        Operation.Adding _,
                        Operation.Cancelling _,
                        Operation.Moving _,
                        Operation.Transferring _ -> {
                    // Waits, as before.
                }
            }
        }
        startNext(draft);
    }

    private static void resumed(Draft draft, Operation operation, Instant heardUntil) {
        Instant since = operation.heardSince();
        Duration heard =
                since == null || heardUntil.isBefore(since)
                        ? Duration.ZERO
                        : Duration.between(since, heardUntil);
        if (since != null) {
            Instant asIfSince = draft.moment().now().minus(heard);
            draft.add(new CallEvent.OperationHeard(operation.id(), asIfSince));
        }
        start(draft, operation, since == null ? null : heard);
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

    private static List<Operation> media(Call call) {
        return call.operations().stream().filter(Operation::isMedia).toList();
    }

    /// Begins what waits longest, if nothing runs. What was told to end is no longer waited for:
    /// the worker ends it before it begins the next.
    static void startNext(Draft draft) {
        boolean busy =
                media(draft.call()).stream()
                        .anyMatch(operation ->
                                operation.phase() == Phase.RUNNING
                                        || operation.phase() == Phase.STARTED);
        if (!busy) {
            media(draft.call()).stream()
                    .filter(operation -> operation.phase() == Phase.QUEUED)
                    .findFirst()
                    .ifPresent(operation -> {
                        draft.add(new CallEvent.OperationMoved(operation.id(), Phase.RUNNING));
                        start(draft, operation, null);
                    });
        }
    }

    /// @param heard what was played of it before; null: nothing
    private static void start(Draft draft, Operation operation, @Nullable Duration heard) {
        switch (operation.kind()) {
            case Operation.Playing(var sources, var loop) ->
                    draft.order(
                            new MediaCommand.StartPlay(
                                    operation.id(), sources, operation.legs(), loop, heard));
            case Operation.Recognizing recognizing ->
                    draft.order(
                            new MediaCommand.StartRecognize(
                                    operation.id(),
                                    operation.legs().getFirst(),
                                    recognizing.sources(),
                                    recognizing.interruptPrompt(),
                                    recognizing.dtmf(),
                                    collected(recognizing.collected(), heard),
                                    recognizing.spoken()));
            case Operation.Adding _,
                    Operation.Cancelling _,
                    Operation.Removing _,
                    Operation.SendingTones _,
                    Operation.Moving _,
                    Operation.Transferring _ -> {
                // Ordered when it was accepted.
            }
        }
    }

    private static MediaCommand.@Nullable Collected collected(
            List<Tone> tones, @Nullable Duration heard) {
        return heard == null && tones.isEmpty()
                ? null
                : new MediaCommand.Collected(heard == null ? Duration.ZERO : heard, tones);
    }

    private static void stop(Draft draft, Operation operation) {
        switch (operation.kind()) {
            case Operation.Playing _ -> draft.order(new MediaCommand.StopPlay(operation.id()));
            case Operation.Recognizing _ ->
                    draft.order(new MediaCommand.StopRecognize(operation.id()));
            case Operation.Adding _,
                    Operation.Cancelling _,
                    Operation.Removing _,
                    Operation.SendingTones _,
                    Operation.Moving _,
                    Operation.Transferring _ -> {
                // Ends with its leg.
            }
        }
    }

    /// A leg answered: whom it was rung for is told.
    static void legAnswered(Draft draft, Leg leg) {
        for (Operation operation : of(draft.call(), leg)) {
            switch (operation.kind()) {
                case Operation.Adding _ -> {
                    draft.add(new CallEvent.OperationOver(operation.id()));
                    PeopleTelling.added(draft, operation, leg.participant());
                }
                case Operation.Cancelling(var invitation) -> {
                    draft.add(new CallEvent.OperationOver(operation.id()));
                    PeopleTelling.notCancelled(
                            draft, operation, invitation, LegResults.answeredAlready());
                }
                case Operation.Transferring _ -> TransferRules.answered(draft, operation, leg);
                case Operation.Moving moving -> {
                    draft.add(new CallEvent.OperationOver(operation.id()));
                    PeopleTelling.moved(draft, operation, moving);
                }
                case Operation.Media _, Operation.Removing _, Operation.SendingTones _ -> {
                    // Goes on.
                }
            }
        }
    }

    /// A leg ended: what was about it alone ends, too.
    static void legEnded(Draft draft, Leg leg, ResultInformation result) {
        boolean cancelled =
                of(draft.call(), leg).stream()
                        .anyMatch(one -> one.kind() instanceof Operation.Cancelling);
        for (Operation operation : of(draft.call(), leg)) {
            switch (operation.kind()) {
                case Operation.Adding _ -> {
                    draft.add(new CallEvent.OperationOver(operation.id()));
                    if (!cancelled) {
                        PeopleTelling.notAdded(draft, operation, leg.participant(), result);
                    }
                }
                case Operation.Cancelling(var invitation) -> {
                    draft.add(new CallEvent.OperationOver(operation.id()));
                    PeopleTelling.cancelled(draft, operation, invitation);
                }
                case Operation.Removing _ -> {
                    draft.add(new CallEvent.OperationOver(operation.id()));
                    PeopleTelling.removed(draft, operation, leg.participant());
                }
                case Operation.Transferring _ -> TransferRules.failed(draft, operation, result);
                case Operation.Moving moving -> {
                    draft.add(new CallEvent.OperationOver(operation.id()));
                    PeopleTelling.notMoved(draft, operation, moving, result);
                }
                case Operation.SendingTones _ -> cancelNow(draft, operation);
                case Operation.Media _ -> {
                    // Ends when nobody is left whom it concerns.
                }
            }
        }
        TransferRules.transfereeGone(draft, leg, result);
        legGone(draft);
    }

    private static List<Operation> of(Call call, Leg leg) {
        return call.operations().stream().filter(one -> one.isOf(leg.id())).toList();
    }

    static void tonesSent(Draft draft, MediaEvent.TonesSent sent) {
        draft.call()
                .operation(sent.operationId())
                .ifPresent(operation -> {
                    draft.add(new CallEvent.OperationOver(operation.id()));
                    PeopleTelling.tonesSent(draft, operation, sent);
                });
    }
}
