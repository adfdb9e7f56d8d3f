package io.strowger.orchestrator.core.call;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.orchestrator.core.call.CallState.Connected;
import io.strowger.orchestrator.core.call.CallState.Connecting;
import io.strowger.orchestrator.core.call.CallState.Disconnecting;
import io.strowger.orchestrator.core.call.CallState.Live;
import io.strowger.orchestrator.core.call.CallState.NotCreated;
import io.strowger.orchestrator.core.call.CallState.Ringing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `evolve`: applies one fact to a state. Holds no rules; a fact that cannot be true in a state is
/// a bug and stops the loop.
public final class CallEvolution {
    private CallEvolution() {}

    /// @throws IllegalStateException when `event` is impossible in `state`
    public static CallState evolve(CallState state, CallEvent event) {
        return switch (state) {
            case NotCreated _ when event instanceof CallEvent.Created created -> created(created);
            case CallState.Ended _ when event instanceof CallEvent.Forgotten -> new NotCreated();
            case Live live -> evolve(live, event);
            case NotCreated _, CallState.Ended _ -> throw impossible(state, event);
        };
    }

    private static CallState created(CallEvent.Created created) {
        List<Leg> legs = new ArrayList<>();
        for (var target : created.request().targets()) {
            legs.add(Leg.dialing(new LegId(legs.size() + 1), target, created.at()));
        }
        return new Connecting(
                new Call(
                        created.request().connection().call(),
                        created.request().correlationId(),
                        created.at(),
                        null,
                        created.placement(),
                        0,
                        List.of(Connection.of(created.request(), created.version())),
                        legs,
                        List.of(),
                        List.of(),
                        Map.of()));
    }

    private static CallState evolve(Live live, CallEvent event) {
        Call call = live.call();
        return switch (event) {
            case CallEvent.LegRang(var leg) -> rang(live, call.withLeg(leg, Leg::ringing));
            case CallEvent.LegAnswered(var leg, var dialog, var at) ->
                    answered(live, call.withLeg(leg, one -> one.answered(dialog, at)), at);
            case CallEvent.LegChanged(var leg, var dialog, var onHold) ->
                    live.with(call.withLeg(leg, one -> one.updated(dialog, onHold)));
            case CallEvent.ToneHeard(var leg, var sequence) ->
                    live.with(call.withLeg(leg, one -> one.heard(sequence)));
            case CallEvent.LegOver(var leg, var end, var at) ->
                    live.with(call.withLeg(leg, one -> one.ended(end, at)));
            case CallEvent.ConnectionLeft(var connection) ->
                    live.with(call.withConnection(connection, Connection::left));
            case CallEvent.RosterTold(var connection) ->
                    live.with(call.withConnection(connection, Connection::rosterTold));
            case CallEvent.OperationAccepted(var operation) ->
                    live.with(call.withOperations(added(call, operation)));
            case CallEvent.OperationMoved(var operation, var phase) ->
                    live.with(call.withOperations(moved(call, operation, phase)));
            case CallEvent.OperationOver(var operation) ->
                    live.with(call.withOperations(removed(call, operation)));
            case CallEvent.EndBegan(var result, var termination) ->
                    new Disconnecting(call, result, termination);
            case CallEvent.Ended(var forgetAt) -> ended(call, forgetAt);
            case CallEvent.TimerSet(var name, var dueAt) -> live.with(call.withTimer(name, dueAt));
            case CallEvent.Answered(var answer) -> live.with(call.withAnswer(answer));
            case CallEvent.Ordered(var order) -> live.with(call.withOrders(order.orderSequence()));
            case CallEvent.Told(var told) ->
                    live.with(
                            call.withConnection(
                                    told.connection(),
                                    one -> one.told(told.callbackUri(), told.sequence())));
            case CallEvent.Recorded _ -> live;
            case CallEvent.Created _, CallEvent.Forgotten _ -> throw impossible(live, event);
        };
    }

    private static CallState rang(Live live, Call call) {
        return live instanceof Connecting ? new Ringing(call) : live.with(call);
    }

    private static CallState answered(Live live, Call call, java.time.Instant at) {
        return switch (live) {
            case Connecting _, Ringing _ -> new Connected(call.withAnsweredAt(at));
            case Connected _, Disconnecting _ -> live.with(call);
        };
    }

    private static CallState ended(Call call, java.time.Instant forgetAt) {
        return new CallState.Ended(
                call.connections().stream()
                        .map(one ->
                                one.properties(
                                        io.strowger.contracts.call.ConnectionState.DISCONNECTED))
                        .toList(),
                call.answers(),
                forgetAt);
    }

    private static List<Operation> added(Call call, Operation operation) {
        List<Operation> next = new ArrayList<>(call.operations());
        next.add(operation);
        return next;
    }

    private static List<Operation> moved(Call call, OperationId which, Operation.Phase phase) {
        return call.operations().stream()
                .map(one -> one.id().equals(which) ? one.in(phase) : one)
                .toList();
    }

    private static List<Operation> removed(Call call, OperationId which) {
        return call.operations().stream().filter(one -> !one.id().equals(which)).toList();
    }

    private static IllegalStateException impossible(CallState state, CallEvent event) {
        return new IllegalStateException(
                event.getClass().getSimpleName()
                        + " cannot happen in "
                        + state.getClass().getSimpleName());
    }
}
