package io.strowger.orchestrator.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.orchestrator.core.call.Decision.Accepted;
import io.strowger.orchestrator.core.call.Decision.Rejected;
import io.strowger.orchestrator.core.directory.DialPlan;
import io.strowger.orchestrator.core.directory.Directory;
import io.strowger.orchestrator.shell.kafka.CallStateCodec;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One call, step by step: `given(inputs).when(input).then(facts)`. Each step takes its state and
/// its records through the codecs, as a crash and a restore would.
final class CallScenario {
    /// At a time, of one application.
    static final int MOST_CALLS = 3;

    static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofHours(24),
                    MOST_CALLS,
                    Duration.ofMinutes(10),
                    Duration.ofHours(24),
                    Duration.ofHours(48));
    static final Directory DIRECTORY =
            new Directory(
                    Map.of("+15550199000", URI.create("https://app.example/incoming")),
                    Map.of("+15550199001", Inputs.USER),
                    Set.of(Inputs.USER, Inputs.DAVE),
                    false,
                    List.of(URI.create("https://app.example/grid")),
                    new DialPlan(List.of(), List.of("+1900")));
    static final Moment.House HOUSE =
            new Moment.House(
                    LIMITS,
                    DIRECTORY,
                    (call, expiresAt) -> call + " " + expiresAt,
                    text -> Inputs.NEW_CALL);
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final CallStateCodec CODEC = new CallStateCodec();
    private CallState state = new CallState.NotCreated();
    private Instant now = START;
    private Optional<Placement> candidate = Optional.of(Inputs.PLACEMENT);
    private int running;
    private List<CallEvent> events = List.of();
    private @Nullable Decision decision;
    private final List<CallEvent> history = new ArrayList<>();

    /// A call to which all this happened, one second apart.
    static CallScenario given(CallInput... inputs) {
        return new CallScenario().and(inputs);
    }

    CallScenario and(CallInput... inputs) {
        for (CallInput input : inputs) {
            when(input);
            assertInstanceOf(Accepted.class, decision, "refused while preparing: " + input);
            now = now.plusSeconds(1);
        }
        return this;
    }

    CallScenario withWorker(Placement other) {
        candidate = Optional.of(other);
        return this;
    }

    CallScenario withoutWorkers() {
        candidate = Optional.empty();
        return this;
    }

    /// So many calls of each application go on beside this one.
    CallScenario whileRunning(int calls) {
        running = calls;
        return this;
    }

    CallScenario later(Duration by) {
        now = now.plus(by);
        return this;
    }

    CallScenario when(CallInput input) {
        Decision made =
                CallDecider.decide(state, input, new Moment(now, HOUSE, candidate, _ -> running));
        decision = made;
        events = made instanceof Accepted(var facts, var _) ? facts : List.of();
        for (CallEvent event : events) {
            roundTrip(event);
            state = CallEvolution.evolve(state, event);
        }
        state = roundTrip(state);
        history.addAll(events);
        return this;
    }

    /// The timer fires when it is due.
    CallScenario whenTimer(TimerName name) {
        Instant dueAt = state.timers().get(name);
        if (dueAt == null) {
            return fail("no timer " + name + " in " + state);
        }
        now = dueAt;
        return when(new CallInput.TimerFired(name, dueAt));
    }

    /// Exactly these facts, in this order; see [Facts].
    CallScenario then(String... facts) {
        assertInstanceOf(Accepted.class, decision);
        assertEquals(List.of(facts), Facts.of(events, now));
        return this;
    }

    /// Whatever else happened, this is what connections were told.
    CallScenario thenTold(String... facts) {
        assertInstanceOf(Accepted.class, decision);
        assertEquals(
                List.of(facts),
                Facts.of(events, now).stream()
                        .filter(fact -> fact.startsWith("told "))
                        .map(fact -> fact.substring("told ".length()))
                        .toList());
        return this;
    }

    /// Whatever else happened, this is what the worker was told.
    CallScenario thenOrdered(String... facts) {
        assertEquals(
                List.of(facts),
                Facts.of(events, now).stream()
                        .filter(fact -> fact.startsWith("order "))
                        .map(fact -> fact.substring("order ".length()))
                        .toList());
        return this;
    }

    /// Whatever else happened, this is what other calls were asked.
    CallScenario thenForwarded(String... facts) {
        assertEquals(
                List.of(facts),
                Facts.of(events, now).stream()
                        .filter(fact -> fact.startsWith("forward "))
                        .map(fact -> fact.substring("forward ".length()))
                        .toList());
        return this;
    }

    CallScenario thenNothing() {
        return then();
    }

    CallScenario thenAnswered(Answer answer) {
        assertEquals(answer, ((Accepted) java.util.Objects.requireNonNull(decision)).answer());
        return this;
    }

    CallScenario thenRefused(CallError error) {
        assertEquals(error, assertInstanceOf(Rejected.class, decision).error());
        return this;
    }

    List<CallEvent> events() {
        return events;
    }

    CallState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    @Nullable Answer answer() {
        return ((Accepted) java.util.Objects.requireNonNull(decision)).answer();
    }

    /// Everything that was told since the call began.
    List<EventRecord> told() {
        return history.stream()
                .filter(CallEvent.Told.class::isInstance)
                .map(event -> ((CallEvent.Told) event).event())
                .toList();
    }

    List<MediaOrder> orders() {
        return history.stream()
                .filter(CallEvent.Ordered.class::isInstance)
                .map(event -> ((CallEvent.Ordered) event).order())
                .toList();
    }

    List<RecordingCommand> recordingCommands() {
        return history.stream()
                .filter(CallEvent.RecordingOrdered.class::isInstance)
                .map(event -> ((CallEvent.RecordingOrdered) event).command())
                .toList();
    }

    List<String> factsOfRecordingCommands() {
        return recordingCommands().stream().map(Facts::text).toList();
    }

    List<CallRecord> records() {
        return history.stream()
                .filter(CallEvent.Recorded.class::isInstance)
                .map(event -> ((CallEvent.Recorded) event).callRecord())
                .toList();
    }

    static CallState roundTrip(CallState state) {
        try {
            CallState back = CODEC.decode(CODEC.encode(state));
            assertEquals(state, back);
            return back;
        } catch (UndecodableException e) {
            throw new AssertionError("a state that cannot be read back: " + state, e);
        }
    }

    static void roundTrip(CallEvent event) {
        try {
            switch (event) {
                case CallEvent.Told(var _, var told) ->
                        assertEquals(
                                told,
                                Topics.CALL_EVENTS
                                        .codec()
                                        .decode(Topics.CALL_EVENTS.codec().encode(told)));
                case CallEvent.Forwarded(var request) ->
                        assertEquals(
                                request,
                                Topics.CALL_COMMANDS
                                        .codec()
                                        .decode(Topics.CALL_COMMANDS.codec().encode(request)));
                case CallEvent.Ordered(var order) ->
                        assertEquals(
                                order,
                                Topics.MEDIA_COMMANDS
                                        .codec()
                                        .decode(Topics.MEDIA_COMMANDS.codec().encode(order)));
                case CallEvent.RecordingOrdered(var command) ->
                        assertEquals(
                                command,
                                Topics.RECORDING_COMMANDS
                                        .codec()
                                        .decode(Topics.RECORDING_COMMANDS.codec().encode(command)));
                case CallEvent.Recorded(var record) ->
                        assertEquals(
                                record,
                                Topics.CALL_RECORDS
                                        .codec()
                                        .decode(Topics.CALL_RECORDS.codec().encode(record)));
                default -> {
                    // Shows in the state only.
                }
            }
        } catch (UndecodableException e) {
            throw new AssertionError("a record that cannot be read back: " + event, e);
        }
    }
}
