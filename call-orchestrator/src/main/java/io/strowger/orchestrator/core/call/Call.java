package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What is true of a call from its creation to its end.
///
/// @param orders told to the worker so far
/// @param answers to accepted commands, the oldest first; the first is that of the creation
public record Call(
        ServerCallId id,
        UUID correlationId,
        Instant startedAt,
        @Nullable Instant answeredAt,
        Placement placement,
        long orders,
        List<Connection> connections,
        List<Leg> legs,
        List<Operation> operations,
        List<Remembered> answers,
        Map<TimerName, Instant> timers) {
    public Call {
        connections = List.copyOf(connections);
        legs = List.copyOf(legs);
        operations = List.copyOf(operations);
        answers = List.copyOf(answers);
        timers = Map.copyOf(timers);
    }

    Optional<Connection> connection(CallConnectionId wanted) {
        return connections.stream()
                .filter(connection -> connection.id().equals(wanted))
                .findFirst();
    }

    Optional<Leg> leg(LegId wanted) {
        return legs.stream().filter(leg -> leg.id().equals(wanted)).findFirst();
    }

    Optional<Leg> answeredLegOf(Identifier participant) {
        return legs.stream()
                .filter(leg ->
                        leg.isAnswered() && leg.participant().rawId().equals(participant.rawId()))
                .findFirst();
    }

    Optional<Operation> operation(OperationId wanted) {
        return operations.stream().filter(operation -> operation.id().equals(wanted)).findFirst();
    }

    List<Leg> liveLegs() {
        return legs.stream().filter(Leg::isLive).toList();
    }

    List<Leg> answeredLegs() {
        return legs.stream().filter(Leg::isAnswered).toList();
    }

    List<Connection> presentConnections() {
        return connections.stream().filter(Connection::present).toList();
    }

    Call withOrders(long next) {
        return new Call(
                id,
                correlationId,
                startedAt,
                answeredAt,
                placement,
                next,
                connections,
                legs,
                operations,
                answers,
                timers);
    }

    Call withAnsweredAt(Instant at) {
        return new Call(
                id,
                correlationId,
                startedAt,
                at,
                placement,
                orders,
                connections,
                legs,
                operations,
                answers,
                timers);
    }

    Call withLeg(LegId which, UnaryOperator<Leg> change) {
        List<Leg> next =
                legs.stream().map(leg -> leg.id().equals(which) ? change.apply(leg) : leg).toList();
        return new Call(
                id,
                correlationId,
                startedAt,
                answeredAt,
                placement,
                orders,
                connections,
                next,
                operations,
                answers,
                timers);
    }

    Call withConnection(CallConnectionId which, UnaryOperator<Connection> change) {
        List<Connection> next =
                connections.stream()
                        .map(one -> one.id().equals(which) ? change.apply(one) : one)
                        .toList();
        return new Call(
                id,
                correlationId,
                startedAt,
                answeredAt,
                placement,
                orders,
                next,
                legs,
                operations,
                answers,
                timers);
    }

    Call withOperations(List<Operation> next) {
        return new Call(
                id,
                correlationId,
                startedAt,
                answeredAt,
                placement,
                orders,
                connections,
                legs,
                next,
                answers,
                timers);
    }

    Call withAnswer(Remembered answer) {
        List<Remembered> next = new ArrayList<>(answers);
        if (next.size() > Limits.REMEMBERED_ANSWERS) {
            next.remove(1);
        }
        next.add(answer);
        return new Call(
                id,
                correlationId,
                startedAt,
                answeredAt,
                placement,
                orders,
                connections,
                legs,
                operations,
                next,
                timers);
    }

    Call withTimer(TimerName name, @Nullable Instant dueAt) {
        Map<TimerName, Instant> next = new EnumMap<>(TimerName.class);
        next.putAll(timers);
        if (dueAt == null) {
            next.remove(name);
        } else {
            next.put(name, dueAt);
        }
        return new Call(
                id,
                correlationId,
                startedAt,
                answeredAt,
                placement,
                orders,
                connections,
                legs,
                operations,
                answers,
                next);
    }
}
