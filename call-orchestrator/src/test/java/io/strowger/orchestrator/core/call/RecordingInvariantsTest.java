package io.strowger.orchestrator.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingState;
import io.strowger.orchestrator.core.call.CallInput.RecordingReported;
import io.strowger.orchestrator.core.call.CallInput.TimerFired;
import io.strowger.orchestrator.core.call.CallInput.WorkerLost;
import io.strowger.orchestrator.core.call.Decision.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds of recordings whatever happens in whatever order, until the call is over.
class RecordingInvariantsTest {
    private static final int STEPS = 80;
    private final List<CallEvent> history = new ArrayList<>();
    private CallState state = new CallState.NotCreated();
    private Instant now = CallScenario.START;
    private Optional<Placement> candidate = Optional.of(Inputs.PLACEMENT);
    private long commands = 1;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRecordingEndsOnce(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        step(Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB));
        step(Inputs.answers(1));
        step(Inputs.answers(2));

        for (int i = 0; i < STEPS; i++) {
            candidate = Inputs.candidate(random);
            now = now.plusMillis(random.nextInt(3_000));
            step(input(random));
        }
        letItEnd();

        assertInstanceOf(CallState.Ended.class, state);
        checkEnds();
        checkStates();
        checkOrders();
    }

    private CallInput input(SplittableRandom random) {
        RecordingId recording = Inputs.CALL.recording(1 + random.nextInt(3));
        long number = ++commands;
        return switch (random.nextInt(40)) {
            case 0 -> Inputs.terminates();
            case 1 -> Inputs.hangsUpFromFar(1 + random.nextInt(2));
            case 2 -> random.nextBoolean() ? new WorkerLost(Inputs.PLACEMENT) : Inputs.answers(2);
            case 3, 4 -> Recorder.failed(recording);
            case 5, 6 -> Recorder.notOpened(recording);
            case 7, 8, 9 -> Recorder.finished(recording);
            case 10, 11, 12, 13 -> Recorder.opened(recording);
            case 14, 15, 16 -> Recorder.stopped(recording, random.nextInt(90_000));
            case 17, 18 -> Recorder.lost(recording, random.nextInt(90_000), 1600);
            case 19, 20 ->
                    Recorder.wasPaused(recording, random.nextInt(90_000), Duration.ofSeconds(1));
            case 21, 22 -> fired(TimerName.RECORDING_STOP);
            case 23, 24, 25, 26 ->
                    Inputs.asks(
                            1000 + number,
                            new io.strowger.contracts.call.CallCommand.PauseRecording(recording));
            case 27, 28, 29, 30 ->
                    Inputs.asks(
                            1000 + number,
                            new io.strowger.contracts.call.CallCommand.ResumeRecording(recording));
            case 31, 32 ->
                    Inputs.asks(
                            1000 + number,
                            new io.strowger.contracts.call.CallCommand.StopRecording(recording));
            case 33, 34 -> Recorder.recordsPaused(1000 + number);
            default -> Recorder.records(1000 + number);
        };
    }

    private CallInput fired(TimerName name) {
        return new TimerFired(name, state.timers().getOrDefault(name, now));
    }

    /// The call ends, the worker stops what it was told to, the recording-service finishes it.
    private void letItEnd() {
        step(Inputs.terminates());
        step(Inputs.isHungUp(1));
        step(Inputs.isHungUp(2));
        if (state instanceof CallState.Live live) {
            for (Recording recording : live.call().recordings()) {
                if (recording.awaitsMedia()) {
                    step(Recorder.stopped(recording.id(), 8000));
                }
                step(Recorder.finished(recording.id()));
            }
        }
    }

    private void step(CallInput given) {
        CallInput input = Inputs.atPresent(given, state);
        Decision decision =
                CallDecider.decide(
                        state, input, new Moment(now, CallScenario.HOUSE, candidate, _ -> 0));
        if (decision instanceof Accepted(var events, var _)) {
            for (CallEvent event : events) {
                state = CallEvolution.evolve(state, event);
                history.add(event);
            }
            if (!events.isEmpty()) {
                assertEquals(state, CallScenario.roundTrip(state), () -> "after " + input);
            }
        }
        assertTrue(
                !(input instanceof RecordingReported) || decision instanceof Accepted,
                "a report was refused");
    }

    private Set<RecordingId> begun() {
        Set<RecordingId> begun = new HashSet<>();
        for (RecordingCommand command : ordered()) {
            if (command instanceof RecordingCommand.Open) {
                assertTrue(begun.add(command.recording()), "opened twice");
            }
        }
        return begun;
    }

    private List<RecordingCommand> ordered() {
        return history.stream()
                .filter(CallEvent.RecordingOrdered.class::isInstance)
                .map(event -> ((CallEvent.RecordingOrdered) event).command())
                .toList();
    }

    private List<EventRecord> told() {
        return history.stream()
                .filter(CallEvent.Told.class::isInstance)
                .map(event -> ((CallEvent.Told) event).event())
                .toList();
    }

    /// Each ends in exactly one of: it never started, there is a file, there is none.
    private void checkEnds() {
        Map<RecordingId, Integer> ends = new HashMap<>();
        for (EventRecord event : told()) {
            switch (event.event()) {
                case SubscriberEvent.StartRecordingFailed(var id) ->
                        ends.merge(id, 1, Integer::sum);
                case SubscriberEvent.RecordingFileStatusUpdated file ->
                        ends.merge(file.recording(), 1, Integer::sum);
                default -> {
                    // Goes on.
                }
            }
        }
        assertEquals(begun(), ends.keySet());
        assertTrue(ends.values().stream().allMatch(count -> count == 1), "ended twice: " + ends);
    }

    /// Nobody is told the same state twice in a row, and an end is the last word.
    private void checkStates() {
        Map<RecordingId, RecordingState> last = new HashMap<>();
        for (EventRecord event : told()) {
            if (event.event()
                    instanceof SubscriberEvent.RecordingStateChanged(var id, var next, var _)) {
                assertTrue(last.put(id, next) != next, "told twice: " + id + " " + next);
            }
        }
        assertTrue(
                last.values().stream().allMatch(one -> one == RecordingState.INACTIVE),
                "still active: " + last);
    }

    private void checkOrders() {
        Set<RecordingId> finished = new HashSet<>();
        for (RecordingCommand command : ordered()) {
            if (command instanceof RecordingCommand.Finish) {
                assertTrue(finished.add(command.recording()), "finished twice");
            }
        }
        Set<RecordingId> stopped = new HashSet<>();
        for (CallEvent event : history) {
            if (event instanceof CallEvent.Ordered(MediaOrder order)
                    && order.command() instanceof MediaCommand.StopRecording(var id)) {
                assertTrue(stopped.add(id), "stopped twice");
            }
        }
    }
}
