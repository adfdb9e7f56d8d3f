package io.strowger.orchestrator.core.call;

import io.strowger.contracts.call.CallCommand.CreateCall;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.event.CallRecord.Direction;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.orchestrator.core.call.CallState.Connected;
import io.strowger.orchestrator.core.call.CallState.Connecting;
import io.strowger.orchestrator.core.call.CallState.Disconnecting;
import io.strowger.orchestrator.core.call.CallState.Live;
import io.strowger.orchestrator.core.call.CallState.NotCreated;
import io.strowger.orchestrator.core.call.CallState.Ringing;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `evolve`: applies one fact to a state. Holds no rules; a fact that cannot be true in a state is
/// a bug and stops the loop.
public final class CallEvolution {
    private CallEvolution() {}

    /// @throws IllegalStateException when `event` is impossible in `state`
    public static CallState evolve(CallState state, CallEvent event) {
        return switch (state) {
            case NotCreated _ when event instanceof CallEvent.Created created -> created(created);
            case NotCreated _ when event instanceof CallEvent.Offered offered -> offered(offered);
            case NotCreated _ when event instanceof CallEvent.Gathered(var id, var at, var when) ->
                    new Connecting(
                            Call.begun(
                                    id,
                                    new UUID(id.high(), id.low()),
                                    Direction.PEER_TO_PEER,
                                    at,
                                    when));
            case NotCreated _, CallState.Ended _ when event instanceof CallEvent.Forwarded -> state;
            case CallState.Ended _ when event instanceof CallEvent.Forgotten -> new NotCreated();
            case Live live -> evolve(live, event);
            case NotCreated _, CallState.Ended _ -> throw impossible(state, event);
        };
    }

    private static CallState created(CallEvent.Created created) {
        CreateCall request = created.request();
        Call call =
                Call.begun(
                                request.connection().call(),
                                request.correlationId(),
                                Direction.OUTBOUND,
                                created.placement(),
                                created.at())
                        .withConnection(
                                Connection.of(
                                        request.connection(),
                                        created.version(),
                                        Profile.of(request),
                                        request.streaming(),
                                        request.transcription()));
        for (var target : request.targets()) {
            call = call.withLeg(Leg.dialing(call.nextLegId(), target, created.at(), null));
        }
        return new Connecting(call);
    }

    private static CallState offered(CallEvent.Offered offered) {
        ServerCallId id = offered.call();
        return new Connecting(
                Call.begun(
                                id,
                                new UUID(id.high(), id.low()),
                                Direction.PEER_TO_PEER,
                                offered.placement(),
                                offered.at())
                        .withLeg(
                                Leg.offered(
                                        offered.offer().leg(),
                                        offered.offer().from(),
                                        offered.at())));
    }

    private static CallState evolve(Live live, CallEvent event) {
        Call call = live.call();
        return switch (event) {
            case CallEvent.LegRang(var leg) -> rang(live, call.withLeg(leg, Leg::ringing));
            case CallEvent.LegAnswered(var leg, var dialog, var at) ->
                    answered(live, call.withLeg(leg, one -> one.answered(dialog, at)), at);
            case CallEvent.LegAdded(var leg, var who, var referrer, var at) ->
                    live.with(call.withLeg(Leg.dialing(leg, who, at, referrer)));
            case CallEvent.LegTaken(var leg) -> live.with(call.withLeg(leg, Leg::beingTaken));
            case CallEvent.LegMuted(var leg, var muted) ->
                    live.with(call.withLeg(leg, one -> one.muted(muted)));
            case CallEvent.LegHeld(var leg, var held) ->
                    live.with(call.withLeg(leg, one -> one.held(held)));
            case CallEvent.IncomingTold(var incoming) ->
                    live.with(call.withIncoming(incoming).withDirection(Direction.INBOUND));
            case CallEvent.IncomingSettled _ -> live.with(call.withIncoming(null));
            case CallEvent.ConnectionMade(var connection) ->
                    live.with(call.withConnection(connection));
            case CallEvent.ListeningBegan(var listening) ->
                    live.with(call.withListening(listening));
            case CallEvent.ListeningEnded(var leg, var connection) ->
                    live.with(
                            call.withListening(
                                    without(
                                            call.listening(),
                                            one ->
                                                    one.leg().equals(leg)
                                                            && one.connection()
                                                                    .equals(connection))));
            case CallEvent.LegChanged(var leg, var dialog, var onHold) ->
                    live.with(call.withLeg(leg, one -> one.updated(dialog, onHold)));
            case CallEvent.ToneHeard(var leg, var sequence, var press) ->
                    live.with(call.withLeg(leg, one -> one.heard(sequence).pressed(press)));
            case CallEvent.LegOver(var leg, var end, var at) ->
                    live.with(
                            call.withLeg(leg, one -> one.ended(end, at))
                                    .withListening(
                                            without(
                                                    call.listening(),
                                                    one -> one.leg().equals(leg))));
            case CallEvent.ConnectionLeft(var connection) ->
                    live.with(
                            call.withConnection(connection, Connection::left)
                                    .withListening(
                                            without(
                                                    call.listening(),
                                                    one -> one.connection().equals(connection))));
            case CallEvent.RosterTold(var connection) ->
                    live.with(call.withConnection(connection, Connection::rosterTold));
            case CallEvent.StreamChanged(var connection, var streaming) ->
                    live.with(call.withConnection(connection, one -> one.streams(streaming)));
            case CallEvent.OperationAccepted(var operation) ->
                    live.with(call.withOperation(operation));
            case CallEvent.OperationHeard(var operation, var since) ->
                    live.with(call.withOperation(operation, one -> one.heard(since)));
            case CallEvent.ToneCollected(var operation, var tone, var press) ->
                    live.with(
                            pressed(call, operation, press)
                                    .withOperation(operation, one -> one.collecting(tone)));
            case CallEvent.OperationMoved(var operation, var phase) ->
                    live.with(call.withOperation(operation, one -> one.in(phase)));
            case CallEvent.OperationOver(var operation) ->
                    live.with(
                            call.withOperations(
                                    without(call.operations(), one -> one.id().equals(operation))));
            case CallEvent.EndBegan(var result, var termination) ->
                    new Disconnecting(call, result, termination);
            case CallEvent.Ended(var forgetAt) -> ended(call, forgetAt);
            case CallEvent.TimerSet(var name, var dueAt) -> live.with(call.withTimer(name, dueAt));
            case CallEvent.Answered(var answer) -> live.with(call.withAnswer(answer));
            case CallEvent.Ordered(var order) -> live.with(call.told(order));
            case CallEvent.Told(var by, var told) ->
                    live.with(
                            call.withConnection(
                                    by, one -> one.told(told.callbackUri(), told.sequence())));
            case CallEvent.Owned(var application) -> live.with(call.withOwner(application));
            case CallEvent.PlacedAnew(var placement) -> live.with(call.placedAt(placement));
            case CallEvent.HandOverBegan(var placement, var awaited) ->
                    live.with(call.handedOverTo(placement, awaited));
            case CallEvent.LegHandedOver(var leg) ->
                    live.with(call.withFormer(former(live, event).without(leg)));
            case CallEvent.HandOverEnded _ -> live.with(call.withFormer(null));
            case CallEvent.LegInherited(var leg, var dialog) ->
                    live.with(call.withLeg(leg, one -> one.inheriting(dialog)));
            case CallEvent.LegLeaving(var leg, var there) ->
                    live.with(call.withLeg(leg, one -> one.leavingFor(there)));
            case CallEvent.OperationGotLeg(var operation, var leg) ->
                    live.with(call.withOperation(operation, one -> one.of(leg)));
            case CallEvent.RecordingChanged(var recording) ->
                    live.with(call.withRecording(recording));
            case CallEvent.SettlingBegan _ -> new CallState.Settling(allLeft(call));
            case CallEvent.Recorded _, CallEvent.RecordingOrdered _, CallEvent.Forwarded _ -> live;
            case CallEvent.Created _,
                    CallEvent.Offered _,
                    CallEvent.Gathered _,
                    CallEvent.Forgotten _ ->
                    throw impossible(live, event);
        };
    }

    private static Call pressed(Call call, OperationId collecting, @Nullable Long press) {
        return call.operation(collecting)
                .map(operation ->
                        call.withLeg(operation.legs().getFirst(), leg -> leg.pressed(press)))
                .orElse(call);
    }

    private static CallState rang(Live live, Call call) {
        return live instanceof Connecting ? new Ringing(call) : live.with(call);
    }

    private static CallState answered(Live live, Call call, Instant at) {
        return switch (live) {
            case Connecting _, Ringing _ -> new Connected(call.withAnsweredAt(at));
            case Connected _, Disconnecting _, CallState.Settling _ -> live.with(call);
        };
    }

    private static CallState ended(Call call, Instant forgetAt) {
        return new CallState.Ended(
                call.connections().stream()
                        .filter(one -> !one.isOutside())
                        .map(one ->
                                one.properties(ConnectionState.DISCONNECTED, call.correlationId()))
                        .toList(),
                call.recordings().stream().map(Recording::id).toList(),
                call.answers(),
                forgetAt);
    }

    private static Call allLeft(Call call) {
        Call left = call;
        for (Connection connection : call.presentConnections()) {
            left = left.withConnection(connection.id(), Connection::left);
        }
        return left;
    }

    private static Former former(Live live, CallEvent event) {
        Former former = live.call().former();
        if (former == null) {
            throw impossible(live, event);
        }
        return former;
    }

    private static <T> List<T> without(List<T> list, Predicate<T> gone) {
        return list.stream().filter(gone.negate()).toList();
    }

    private static IllegalStateException impossible(CallState state, CallEvent event) {
        return new IllegalStateException(
                event.getClass().getSimpleName()
                        + " cannot happen in "
                        + state.getClass().getSimpleName());
    }
}
