package io.strowger.orchestrator.shell.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.orchestrator.core.call.CallEvent;
import io.strowger.orchestrator.core.call.CallInput;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.call.Decision;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.telemetry.Spans;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.runtime.telemetry.TraceSpan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts and logs a call's life: created, ringing, connected, disconnecting, ended.
final class CoordinatorTelemetry implements CoordinatorEvents {
    private static final Logger LOG = LoggerFactory.getLogger("io.strowger.call");
    private final Telemetry telemetry;
    private final Spans spans;
    private final DistributionSummary batches;
    private final Timer restores;
    private final Counter capped;

    CoordinatorTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
        this.spans = telemetry.tracing().of("call-orchestrator");
        this.restores = telemetry.timer(Telemetry.COORDINATOR_RESTORE);
        this.capped = telemetry.counter(Telemetry.CALLS_CAPPED);
        this.batches = telemetry.summary(Telemetry.COORDINATOR_BATCH);
    }

    private enum Outcome {
        ACCEPTED,
        REJECTED
    }

    @Override
    public TraceSpan deciding(ServerCallId call, CallInput input, @Nullable TraceContext cause) {
        if (!spans.isOn()) {
            return TraceSpan.passing(cause);
        }
        String type =
                switch (input) {
                    case CallInput.Asked(var request) ->
                            request.command().getClass().getSimpleName();
                    case CallInput.Reported(var report) ->
                            report.event().getClass().getSimpleName();
                    case CallInput.RecordingReported(var event) ->
                            "Recording" + event.getClass().getSimpleName();
                    case CallInput.TimerFired fired -> "timer " + fired.name();
                    case CallInput.WorkerLost _ -> "WorkerLost";
                    case CallInput.WorkerLeaving _ -> "WorkerLeaving";
                };
        String name = "decide " + type;
        boolean ownAccord =
                input instanceof CallInput.TimerFired
                        || input instanceof CallInput.WorkerLost
                        || input instanceof CallInput.WorkerLeaving;
        return (ownAccord ? spans.internal(name, cause) : spans.consumer(name, cause))
                .set("strowger.server_call_id", call.toString());
    }

    @Override
    public void decided(CallRequest request, Decision decision) {
        Outcome outcome = decision.refusal().isEmpty() ? Outcome.ACCEPTED : Outcome.REJECTED;
        String type = request.command().getClass().getSimpleName();
        telemetry.counter(Telemetry.COMMANDS, "type", type, "outcome", outcome).increment();
        if (decision instanceof Decision.Rejected(var error, var _)
                && error == CallError.TOO_MANY_REQUESTS
                && isForACall(request.command())) {
            capped.increment();
        }
    }

    private static boolean isForACall(CallCommand command) {
        return command instanceof CallCommand.CreateCall
                || command instanceof CallCommand.Answer
                || command instanceof CallCommand.Redirect;
    }

    @Override
    public void changed(
            ServerCallId call, CallState before, CallState after, List<CallEvent> events) {
        if (before.getClass() != after.getClass()) {
            LOG.atInfo()
                    .addKeyValue(LogFields.SERVER_CALL_ID, call)
                    .addKeyValue("from", before.getClass().getSimpleName())
                    .addKeyValue("to", after.getClass().getSimpleName())
                    .log("call state");
        }
        for (CallEvent event : events) {
            if (event instanceof CallEvent.Recorded(var record)) {
                ended(record);
            }
        }
    }

    private void ended(CallRecord record) {
        Duration duration = Duration.between(record.startedAt(), record.endedAt());
        telemetry
                .timer(Telemetry.CALL_DURATION, "termination", record.termination())
                .record(duration);
        LOG.atInfo()
                .addKeyValue(LogFields.SERVER_CALL_ID, record.call())
                .addKeyValue(LogFields.CORRELATION_ID, record.correlationId())
                .addKeyValue("durationMs", duration.toMillis())
                .addKeyValue("answered", record.answeredAt() != null)
                .addKeyValue("legs", record.legs().size())
                .addKeyValue("termination", record.termination().name().toLowerCase(Locale.ROOT))
                .addKeyValue("code", record.result().code())
                .addKeyValue("subCode", record.result().subCode())
                .log("call ended");
    }

    @Override
    public void deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
        DeadLetters.tell(record, reason, telemetry);
    }

    @Override
    public void skipped(String input, String reason) {
        DeadLetters.count(Topics.CALL_STATE.name(), telemetry);
        LOG.atError()
                .addKeyValue("input", input)
                .addKeyValue(LogFields.REASON, reason)
                .log("input left out until the next start");
    }

    /// Partitions were taken over.
    void restored(int partitions, long ns) {
        restores.record(ns, TimeUnit.NANOSECONDS);
        LOG.atInfo()
                .addKeyValue("partitions", partitions)
                .addKeyValue("durationMs", Duration.ofNanos(ns).toMillis())
                .log("calls restored");
    }

    @Override
    public void committed(int records) {
        batches.record(records);
    }
}
