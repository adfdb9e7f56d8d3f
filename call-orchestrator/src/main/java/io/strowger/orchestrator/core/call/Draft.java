package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.orchestrator.core.call.CallState.Live;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A decision in the making: the facts so far, and the state they lead to, so that each further
/// fact is decided on what is true by then. Used by one decision, on one thread.
final class Draft {
    private final Moment moment;
    private final List<CallEvent> events = new ArrayList<>();
    private CallState state;

    Draft(CallState state, Moment moment) {
        this.state = state;
        this.moment = moment;
    }

    Moment moment() {
        return moment;
    }

    CallState state() {
        return state;
    }

    /// The call, in a state that has one.
    Call call() {
        return live().call();
    }

    Live live() {
        if (state instanceof Live live) {
            return live;
        }
        throw new IllegalStateException("no call in " + state.getClass().getSimpleName());
    }

    void add(CallEvent event) {
        events.add(event);
        state = CallEvolution.evolve(state, event);
    }

    /// Tells the worker.
    void order(MediaCommand command) {
        Call call = call();
        add(
                new CallEvent.Ordered(
                        new MediaOrder(call.id(), call.placement(), call.orders() + 1, command)));
    }

    /// Tells the worker that the call was placed at before.
    void order(Former former, MediaCommand command) {
        add(
                new CallEvent.Ordered(
                        new MediaOrder(
                                call().id(), former.placement(), former.orders() + 1, command)));
    }

    /// Tells the recording-service.
    void record(RecordingCommand command) {
        add(new CallEvent.RecordingOrdered(command));
    }

    /// Tells one connection.
    ///
    /// @param receiver null: the connection's own callback; who asked from outside and named none
    ///   is told nothing
    void tell(
            Connection known,
            @Nullable URI receiver,
            @Nullable String operationContext,
            @Nullable ResultInformation result,
            SubscriberEvent event) {
        Connection connection = call().connection(known.id()).orElseThrow();
        URI to = receiver == null ? connection.profile().callbackUri() : receiver;
        if (to == null) {
            return;
        }
        add(
                new CallEvent.Told(
                        connection.id(),
                        new EventRecord(
                                connection.nextEventId(),
                                call().id(),
                                connection.isOutside() ? null : connection.id(),
                                call().correlationId(),
                                connection.version(),
                                to,
                                connection.nextSequence(to),
                                moment.now(),
                                operationContext,
                                result,
                                event)));
    }

    /// Asks another call.
    void forward(CommandId id, BetweenCalls command) {
        add(
                new CallEvent.Forwarded(
                        new CallRequest(id, null, ApiVersion.newest(), moment.now(), command)));
    }

    void timer(TimerName name, Duration after) {
        add(new CallEvent.TimerSet(name, moment.now().plus(after)));
    }

    void noTimer(TimerName name) {
        if (call().timers().containsKey(name)) {
            add(new CallEvent.TimerSet(name, null));
        }
    }

    /// Accepts a command and remembers its answer.
    Decision answered(CallRequest request, Answer answer) {
        remember(request, answer);
        return accepted(answer);
    }

    /// For when what follows may end the call: the memory of a call that is over takes no more.
    void remember(CallRequest request, Answer answer) {
        add(
                new CallEvent.Answered(
                        new Remembered(request.commandId(), request.fingerprint(), answer)));
    }

    Decision accepted(@Nullable Answer answer) {
        return new Decision.Accepted(events, answer);
    }

    /// With what was decided on the state that this draft leads to.
    Decision accepted(List<CallEvent> further, @Nullable Answer answer) {
        List<CallEvent> all = new ArrayList<>(events);
        all.addAll(further);
        return new Decision.Accepted(all, answer);
    }
}
