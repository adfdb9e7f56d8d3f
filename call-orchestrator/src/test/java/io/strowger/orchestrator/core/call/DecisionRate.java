package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.orchestrator.core.call.CallInput.Asked;
import io.strowger.orchestrator.core.call.CallInput.Reported;
import io.strowger.orchestrator.core.call.Decision.Accepted;
import io.strowger.orchestrator.shell.kafka.CallStateCodec;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Measures one core: how many inputs a second are read, decided, applied and written, codecs
/// included, without Kafka. Seconds are of this thread's CPU, so that a busy machine does not
/// count. Run by hand; prints one JSON line a second.
final class DecisionRate {
    private static final int SECONDS = 10;
    private static final CallStateCodec STATES = new CallStateCodec();
    private long bytes;

    private DecisionRate() {}

    public static void main(String[] args) throws UndecodableException {
        DecisionRate rate = new DecisionRate();
        for (int second = 0; second < SECONDS; second++) {
            rate.bytes = 0;
            long inputs = 0;
            long startNs = cpuNs();
            while (cpuNs() - startNs < 1_000_000_000L) {
                inputs += rate.call();
            }
            System.out.printf(
                    Locale.ROOT,
                    "{\"second\":%d,\"inputs\":%d,\"bytesPerInput\":%d}%n",
                    second,
                    inputs,
                    rate.bytes / inputs);
        }
    }

    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// One call of eight inputs, each as bytes in, bytes out.
    private int call() throws UndecodableException {
        List<CallInput> inputs =
                List.of(
                        Inputs.create(Inputs.NEWEST, Inputs.ALICE),
                        Inputs.rings(1),
                        Inputs.answers(1),
                        Inputs.plays(1),
                        Inputs.starts(1),
                        Inputs.finishes(1, PlayOutcome.COMPLETED),
                        Inputs.presses(1, Tone.ONE, 1),
                        Inputs.hangsUpFromFar(1));
        CallState state = new CallState.NotCreated();
        for (CallInput input : inputs) {
            Decision decision =
                    CallDecider.decide(
                            state,
                            overTheWire(input),
                            new Moment(
                                    CallScenario.START,
                                    CallScenario.HOUSE,
                                    Optional.of(Inputs.PLACEMENT),
                                    _ -> 0));
            if (decision instanceof Accepted(var events, var _) && !events.isEmpty()) {
                for (CallEvent event : events) {
                    state = CallEvolution.evolve(state, event);
                    bytes += written(event);
                }
                bytes += STATES.encode(state).length;
            }
        }
        return inputs.size();
    }

    private static CallInput overTheWire(CallInput input) throws UndecodableException {
        return switch (input) {
            case Asked(var request) ->
                    new Asked(
                            Topics.CALL_COMMANDS
                                    .codec()
                                    .decode(Topics.CALL_COMMANDS.codec().encode(request)));
            case Reported(var report) ->
                    new Reported(
                            Topics.MEDIA_EVENTS
                                    .codec()
                                    .decode(Topics.MEDIA_EVENTS.codec().encode(report)));
            case CallInput.RecordingReported _,
                    CallInput.TimerFired _,
                    CallInput.WorkerLost _,
                    CallInput.WorkerLeaving _ ->
                    input;
        };
    }

    private static int written(CallEvent event) {
        return switch (event) {
            case CallEvent.Told(var _, var told) -> Topics.CALL_EVENTS.codec().encode(told).length;
            case CallEvent.Ordered(var order) -> Topics.MEDIA_COMMANDS.codec().encode(order).length;
            case CallEvent.Recorded(var record) ->
                    Topics.CALL_RECORDS.codec().encode(record).length;
            default -> 0;
        };
    }
}
