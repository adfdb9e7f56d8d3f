package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.CreateCall;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.call.CallReply.Found;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.call.CallReply.Roster;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.event.CallRecord.Termination;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.Placement;
import io.strowger.orchestrator.core.call.CallState.Connected;
import io.strowger.orchestrator.core.call.CallState.Connecting;
import io.strowger.orchestrator.core.call.CallState.Disconnecting;
import io.strowger.orchestrator.core.call.CallState.Live;
import io.strowger.orchestrator.core.call.CallState.Ringing;
import io.strowger.orchestrator.core.call.Decision.Accepted;
import io.strowger.orchestrator.core.call.Decision.Rejected;
import io.strowger.orchestrator.core.result.LegResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an application may ask, and when.
final class CommandRules {
    private CommandRules() {}

    static Decision create(CallState state, CallRequest request, CreateCall create, Moment moment) {
        if (request.receivedAt().plus(Limits.STALE_CREATION).isBefore(moment.now())) {
            return rejected(CallError.NOT_READY);
        }
        Optional<Placement> placement = moment.candidate();
        if (placement.isEmpty()) {
            return rejected(CallError.NO_MEDIA_CAPACITY);
        }
        Draft draft = new Draft(state, moment);
        draft.add(
                new CallEvent.Created(create, request.apiVersion(), placement.get(), moment.now()));
        draft.timer(TimerName.RING, moment.limits().ringTimeout().plus(Limits.RING_BACKSTOP));
        draft.timer(TimerName.MAX_DURATION, moment.limits().maxDuration());
        for (Leg leg : draft.call().legs()) {
            draft.order(dial(leg, create, moment));
        }
        Connection connection = draft.call().connections().getFirst();
        Telling.created(draft, connection);
        return answered(
                draft,
                request,
                new Described(connection.properties(draft.live().connectionState())));
    }

    private static MediaCommand dial(Leg leg, CreateCall create, Moment moment) {
        PhoneNumber callerId = create.callerId();
        return new MediaCommand.Dial(
                leg.id(),
                leg.participant(),
                callerId == null ? create.source() : callerId,
                create.sourceDisplayName(),
                moment.limits().ringTimeout(),
                create.requestedEvents().contains(RequestedEvent.DTMF_RECEIVED),
                Map.of());
    }

    static Decision inCall(Live live, CallRequest request, Moment moment) {
        CallCommand command = request.command();
        Optional<Connection> connection = live.call().connection(command.connection());
        if (connection.isEmpty()) {
            return rejected(CallError.CALL_NOT_FOUND);
        }
        Connection asking = connection.get();
        Draft draft = new Draft(live, moment);
        return switch (command) {
            case CallCommand.DescribeCall _ ->
                    draft.accepted(
                            new Described(
                                    asking.properties(
                                            asking.present()
                                                    ? live.connectionState()
                                                    : io.strowger.contracts.call.ConnectionState
                                                            .DISCONNECTED)));
            case CallCommand _ when !asking.present() ->
                    rejected(CallError.CALL_ALREADY_TERMINATED);
            case CreateCall _ ->
                    new Rejected(CallError.INVALID_REQUEST, "The call exists already.");
            case CallCommand.HangUp _ -> hangUp(draft, request, asking);
            case CallCommand.Terminate _ -> terminate(draft, request);
            case CallCommand.Play play -> whenConnected(live, () -> play(draft, request, play));
            case CallCommand.Recognize recognize ->
                    whenConnected(live, () -> recognize(draft, request, recognize));
            case CallCommand.CancelAllMedia cancel ->
                    whenConnected(live, () -> cancel(draft, request, cancel));
            case CallCommand.ListParticipants _ -> draft.accepted(roster(live.call()));
            case CallCommand.GetParticipant(var _, var wanted) ->
                    participant(draft, live.call(), wanted);
        };
    }

    static Decision afterTheEnd(CallState.Ended ended, CallCommand command) {
        var properties =
                ended.connections().stream()
                        .filter(one -> one.connection().equals(command.connection()))
                        .findFirst();
        if (properties.isEmpty()) {
            return rejected(CallError.CALL_NOT_FOUND);
        }
        return command instanceof CallCommand.DescribeCall
                ? new Accepted(List.of(), new Described(properties.get()))
                : rejected(CallError.CALL_ALREADY_TERMINATED);
    }

    private static Decision whenConnected(Live live, java.util.function.Supplier<Decision> action) {
        return switch (live) {
            case Connected _ -> action.get();
            case Connecting _, Ringing _ -> rejected(CallError.CALL_NOT_ESTABLISHED);
            case Disconnecting _ -> rejected(CallError.CALL_ALREADY_TERMINATED);
        };
    }

    private static Decision hangUp(Draft draft, CallRequest request, Connection asking) {
        boolean othersStay =
                draft.state() instanceof Connected
                        && draft.call().answeredLegs().size()
                                        + draft.call().presentConnections().size()
                                        - 1
                                >= 2;
        if (!othersStay) {
            return terminate(draft, request);
        }
        // Remembered first, its operations ended before its last event, and whom it still rings let
        // go: they were invited to talk to it.
        Decision decision = answered(draft, request, new Done());
        Telling.disconnecting(draft, asking);
        OperationRules.endOf(draft, asking.id());
        draft.add(new CallEvent.ConnectionLeft(asking.id()));
        Telling.gone(draft, asking, LegResults.endedByApplication());
        draft.call().liveLegs().stream()
                .filter(leg -> !leg.isAnswered())
                .forEach(leg -> draft.order(new MediaCommand.HangUpLeg(leg.id())));
        return draft.accepted(((Accepted) decision).answer());
    }

    private static Decision terminate(Draft draft, CallRequest request) {
        // Remembered first: the end of a call without live legs takes the memory along.
        Decision decision = answered(draft, request, new Done());
        EndRules.begin(draft, LegResults.endedByApplication(), Termination.APPLICATION);
        return draft.accepted(((Accepted) decision).answer());
    }

    private static Decision play(Draft draft, CallRequest request, CallCommand.Play play) {
        List<LegId> legs = new ArrayList<>();
        for (Identifier target : play.playTo()) {
            Optional<Leg> leg = draft.call().answeredLegOf(target);
            if (leg.isEmpty()) {
                return rejected(CallError.PARTICIPANT_NOT_FOUND);
            }
            legs.add(leg.get().id());
        }
        return operation(
                draft,
                request,
                new Operation(
                        play.operationId(),
                        play.connection(),
                        Operation.Phase.QUEUED,
                        new Operation.Playing(play),
                        legs),
                play.interrupt());
    }

    private static Decision recognize(
            Draft draft, CallRequest request, CallCommand.Recognize recognize) {
        Optional<Leg> leg = draft.call().answeredLegOf(recognize.target());
        if (leg.isEmpty()) {
            return rejected(CallError.PARTICIPANT_NOT_FOUND);
        }
        return operation(
                draft,
                request,
                new Operation(
                        recognize.operationId(),
                        recognize.connection(),
                        Operation.Phase.QUEUED,
                        new Operation.Recognizing(recognize),
                        List.of(leg.get().id())),
                recognize.interrupt());
    }

    private static Decision operation(
            Draft draft, CallRequest request, Operation operation, boolean interrupt) {
        if (OperationRules.isFull(draft.call(), interrupt)) {
            return new Rejected(
                    CallError.TOO_MANY_REQUESTS,
                    "More than " + Limits.OPERATIONS + " operations wait in this call.");
        }
        if (OperationRules.isTooMuch(draft.call(), operation)) {
            return new Rejected(
                    CallError.TOO_MANY_REQUESTS,
                    "What waits in this call has more than "
                            + Limits.WAITING_CHARACTERS
                            + " characters.");
        }
        OperationRules.accept(draft, operation, interrupt);
        return answered(
                draft, request, new OperationStarted(operation.id(), operation.operationContext()));
    }

    private static Decision cancel(
            Draft draft, CallRequest request, CallCommand.CancelAllMedia cancel) {
        OperationRules.cancelAll(draft);
        return answered(
                draft,
                request,
                new OperationStarted(cancel.operationId(), cancel.operationContext()));
    }

    private static Decision participant(Draft draft, Call call, Identifier wanted) {
        Optional<Leg> leg = call.answeredLegOf(wanted);
        return leg.isEmpty()
                ? rejected(CallError.PARTICIPANT_NOT_FOUND)
                : draft.accepted(new Found(leg.get().asParticipant()));
    }

    private static Roster roster(Call call) {
        return new Roster(call.answeredLegs().stream().map(Leg::asParticipant).toList());
    }

    private static Decision answered(Draft draft, CallRequest request, Answer answer) {
        draft.add(
                new CallEvent.Answered(
                        new Remembered(request.commandId(), request.fingerprint(), answer)));
        return draft.accepted(answer);
    }

    private static Decision rejected(CallError error) {
        return new Rejected(error, error.message());
    }
}
