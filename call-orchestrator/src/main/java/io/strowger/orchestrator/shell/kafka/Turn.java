package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.orchestrator.core.call.CallDecider;
import io.strowger.orchestrator.core.call.CallEvent;
import io.strowger.orchestrator.core.call.CallInput;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.call.Decision;
import io.strowger.orchestrator.core.call.Moment;
import io.strowger.orchestrator.core.call.Moment.House;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.telemetry.TraceHeaders;
import io.strowger.runtime.telemetry.TraceSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// What one turn of the coordinator collects before it is written.
final class Turn {
    private final Instant now;
    private final House house;
    private final Surroundings others;
    private final Map<Integer, CallPartition> partitions;
    private final Suspects suspects;
    private final CoordinatorEvents observer;
    private final CallStateCodec stateCodec;
    private final Map<ServerCallId, Touched> touched = new LinkedHashMap<>();
    private final List<ProducerRecord<String, byte[]>> outputs = new ArrayList<>();
    private final List<ProducerRecord<String, byte[]>> questionsAnswered = new ArrayList<>();
    private final List<TraceSpan> spans = new ArrayList<>();

    private record Touched(int partition, CallState state) {}

    Turn(
            Instant now,
            House house,
            Surroundings others,
            Map<Integer, CallPartition> partitions,
            Suspects suspects,
            CoordinatorEvents observer,
            CallStateCodec stateCodec) {
        this.now = now;
        this.house = house;
        this.others = others;
        this.partitions = partitions;
        this.suspects = suspects;
        this.observer = observer;
        this.stateCodec = stateCodec;
    }

    /// A record that cannot be read, or that broke too many lives, becomes a dead letter in the
    /// same transaction.
    void record(ConsumerRecord<String, byte[]> record) {
        String input = record.topic() + "/" + record.partition() + "/" + record.offset();
        Optional<String> verdict = suspects.verdict(input);
        if (verdict.isPresent()) {
            deadLetter(record, verdict.get());
            return;
        }
        suspects.begin(input);
        try {
            if (record.topic().equals(Topics.CALL_COMMANDS.name())) {
                command(record);
            } else if (record.topic().equals(Topics.RECORDING_EVENTS.name())) {
                recordingReport(record);
            } else {
                report(record);
            }
        } catch (UndecodableException e) {
            deadLetter(record, String.valueOf(e.getMessage()));
        }
        suspects.passed();
    }

    private void deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
        outputs.add(DeadLetters.of(record, reason));
        observer.deadLetter(record, reason);
    }

    private void report(ConsumerRecord<String, byte[]> record) throws UndecodableException {
        MediaReport report = Topics.MEDIA_EVENTS.codec().decode(LogRecords.value(record));
        LogRecords.checkKey(record, report.call());
        decide(record, report.call(), new CallInput.Reported(report));
    }

    private void recordingReport(ConsumerRecord<String, byte[]> record)
            throws UndecodableException {
        RecordingEvent event = Topics.RECORDING_EVENTS.codec().decode(LogRecords.value(record));
        ServerCallId call = event.recording().call();
        LogRecords.checkKey(record, call);
        decide(record, call, new CallInput.RecordingReported(event));
    }

    private void command(ConsumerRecord<String, byte[]> record) throws UndecodableException {
        CallRequest request = Topics.CALL_COMMANDS.codec().decode(LogRecords.value(record));
        ServerCallId call = request.command().call();
        LogRecords.checkKey(record, call);
        OptionalInt replyTo = LogRecords.replyPartition(record);
        Decision decision = decide(record, call, new CallInput.Asked(request));
        Answer answer = decision.answer();
        observer.decided(request, decision);
        if (answer != null && replyTo.isPresent()) {
            boolean question = CallDecider.isQuestion(request.command());
            (question ? questionsAnswered : outputs)
                    .add(
                            LogRecords.reply(
                                    record,
                                    replyTo.getAsInt(),
                                    new CallReply(request.commandId(), answer)));
        }
    }

    void timer(int partition, CallPartition.Due due) {
        internal(partition, due.call(), new CallInput.TimerFired(due.name(), due.at()));
    }

    void displaced(int partition, ServerCallId call, CallInput input) {
        internal(partition, call, input);
    }

    /// An input that is no record: when it broke too many lives it is left out in this one, so that
    /// the other calls of the partition go on.
    private void internal(int partition, ServerCallId call, CallInput input) {
        String name = input + " of " + call;
        Optional<String> verdict = suspects.verdict(name);
        if (verdict.isPresent()) {
            observer.skipped(name, verdict.get());
            return;
        }
        suspects.begin(name);
        decide(partition, call, input, null);
        suspects.passed();
    }

    private Decision decide(
            ConsumerRecord<String, byte[]> record, ServerCallId call, CallInput input) {
        return decide(record.partition(), call, input, TraceHeaders.read(record.headers()));
    }

    private Decision decide(
            int partition, ServerCallId call, CallInput input, @Nullable TraceContext cause) {
        CallPartition calls = partitions.get(partition);
        if (calls == null) {
            throw new IllegalStateException("partition " + partition + " is not owned");
        }
        TraceSpan span = observer.deciding(call, input, cause);
        if (span.isRecording()) {
            spans.add(span);
        }
        try (TraceSpan.LogScope _ = span.inLogs()) {
            Decision decision = decide(partition, calls, call, input, span.context());
            decision.refusal()
                    .ifPresent(refused ->
                            span.set("strowger.outcome", "rejected")
                                    .set("error.type", refused.error().code()));
            return decision;
        }
    }

    private Decision decide(
            int partition,
            CallPartition calls,
            ServerCallId call,
            CallInput input,
            @Nullable TraceContext trace) {
        CallState before = calls.state(call);
        Moment moment =
                new Moment(
                        now,
                        house,
                        mayPlace(before, input) ? others.candidate() : Optional.empty(),
                        this::running);
        Decision decision = CallDecider.decide(before, input, moment);
        if (decision instanceof Decision.Accepted(var events, var _) && !events.isEmpty()) {
            CallState after = calls.apply(call, events);
            touched.put(call, new Touched(partition, after));
            for (CallEvent event : events) {
                LogRecords.of(partition, event)
                        .ifPresent(record -> {
                            TraceHeaders.write(record.headers(), trace);
                            outputs.add(record);
                        });
            }
            observer.changed(call, before, after, events);
        }
        return decision;
    }

    private int running(String application) {
        int own = partitions.values().stream().mapToInt(calls -> calls.running(application)).sum();
        return own + others.runningElsewhere(application, partitions.keySet());
    }

    /// A candidate counts as taken once it was given: so it is given only to who may use it.
    private static boolean mayPlace(CallState before, CallInput input) {
        return switch (input) {
            case CallInput.Asked _ -> before instanceof CallState.NotCreated;
            case CallInput.WorkerLost _, CallInput.WorkerLeaving _ -> before.isGoingOn();
            case CallInput.Reported _, CallInput.RecordingReported _, CallInput.TimerFired _ ->
                    false;
        };
    }

    /// Answers to commands, refusals too, are given with the offsets or not at all: a command that
    /// is read again after a crash might find another state and get another answer. Questions may
    /// be answered again, so a turn of nothing but questions needs no transaction.
    ///
    /// @param settle whether the offsets are to be written even so
    /// @return whether they were
    boolean finish(TransactionalLog log, int polled, boolean settle) {
        if (touched.isEmpty() && outputs.isEmpty() && !settle) {
            questionsAnswered.forEach(log::send);
            endSpans();
            return false;
        }
        log.begin();
        touched.forEach((call, last) -> log.write(state(call, last)));
        outputs.forEach(log::write);
        questionsAnswered.forEach(log::write);
        log.commit();
        endSpans();
        observer.committed(polled);
        return true;
    }

    private void endSpans() {
        spans.forEach(TraceSpan::end);
        spans.clear();
    }

    /// Nothing more is done in it. What it decided and did not write is decided again by the next.
    void over() {
        spans.forEach(span -> span.fail("turn_failed").end());
    }

    private ProducerRecord<String, byte[]> state(ServerCallId call, Touched last) {
        byte[] value =
                last.state instanceof CallState.NotCreated ? null : stateCodec.encode(last.state);
        return new ProducerRecord<>(
                Topics.CALL_STATE.name(), last.partition, call.toString(), value);
    }
}
