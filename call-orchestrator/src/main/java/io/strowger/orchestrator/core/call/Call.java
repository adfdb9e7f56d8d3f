package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.event.CallRecord.Direction;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.placement.Placement;
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
/// @param owner the application that it counts for, by the id of the access key that created,
///   answered or passed it on; null: none
/// @param incoming a call to an application that waits for its answer; null: none
/// @param orders told so far to the worker that it is placed at
/// @param former where its phones are served until they have turned to where it is placed; null:
///   they have
/// @param answers to accepted commands, the oldest first; the first is that of the creation
public record Call(
        ServerCallId id,
        UUID correlationId,
        Direction direction,
        Instant startedAt,
        @Nullable Instant answeredAt,
        Placement placement,
        long orders,
        @Nullable String owner,
        @Nullable Former former,
        @Nullable Incoming incoming,
        List<Connection> connections,
        List<Leg> legs,
        List<Operation> operations,
        List<Listening> listening,
        List<Recording> recordings,
        List<Remembered> answers,
        Map<TimerName, Instant> timers) {
    public Call {
        connections = List.copyOf(connections);
        legs = List.copyOf(legs);
        operations = List.copyOf(operations);
        listening = List.copyOf(listening);
        recordings = List.copyOf(recordings);
        answers = List.copyOf(answers);
        timers = Map.copyOf(timers);
    }

    /// A call in which nothing happened yet.
    static Call begun(
            ServerCallId id,
            UUID correlationId,
            Direction direction,
            Placement placement,
            Instant at) {
        return new Call(
                id,
                correlationId,
                direction,
                at,
                null,
                placement,
                0,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    Optional<Connection> connection(CallConnectionId wanted) {
        return connections.stream()
                .filter(connection -> connection.id().equals(wanted))
                .findFirst();
    }

    CallConnectionId nextConnectionId() {
        return id.connection(connections.size() + 1);
    }

    Optional<Leg> leg(LegId wanted) {
        return legs.stream().filter(leg -> leg.id().equals(wanted)).findFirst();
    }

    LegId nextLegId() {
        return new LegId(legs.size() + 1);
    }

    Optional<Leg> answeredLegOf(Identifier participant) {
        return legs.stream().filter(leg -> leg.isAnswered() && leg.is(participant)).findFirst();
    }

    Optional<Operation> operation(OperationId wanted) {
        return operations.stream().filter(operation -> operation.id().equals(wanted)).findFirst();
    }

    Optional<Recording> recording(RecordingId wanted) {
        return recordings.stream().filter(one -> one.id().equals(wanted)).findFirst();
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

    /// The same call at another worker, which was told nothing yet.
    Call placedAt(Placement next) {
        Change change = new Change(this);
        change.placement = next;
        change.orders = 0;
        return change.done();
    }

    /// The same: one that leaves serves its phones until they have turned there.
    Call handedOverTo(Placement next, List<LegId> awaited) {
        Change change = new Change(this);
        change.former = new Former(placement, orders, awaited);
        change.placement = next;
        change.orders = 0;
        return change.done();
    }

    Call withFormer(@Nullable Former next) {
        Change change = new Change(this);
        change.former = next;
        return change.done();
    }

    /// After an order to the worker that it is placed at, or to the former one.
    Call told(MediaOrder order) {
        Change change = new Change(this);
        if (former != null && order.placement().equals(former.placement())) {
            change.former = former.told(order.orderSequence());
        } else {
            change.orders = order.orderSequence();
        }
        return change.done();
    }

    Call withAnsweredAt(Instant at) {
        Change change = new Change(this);
        change.answeredAt = at;
        return change.done();
    }

    Call withOwner(String next) {
        Change change = new Change(this);
        change.owner = next;
        return change.done();
    }

    Call withDirection(Direction next) {
        Change change = new Change(this);
        change.direction = next;
        return change.done();
    }

    Call withIncoming(@Nullable Incoming next) {
        Change change = new Change(this);
        change.incoming = next;
        return change.done();
    }

    Call withLeg(Leg added) {
        Change change = new Change(this);
        change.legs = plus(legs, added);
        return change.done();
    }

    Call withLeg(LegId which, UnaryOperator<Leg> changed) {
        Change change = new Change(this);
        change.legs =
                legs.stream()
                        .map(leg -> leg.id().equals(which) ? changed.apply(leg) : leg)
                        .toList();
        return change.done();
    }

    Call withConnection(Connection added) {
        Change change = new Change(this);
        change.connections = plus(connections, added);
        return change.done();
    }

    Call withConnection(CallConnectionId which, UnaryOperator<Connection> changed) {
        Change change = new Change(this);
        change.connections =
                connections.stream()
                        .map(one -> one.id().equals(which) ? changed.apply(one) : one)
                        .toList();
        return change.done();
    }

    Call withOperation(Operation added) {
        return withOperations(plus(operations, added));
    }

    Call withOperation(OperationId which, UnaryOperator<Operation> changed) {
        return withOperations(
                operations.stream()
                        .map(one -> one.id().equals(which) ? changed.apply(one) : one)
                        .toList());
    }

    Call withOperations(List<Operation> next) {
        Change change = new Change(this);
        change.operations = next;
        return change.done();
    }

    Call withListening(Listening added) {
        return withListening(plus(listening, added));
    }

    Call withListening(List<Listening> next) {
        Change change = new Change(this);
        change.listening = next;
        return change.done();
    }

    /// A new recording, or one that changed.
    Call withRecording(Recording recording) {
        Change change = new Change(this);
        change.recordings =
                recording(recording.id()).isEmpty()
                        ? plus(recordings, recording)
                        : recordings.stream()
                                .map(one -> one.id().equals(recording.id()) ? recording : one)
                                .toList();
        return change.done();
    }

    Call withAnswer(Remembered answer) {
        List<Remembered> next = new ArrayList<>(answers);
        int most = answer.isRepeatable() ? Limits.REPEATABLE_ANSWERS : Limits.REMEMBERED_ANSWERS;
        List<Remembered> likewise =
                answers.stream()
                        .skip(1)
                        .filter(one -> one.isRepeatable() == answer.isRepeatable())
                        .toList();
        if (likewise.size() >= most) {
            next.remove(likewise.getFirst());
        }
        next.add(answer);
        Change change = new Change(this);
        change.answers = next;
        return change.done();
    }

    Call withTimer(TimerName name, @Nullable Instant dueAt) {
        Map<TimerName, Instant> next = new EnumMap<>(TimerName.class);
        next.putAll(timers);
        if (dueAt == null) {
            next.remove(name);
        } else {
            next.put(name, dueAt);
        }
        Change change = new Change(this);
        change.timers = next;
        return change.done();
    }

    private static <T> List<T> plus(List<T> list, T added) {
        List<T> next = new ArrayList<>(list);
        next.add(added);
        return next;
    }

    /// A copy in the making.
    private static final class Change {
        private final Call from;
        private Direction direction;
        private @Nullable Instant answeredAt;
        private Placement placement;
        private long orders;
        private @Nullable String owner;
        private @Nullable Former former;
        private @Nullable Incoming incoming;
        private List<Connection> connections;
        private List<Leg> legs;
        private List<Operation> operations;
        private List<Listening> listening;
        private List<Recording> recordings;
        private List<Remembered> answers;
        private Map<TimerName, Instant> timers;

        Change(Call from) {
            this.from = from;
            direction = from.direction;
            answeredAt = from.answeredAt;
            placement = from.placement;
            orders = from.orders;
            owner = from.owner;
            former = from.former;
            incoming = from.incoming;
            connections = from.connections;
            legs = from.legs;
            operations = from.operations;
            listening = from.listening;
            recordings = from.recordings;
            answers = from.answers;
            timers = from.timers;
        }

        Call done() {
            return new Call(
                    from.id,
                    from.correlationId,
                    direction,
                    from.startedAt,
                    answeredAt,
                    placement,
                    orders,
                    owner,
                    former,
                    incoming,
                    connections,
                    legs,
                    operations,
                    listening,
                    recordings,
                    answers,
                    timers);
        }
    }
}
