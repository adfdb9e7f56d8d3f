package io.strowger.orchestrator.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.Decision.Accepted;
import java.net.URI;
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
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds whatever happens in whatever order: random inputs, sensible and senseless, until the
/// call is over.
class CallInvariantsTest {
    private static final int STEPS = 120;
    private final List<CallEvent> history = new ArrayList<>();
    private final Set<UUID> acceptedOperations = new HashSet<>();
    private CallState state = new CallState.NotCreated();
    private Instant now = CallScenario.START;
    private Optional<Placement> candidate = Optional.of(Inputs.PLACEMENT);
    private long commands = 5000;
    private long operations = 1;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void holdWhateverHappens(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        step(create(random));

        for (int i = 0; i < STEPS; i++) {
            candidate = Inputs.candidate(random);
            now = now.plusMillis(random.nextInt(5_000));
            step(input(random));
        }
        finish();

        assertTrue(state instanceof CallState.Ended, "not over: " + state);
        checkReplay();
        checkEventSequences();
        checkOrders();
        checkOperations();
        checkEnd();
    }

    /// Lets the timers end whatever is left, as they would in the end.
    private void finish() {
        while (state instanceof CallState.Live live) {
            var next =
                    live.call().timers().entrySet().stream()
                            .min(Map.Entry.comparingByValue())
                            .orElseThrow(
                                    () -> new AssertionError("alive without a timer: " + live));
            now = next.getValue();
            step(new CallInput.TimerFired(next.getKey(), next.getValue()));
        }
    }

    private void step(CallInput given) {
        CallInput input = Inputs.atPresent(given, state);
        Decision decision =
                CallDecider.decide(
                        state, input, new Moment(now, CallScenario.HOUSE, candidate, _ -> 0));
        if (decision instanceof Accepted(var events, var answer)) {
            if (answer instanceof OperationStarted started
                    && input instanceof CallInput.Asked(var request)
                    && !(request.command() instanceof CallCommand.CancelAllMedia)) {
                acceptedOperations.add(started.operationId().value());
            }
            for (CallEvent event : events) {
                state = CallEvolution.evolve(state, event);
                history.add(event);
            }
            if (!events.isEmpty()) {
                assertEquals(state, CallScenario.roundTrip(state));
            }
        }
    }

    private static CallInput create(SplittableRandom random) {
        ApiVersion[] versions = ApiVersion.values();
        Set<RequestedEvent> requested = new HashSet<>();
        for (RequestedEvent event : RequestedEvent.values()) {
            if (random.nextBoolean()) {
                requested.add(event);
            }
        }
        ApiVersion version = versions[random.nextInt(versions.length)];
        return switch (random.nextInt(3)) {
            case 0 -> Inputs.create(version, requested, Inputs.ALICE);
            case 1 -> Inputs.create(version, requested, Inputs.ALICE, Inputs.BOB);
            default -> Inputs.create(version, requested, Inputs.ALICE, Inputs.BOB, Inputs.USER);
        };
    }

    private CallInput input(SplittableRandom random) {
        int leg = 1 + random.nextInt(4);
        // A report of any operation there was; a command that is new, or a retry of a recent one.
        long reported = 1L + random.nextInt((int) operations);
        long operation =
                random.nextInt(4) == 0
                        ? Math.max(1L, operations - random.nextInt(3))
                        : ++operations;
        return switch (random.nextInt(100)) {
            case 0 -> Inputs.asks(++commands, new CallCommand.HangUp(Inputs.CONNECTION));
            case 1 -> Inputs.asks(++commands, new CallCommand.Terminate(Inputs.CONNECTION));
            case 2 -> new CallInput.WorkerLost(random.nextBoolean() ? Inputs.PLACEMENT : stale());
            case 46 -> new CallInput.WorkerLeaving(Inputs.PLACEMENT);
            case 47 -> Inputs.collects(reported, Tone.TWO, 1 + random.nextInt(3));
            case 3, 4 -> timer(random);
            case 5, 6, 7, 8 -> Inputs.rings(leg);
            case 9, 10, 11, 12, 13, 14 -> Inputs.answers(leg);
            case 15 ->
                    Inputs.ends(
                            leg,
                            Cause.values()[random.nextInt(Cause.values().length)],
                            random.nextBoolean() ? 486 : 0,
                            "why");
            case 16, 17, 18 -> Inputs.changes(leg, random.nextInt(4), random.nextBoolean());
            case 19, 20, 21 -> Inputs.presses(leg, Tone.ONE, 1 + random.nextInt(9));
            case 22, 23 ->
                    Inputs.asks(
                            ++commands,
                            new CallCommand.CancelAllMedia(
                                    Inputs.CONNECTION, Inputs.operation(++commands), null));
            case 24, 25, 26, 27, 28, 29 -> Inputs.interruptsWithPlay(operation);
            case 30, 31, 32, 33, 34, 35, 36, 37 -> Inputs.recognizes(operation, Inputs.BOB);
            case 38, 39, 40, 41 -> Inputs.plays(operation, false, URI.create("https://app/own"));
            case 42, 43, 44 -> Inputs.plays(operation, Inputs.ALICE);
            case 45 ->
                    Inputs.reports(
                            stale(),
                            new io.strowger.contracts.media.MediaEvent.PlayStarted(
                                    Inputs.operation(reported)));
            default -> {
                int what = random.nextInt(4);
                yield what == 0
                        ? Inputs.plays(operation)
                        : what == 1
                                ? Inputs.starts(reported)
                                : what == 2
                                        ? Inputs.finishes(
                                                reported,
                                                PlayOutcome.values()[
                                                        random.nextInt(
                                                                PlayOutcome.values().length)])
                                        : Inputs.recognized(
                                                reported,
                                                RecognizeOutcome.values()[
                                                        random.nextInt(
                                                                RecognizeOutcome.values().length)]);
            }
        };
    }

    private CallInput timer(SplittableRandom random) {
        TimerName name = TimerName.values()[random.nextInt(TimerName.values().length)];
        Instant set = state.timers().get(name);
        return new CallInput.TimerFired(
                name,
                set != null && name == TimerName.DISCONNECTING
                        ? set
                        : now.minus(Duration.ofDays(9)));
    }

    private static Placement stale() {
        return new Placement(Inputs.PLACEMENT.worker(), 1, 1);
    }

    private void checkReplay() {
        CallState replayed = new CallState.NotCreated();
        for (CallEvent event : history) {
            replayed = CallEvolution.evolve(replayed, event);
        }
        assertEquals(state, replayed);
    }

    private List<EventRecord> told() {
        return history.stream()
                .filter(CallEvent.Told.class::isInstance)
                .map(event -> ((CallEvent.Told) event).event())
                .toList();
    }

    private void checkEventSequences() {
        Map<String, Long> last = new HashMap<>();
        Set<UUID> ids = new HashSet<>();
        int roster = 0;
        for (EventRecord event : told()) {
            String receiver = event.connection() + " " + event.callbackUri();
            assertEquals(last.getOrDefault(receiver, 0L) + 1, event.sequence());
            last.put(receiver, event.sequence());
            assertTrue(ids.add(event.eventId()), "an event id came twice");
            if (event.event() instanceof SubscriberEvent.ParticipantsUpdated(var number, var _)) {
                assertEquals(++roster, number);
            }
        }
    }

    private void checkOrders() {
        List<MediaOrder> orders =
                history.stream()
                        .filter(CallEvent.Ordered.class::isInstance)
                        .map(event -> ((CallEvent.Ordered) event).order())
                        .toList();
        Placement newest = Inputs.PLACEMENT;
        Map<Placement, Long> sequences = new HashMap<>();
        for (MediaOrder order : orders) {
            Placement at = order.placement();
            if (at.placementEpoch() > newest.placementEpoch()) {
                assertEquals(newest.placementEpoch() + 1, at.placementEpoch());
                assertNotEquals(newest.process(), at.process());
                newest = at;
            } else if (!at.equals(newest)) { // of a call that is being handed over
                assertEquals(newest.placementEpoch() - 1, at.placementEpoch());
            }
            assertEquals(sequences.merge(at, 1L, Long::sum), order.orderSequence());
        }
    }

    private void checkOperations() {
        Map<UUID, Integer> ends = new HashMap<>();
        for (CallEvent event : history) {
            if (event instanceof CallEvent.OperationOver(var id)) {
                ends.merge(id.value(), 1, Integer::sum);
            }
        }
        assertEquals(acceptedOperations, ends.keySet());
        assertTrue(ends.values().stream().allMatch(count -> count == 1), "ended twice: " + ends);
        long terminal = told().stream().filter(one -> isTerminal(one.event())).count();
        assertEquals(acceptedOperations.size(), terminal);
    }

    private static boolean isTerminal(SubscriberEvent event) {
        return event instanceof SubscriberEvent.PlayCompleted
                || event instanceof SubscriberEvent.PlayFailed
                || event instanceof SubscriberEvent.PlayCanceled
                || event instanceof SubscriberEvent.PlayAudioResult
                || event instanceof SubscriberEvent.RecognizeCompleted
                || event instanceof SubscriberEvent.RecognizeFailed
                || event instanceof SubscriberEvent.RecognizeCanceled;
    }

    private void checkEnd() {
        assertEquals(1, history.stream().filter(CallEvent.Recorded.class::isInstance).count());
        List<EventRecord> told = told();
        assertTrue(isLast(told.getLast().event()), "last told: " + told.getLast());
        assertFalse(told.subList(0, told.size() - 1).stream().anyMatch(one -> isLast(one.event())));
    }

    private static boolean isLast(SubscriberEvent event) {
        return event instanceof SubscriberEvent.CallDisconnected
                || event instanceof SubscriberEvent.CreateCallFailed
                || event.equals(
                        new SubscriberEvent.CallConnectionStateChanged(
                                io.strowger.contracts.call.ConnectionState.DISCONNECTED));
    }
}
