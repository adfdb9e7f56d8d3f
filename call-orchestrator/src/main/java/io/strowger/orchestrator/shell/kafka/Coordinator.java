package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Refused;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.Placement;
import io.strowger.orchestrator.core.call.CallDecider;
import io.strowger.orchestrator.core.call.CallEvent;
import io.strowger.orchestrator.core.call.CallInput;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.call.Decision;
import io.strowger.orchestrator.core.call.Limits;
import io.strowger.orchestrator.core.call.Moment;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.runtime.kafka.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// One turn after the other: poll, decide each record in order, then the last state of each touched
/// call, all events, orders and replies, and the offsets in one transaction. Answers to questions
/// that changed nothing go out after it. Keeps no memory that the log does not have: drop it and
/// restore. For one thread.
public final class Coordinator {
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final int TIMERS_A_TURN = 500;
    private static final int LOST_CALLS_A_TURN = 200;
    private final TransactionalLog log;
    private final Limits limits;
    private final Supplier<Optional<Placement>> candidates;
    private final CoordinatorEvents observer;
    private final CallStateCodec stateCodec = new CallStateCodec();
    private final Map<Integer, CallPartition> partitions = new HashMap<>();
    private final Queue<LostCall> lost = new ArrayDeque<>();

    private record LostCall(int partition, ServerCallId call, Placement placement) {}

    private record Touched(int partition, CallState state) {}

    /// @param candidates where a new call would go now
    public Coordinator(
            TransactionalLog log,
            Limits limits,
            Supplier<Optional<Placement>> candidates,
            CoordinatorEvents observer) {
        this.log = log;
        this.limits = limits;
        this.candidates = candidates;
        this.observer = observer;
    }

    /// Takes a partition over with the calls that the log has.
    public void own(int partition, CallPartition calls) {
        partitions.put(partition, calls);
    }

    /// Lets a partition go. What was decided is in the log.
    public void disown(int partition) {
        partitions.remove(partition);
        lost.removeIf(call -> call.partition == partition);
    }

    /// A process of a worker is gone: its calls are dealt with in the coming turns.
    public void workerLost(Placement.Process process) {
        partitions.forEach((number, calls) ->
                calls.placedAt(process)
                        .forEach(call ->
                                calls.state(call)
                                        .placement()
                                        .ifPresent(
                                                at -> lost.add(new LostCall(number, call, at)))));
    }

    public int liveCalls() {
        return partitions.values().stream().mapToInt(CallPartition::liveCalls).sum();
    }

    /// How long a poll may last before a timer is due.
    public Duration patience(Instant now) {
        if (!lost.isEmpty()) {
            return Duration.ZERO;
        }
        Instant next =
                partitions.values().stream()
                        .map(CallPartition::nextDue)
                        .min(Instant::compareTo)
                        .orElse(Instant.MAX);
        if (next.isAfter(now.plus(LONGEST_POLL))) {
            return LONGEST_POLL;
        }
        return next.isBefore(now) ? Duration.ZERO : Duration.between(now, next);
    }

    /// One turn.
    ///
    /// @param clock asked after the poll, once
    public void turn(Instant before, Supplier<Instant> clock) {
        List<ConsumerRecord<String, byte[]>> records = log.poll(patience(before));
        Turn turn = new Turn(clock.get());
        records.forEach(turn::record);
        turn.timers();
        turn.lostCalls();
        turn.finish(records.size());
    }

    /// What one turn collects before it is written.
    private final class Turn {
        private final Instant now;
        private final Map<ServerCallId, Touched> touched = new LinkedHashMap<>();
        private final List<ProducerRecord<String, byte[]>> outputs = new ArrayList<>();
        private final List<ProducerRecord<String, byte[]>> afterCommit = new ArrayList<>();
        private boolean undecodable;

        Turn(Instant now) {
            this.now = now;
        }

        void record(ConsumerRecord<String, byte[]> record) {
            CallPartition calls = partitions.get(record.partition());
            if (calls == null) {
                throw new IllegalStateException(
                        "a record of partition " + record.partition() + ", which is not owned");
            }
            try {
                if (record.value() == null) {
                    throw new UndecodableException(
                            "a record without a value", new IllegalArgumentException());
                }
                if (record.topic().equals(Topics.CALL_COMMANDS.name())) {
                    command(record, Topics.CALL_COMMANDS.codec().decode(record.value()));
                } else {
                    var report = Topics.MEDIA_EVENTS.codec().decode(record.value());
                    decide(record.partition(), report.call(), new CallInput.Reported(report));
                }
            } catch (UndecodableException e) {
                undecodable = true;
                outputs.add(DeadLetters.of(record, String.valueOf(e.getMessage())));
                observer.deadLetter(record, String.valueOf(e.getMessage()));
            }
        }

        private void command(ConsumerRecord<String, byte[]> record, CallRequest request) {
            ServerCallId call = request.command().connection().call();
            Decision decision = decide(record.partition(), call, new CallInput.Asked(request));
            boolean changed =
                    decision instanceof Decision.Accepted(var events, var _) && !events.isEmpty();
            Answer answer =
                    switch (decision) {
                        case Decision.Accepted(var _, var given) -> given;
                        case Decision.Rejected(var error, var detail) -> new Refused(error, detail);
                    };
            observer.decided(request, decision);
            if (answer != null) {
                reply(record, new CallReply(request.commandId(), answer))
                        .ifPresent(changed ? outputs::add : afterCommit::add);
            }
        }

        void timers() {
            partitions.forEach((number, calls) ->
                    calls.takeDue(now, TIMERS_A_TURN)
                            .forEach(due ->
                                    decide(
                                            number,
                                            due.call(),
                                            new CallInput.TimerFired(due.name(), due.at()))));
        }

        void lostCalls() {
            for (int i = 0; i < LOST_CALLS_A_TURN && !lost.isEmpty(); i++) {
                LostCall next = lost.remove();
                decide(next.partition, next.call, new CallInput.WorkerLost(next.placement));
            }
        }

        private Decision decide(int partition, ServerCallId call, CallInput input) {
            CallPartition calls = partitions.get(partition);
            if (calls == null) {
                throw new IllegalStateException("partition " + partition + " is not owned");
            }
            CallState before = calls.state(call);
            boolean mayPlace =
                    input instanceof CallInput.Asked && before instanceof CallState.NotCreated;
            Decision decision =
                    CallDecider.decide(
                            before,
                            input,
                            new Moment(
                                    now, limits, mayPlace ? candidates.get() : Optional.empty()));
            if (decision instanceof Decision.Accepted(var events, var _) && !events.isEmpty()) {
                CallState after = calls.apply(call, events);
                touched.put(call, new Touched(partition, after));
                events.forEach(event -> output(partition, event));
                observer.changed(call, before, after, events);
            }
            return decision;
        }

        private void output(int partition, CallEvent event) {
            switch (event) {
                case CallEvent.Ordered(var order) ->
                        outputs.add(
                                new ProducerRecord<>(
                                        Topics.MEDIA_COMMANDS.name(),
                                        order.placement().worker().ordinal(),
                                        order.call().toString(),
                                        Topics.MEDIA_COMMANDS.codec().encode(order)));
                case CallEvent.Told(var told) ->
                        outputs.add(
                                new ProducerRecord<>(
                                        Topics.CALL_EVENTS.name(),
                                        partition,
                                        told.call().toString(),
                                        Topics.CALL_EVENTS.codec().encode(told)));
                case CallEvent.Recorded(var record) ->
                        outputs.add(
                                new ProducerRecord<>(
                                        Topics.CALL_RECORDS.name(),
                                        partition,
                                        record.call().toString(),
                                        Topics.CALL_RECORDS.codec().encode(record)));
                case CallEvent.Created _,
                        CallEvent.LegRang _,
                        CallEvent.LegAnswered _,
                        CallEvent.LegChanged _,
                        CallEvent.LegOver _,
                        CallEvent.ConnectionLeft _,
                        CallEvent.RosterTold _,
                        CallEvent.OperationAccepted _,
                        CallEvent.OperationMoved _,
                        CallEvent.OperationOver _,
                        CallEvent.EndBegan _,
                        CallEvent.Ended _,
                        CallEvent.Forgotten _,
                        CallEvent.TimerSet _,
                        CallEvent.Answered _ -> {
                    // Changes the state only.
                }
            }
        }

        void finish(int polled) {
            if (!touched.isEmpty() || undecodable) {
                log.begin();
                touched.forEach((call, last) -> log.write(stateRecord(call, last)));
                outputs.forEach(log::write);
                log.commit();
                observer.committed(polled);
            }
            afterCommit.forEach(log::send);
        }

        private ProducerRecord<String, byte[]> stateRecord(ServerCallId call, Touched last) {
            byte[] value =
                    last.state instanceof CallState.NotCreated
                            ? null
                            : stateCodec.encode(last.state);
            return new ProducerRecord<>(
                    Topics.CALL_STATE.name(), last.partition, call.toString(), value);
        }
    }

    private static Optional<ProducerRecord<String, byte[]>> reply(
            ConsumerRecord<String, byte[]> command, CallReply reply) {
        Header partition = command.headers().lastHeader(KafkaHeaders.REPLY_PARTITION);
        if (partition == null) {
            return Optional.empty(); // asked without waiting for an answer
        }
        int number = Integer.parseInt(new String(partition.value(), StandardCharsets.UTF_8));
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.CALL_REPLIES.name(),
                        number,
                        command.key(),
                        Topics.CALL_REPLIES.codec().encode(reply));
        copy(command.headers(), record.headers(), KafkaHeaders.CORRELATION);
        copy(command.headers(), record.headers(), KafkaHeaders.GATEWAY_EPOCH);
        return Optional.of(record);
    }

    private static void copy(Headers from, Headers to, String name) {
        Header header = from.lastHeader(name);
        if (header != null) {
            to.add(header);
        }
    }
}
