package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.Decision.rejected;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.CreateCall;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.call.CallReply.Found;
import io.strowger.contracts.call.CallReply.Roster;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.event.CallRecord.Termination;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.CallState.Connected;
import io.strowger.orchestrator.core.call.CallState.Connecting;
import io.strowger.orchestrator.core.call.CallState.Disconnecting;
import io.strowger.orchestrator.core.call.CallState.Live;
import io.strowger.orchestrator.core.call.CallState.Ringing;
import io.strowger.orchestrator.core.call.Decision.Accepted;
import io.strowger.orchestrator.core.call.Decision.Rejected;
import io.strowger.orchestrator.core.result.LegResults;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What an application may ask, and when.
final class CommandRules {
    private CommandRules() {}

    static Decision create(CallState state, CallRequest request, CreateCall create, Moment moment) {
        if (request.receivedAt().plus(Limits.STALE_CREATION).isBefore(moment.now())) {
            return rejected(CallError.NOT_READY);
        }
        Optional<Decision> tooMany = TollRules.tooMany(request, moment);
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        Optional<Placement> placement = moment.candidate();
        if (placement.isEmpty()) {
            return rejected(CallError.NO_MEDIA_CAPACITY);
        }
        Draft draft = new Draft(state, moment);
        draft.add(
                new CallEvent.Created(create, request.apiVersion(), placement.get(), moment.now()));
        TollRules.count(draft, request);
        draft.timer(TimerName.RING, moment.limits().ringTimeout().plus(Limits.RING_BACKSTOP));
        draft.timer(TimerName.MAX_DURATION, moment.limits().maxDuration());
        Connection connection = draft.call().connections().getFirst();
        for (Leg leg : draft.call().legs()) {
            draft.order(Dialing.of(draft, leg, connection));
        }
        Telling.created(draft, connection);
        return draft.answered(request, describe(draft.live(), connection));
    }

    static Decision live(Live live, CallRequest request, Moment moment) {
        return switch (request.command()) {
            case CallCommand.InCall command -> inCall(live, request, command, moment);
            case CallCommand.OutOfCall command -> outOfCall(live, request, command, moment);
            case BetweenCalls command -> betweenCalls(live, request, command, moment);
        };
    }

    private static Decision inCall(
            Live live, CallRequest request, CallCommand.InCall command, Moment moment) {
        Optional<Connection> connection =
                live.call().connection(command.connection()).filter(one -> !one.isOutside());
        if (connection.isEmpty()) {
            return rejected(CallError.CALL_NOT_FOUND);
        }
        Connection asking = connection.get();
        if (command instanceof CallCommand.DescribeCall) {
            return new Accepted(List.of(), describe(live, asking));
        }
        if (!asking.present()) {
            return rejected(CallError.CALL_ALREADY_TERMINATED);
        }
        Asking draft = new Asking(new Draft(live, moment), request, asking);
        return switch (command) {
            case CallCommand.DescribeCall _ -> new Accepted(List.of(), describe(live, asking));
            case CreateCall _ ->
                    new Rejected(CallError.INVALID_REQUEST, "The call exists already.");
            case CallCommand.HangUp _ -> hangUp(draft);
            case CallCommand.Terminate _ -> terminate(draft);
            case CallCommand.ListParticipants _ -> new Accepted(List.of(), roster(live.call()));
            case CallCommand.GetParticipant(var _, var wanted) -> participant(live.call(), wanted);
            case CallCommand.Play play ->
                    whenConnected(live, () -> MediaRequests.play(draft, play));
            case CallCommand.Recognize recognize ->
                    whenConnected(live, () -> MediaRequests.recognize(draft, recognize));
            case CallCommand.CancelAllMedia cancel ->
                    whenConnected(live, () -> MediaRequests.cancelAll(draft, cancel));
            case CallCommand.AddParticipant add ->
                    whenConnected(live, () -> PeopleRules.add(draft, add));
            case CallCommand.RemoveParticipant remove ->
                    whenConnected(live, () -> PeopleRules.remove(draft, remove));
            case CallCommand.CancelAddParticipant cancel ->
                    whenConnected(live, () -> PeopleRules.cancel(draft, cancel));
            case CallCommand.MuteParticipants mute ->
                    whenConnected(live, () -> PeopleRules.mute(draft, mute));
            case CallCommand.Hold hold -> whenConnected(live, () -> PeopleRules.hold(draft, hold));
            case CallCommand.Unhold unhold ->
                    whenConnected(live, () -> PeopleRules.unhold(draft, unhold));
            case CallCommand.StartContinuousDtmf start ->
                    whenConnected(live, () -> ToneRules.start(draft, start));
            case CallCommand.StopContinuousDtmf stop ->
                    whenConnected(live, () -> ToneRules.stop(draft, stop));
            case CallCommand.SendDtmfTones send ->
                    whenConnected(live, () -> ToneRules.send(draft, send));
            case CallCommand.StartStreaming start ->
                    whenConnected(live, () -> StreamRules.start(draft, start));
            case CallCommand.StopStreaming stop ->
                    whenConnected(live, () -> StreamRules.stop(draft, stop));
            case CallCommand.StartTranscription start ->
                    whenConnected(live, () -> TranscriptionRules.start(draft, start));
            case CallCommand.UpdateTranscription update ->
                    whenConnected(live, () -> TranscriptionRules.update(draft, update));
            case CallCommand.StopTranscription stop ->
                    whenConnected(live, () -> TranscriptionRules.stop(draft, stop));
            case CallCommand.Transfer transfer ->
                    whenConnected(live, () -> TransferRules.begin(draft, transfer));
            case CallCommand.MoveParticipants move ->
                    whenConnected(live, () -> MoveRules.begin(draft, move));
        };
    }

    private static Decision outOfCall(
            Live live, CallRequest request, CallCommand.OutOfCall command, Moment moment) {
        Draft draft = new Draft(live, moment);
        return switch (command) {
            case CallCommand.Answer answer -> InboundRules.answer(draft, request, answer);
            case CallCommand.Redirect redirect -> InboundRules.redirect(draft, request, redirect);
            case CallCommand.Reject reject -> InboundRules.reject(draft, request, reject);
            case CallCommand.Join join ->
                    whenConnected(live, () -> JoinRules.join(draft, request, join));
            case CallCommand.AddToCall add ->
                    whenConnected(live, () -> PeopleRules.add(Asking.outside(draft, request), add));
            case CallCommand.RemoveFromCall remove ->
                    whenConnected(
                            live, () -> PeopleRules.remove(Asking.outside(draft, request), remove));
            case CallCommand.StartRecording start ->
                    whenConnected(
                            live,
                            () ->
                                    RecordingRules.refusal(live, start)
                                            .map(Decision::rejected)
                                            .orElseGet(() ->
                                                    RecordingRules.start(
                                                            Asking.outside(draft, request),
                                                            start)));
            case CallCommand.OfRecording about -> RecordingRules.about(draft, about);
            case CallCommand.PlayToCall play ->
                    whenConnected(
                            live, () -> MediaRequests.play(Asking.outside(draft, request), play));
        };
    }

    /// Whatever has become of the call: the other one waits.
    static Decision betweenCalls(
            CallState state, CallRequest request, BetweenCalls command, Moment moment) {
        return switch (command) {
            case BetweenCalls.HandOver wanted -> MoveRules.handOver(state, request, wanted, moment);
            case BetweenCalls.TakeOver coming -> MoveRules.takeOver(state, request, coming, moment);
        };
    }

    static Decision afterTheEnd(CallState.Ended ended, CallCommand command) {
        return switch (command) {
            case CallCommand.InCall inCall -> {
                var properties =
                        ended.connections().stream()
                                .filter(one -> one.connection().equals(inCall.connection()))
                                .findFirst();
                if (properties.isEmpty()) {
                    yield rejected(CallError.CALL_NOT_FOUND);
                }
                yield command instanceof CallCommand.DescribeCall
                        ? new Accepted(List.of(), new Described(properties.get()))
                        : rejected(CallError.CALL_ALREADY_TERMINATED);
            }
            case CallCommand.OfRecording about -> RecordingRules.afterTheEnd(ended, about);
            case CallCommand.OutOfCall _, BetweenCalls _ ->
                    rejected(CallError.CALL_ALREADY_TERMINATED);
        };
    }

    static Described describe(Live live, Connection asking) {
        ConnectionState state =
                asking.present() ? live.connectionState() : ConnectionState.DISCONNECTED;
        boolean transferring =
                state == ConnectionState.CONNECTED
                        && live.call().operations().stream()
                                .anyMatch(one ->
                                        one.kind() instanceof Operation.Transferring
                                                && one.connection().equals(asking.id()));
        return new Described(
                asking.properties(
                        transferring ? ConnectionState.TRANSFERRING : state,
                        live.call().correlationId()));
    }

    private static Decision whenConnected(Live live, Supplier<Decision> action) {
        return switch (live) {
            case Connected _ -> action.get();
            case Connecting _, Ringing _ -> rejected(CallError.CALL_NOT_ESTABLISHED);
            case Disconnecting _, CallState.Settling _ ->
                    rejected(CallError.CALL_ALREADY_TERMINATED);
        };
    }

    private static Decision hangUp(Asking asking) {
        Draft draft = asking.draft();
        boolean othersStay =
                draft.state() instanceof Connected
                        && draft.call().answeredLegs().size()
                                        + draft.call().presentConnections().size()
                                        - 1
                                >= 2;
        if (!othersStay) {
            return terminate(asking);
        }
        draft.remember(asking.request(), new Done());
        leave(draft, asking.connection());
        return draft.accepted(new Done());
    }

    /// The connection goes, the others stay. Its operations end before its last event, and whom it
    /// still rings is let go: they were invited to talk to it.
    static void leave(Draft draft, Connection connection) {
        Telling.disconnecting(draft, connection);
        boolean creator = connection.profile().origin() == Profile.Origin.CREATED;
        List<Leg> others =
                draft.call().liveLegs().stream()
                        .filter(leg -> !leg.isAnswered() && !leg.incoming())
                        .filter(leg ->
                                draft.call().operations().stream()
                                        .filter(one -> !one.isMedia() && one.isOf(leg.id()))
                                        .findFirst()
                                        .map(one -> one.connection().equals(connection.id()))
                                        .orElse(creator && leg.referrer() == null))
                        .toList();
        OperationRules.endOf(draft, connection.id());
        StreamRules.endOf(draft, connection);
        draft.add(new CallEvent.ConnectionLeft(connection.id()));
        Telling.gone(draft, connection, LegResults.endedByApplication());
        others.forEach(leg -> draft.order(new MediaCommand.HangUpLeg(leg.id())));
    }

    private static Decision terminate(Asking asking) {
        asking.draft().remember(asking.request(), new Done());
        EndRules.begin(asking.draft(), LegResults.endedByApplication(), Termination.APPLICATION);
        return asking.draft().accepted(new Done());
    }

    private static Decision participant(Call call, Identifier wanted) {
        return call.answeredLegOf(wanted)
                .<Decision>map(leg -> new Accepted(List.of(), new Found(leg.asParticipant())))
                .orElseGet(() -> rejected(CallError.PARTICIPANT_NOT_FOUND));
    }

    private static Roster roster(Call call) {
        return new Roster(call.answeredLegs().stream().map(Leg::asParticipant).toList());
    }
}
