package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.Decision.rejected;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.CreateCall;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.event.CallRecord.Termination;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.orchestrator.core.call.CallInput.Asked;
import io.strowger.orchestrator.core.call.CallInput.RecordingReported;
import io.strowger.orchestrator.core.call.CallInput.Reported;
import io.strowger.orchestrator.core.call.CallInput.TimerFired;
import io.strowger.orchestrator.core.call.CallInput.WorkerLeaving;
import io.strowger.orchestrator.core.call.CallInput.WorkerLost;
import io.strowger.orchestrator.core.call.CallState.Live;
import io.strowger.orchestrator.core.call.CallState.NotCreated;
import io.strowger.orchestrator.core.call.CallState.Settling;
import io.strowger.orchestrator.core.call.Decision.Accepted;
import io.strowger.orchestrator.core.call.Decision.Rejected;
import io.strowger.orchestrator.core.result.LegResults;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// `decide`: what comes of an input in a state. Never throws for what a user or a worker does.
public final class CallDecider {
    private static final Decision NOTHING = new Accepted(List.of(), null);

    private CallDecider() {}

    public static Decision decide(CallState state, CallInput input, Moment moment) {
        return switch (input) {
            case Asked(var request) -> asked(state, request, moment);
            case Reported(var report) -> reported(state, report, moment);
            case RecordingReported(var event) -> recordingReported(state, event, moment);
            case TimerFired fired -> timer(state, fired, moment);
            case WorkerLost(var placement) ->
                    displaced(state, placement, moment, FailoverRules::workerLost);
            case WorkerLeaving(var placement) ->
                    displaced(state, placement, moment, FailoverRules::workerLeaves);
        };
    }

    /// Whether a command only asks: its answer may be given again, by what is true then. All others
    /// are answered once and for all, refusals too.
    public static boolean isQuestion(CallCommand command) {
        return switch (command) {
            case CallCommand.DescribeCall _,
                    CallCommand.ListParticipants _,
                    CallCommand.GetParticipant _,
                    CallCommand.DescribeRecording _ ->
                    true;
            case CallCommand.InCall _, CallCommand.OutOfCall _, BetweenCalls _ -> false;
        };
    }

    private static Decision asked(CallState state, CallRequest request, Moment moment) {
        Optional<Remembered> before = remembered(state, request);
        if (before.isPresent()) {
            return Objects.equals(before.get().fingerprint(), request.fingerprint())
                    ? new Accepted(List.of(), before.get().answer())
                    : new Rejected(
                            CallError.REPEATABILITY_REJECTED,
                            CallError.REPEATABILITY_REJECTED.message());
        }
        Decision decision = decided(state, request, moment);
        return state instanceof Live live
                        && request.fingerprint() != null
                        && decision instanceof Rejected rejected
                        && rejected.isFinal()
                ? kept(live, request, rejected, moment)
                : decision;
    }

    /// The refusal of a repeatable request is its answer for good.
    private static Decision kept(Live live, CallRequest request, Rejected rejected, Moment moment) {
        return new Draft(live, moment).answered(request, rejected.answer());
    }

    private static Decision decided(CallState state, CallRequest request, Moment moment) {
        Optional<Decision> toll = TollRules.refusal(request.command(), moment.house().directory());
        if (toll.isPresent()) {
            return toll.get();
        }
        if (request.command() instanceof BetweenCalls command) {
            return CommandRules.betweenCalls(state, request, command, moment);
        }
        return switch (state) {
            case NotCreated _ ->
                    request.command() instanceof CreateCall create
                            ? CommandRules.create(state, request, create, moment)
                            : rejected(
                                    request.command() instanceof CallCommand.OfRecording
                                            ? CallError.RECORDING_NOT_FOUND
                                            : CallError.CALL_NOT_FOUND);
            case Live live when HandOverRules.isInTheWayOf(live, request.command()) ->
                    afterHandOver(live, request, moment);
            case Live live -> CommandRules.live(live, request, moment);
            case CallState.Ended ended -> CommandRules.afterTheEnd(ended, request.command());
        };
    }

    private static Decision afterHandOver(Live live, CallRequest request, Moment moment) {
        Draft draft = new Draft(live, moment);
        HandOverRules.settle(draft);
        return switch (CommandRules.live(draft.live(), request, moment)) {
            case Accepted(var events, var answer) -> draft.accepted(events, answer);
            case Rejected rejected -> rejected;
        };
    }

    private static Optional<Remembered> remembered(CallState state, CallRequest request) {
        List<Remembered> answers =
                switch (state) {
                    case NotCreated _ -> List.of();
                    case Live live -> live.call().answers();
                    case CallState.Ended ended -> ended.answers();
                };
        return answers.stream()
                .filter(answer -> answer.command().equals(request.commandId()))
                .findFirst();
    }

    private static Decision reported(CallState state, MediaReport report, Moment moment) {
        if (state instanceof NotCreated && report.event() instanceof MediaEvent.LegOffered offer) {
            return InboundRules.offered(state, report, offer, moment);
        }
        if (!(state instanceof Live live)) {
            return NOTHING;
        }
        if (!live.call().placement().equals(report.placement())) {
            return HandOverRules.isOfFormer(live, report)
                    ? formerReported(live, report, moment)
                    : NOTHING; // late, or from a process that was given up
        }
        if (live instanceof Settling && !RecordingEndRules.isAbout(report.event())) {
            return NOTHING; // the legs of a call that is over
        }
        Draft draft = new Draft(live, moment);
        MediaRules.reported(draft, report.event(), report.at());
        return draft.accepted(null);
    }

    private static Decision formerReported(Live live, MediaReport report, Moment moment) {
        Draft draft = new Draft(live, moment);
        HandOverRules.formerReported(draft, report.event());
        return draft.accepted(null);
    }

    /// Facts about a recording of a call that is no more known of change nothing.
    private static Decision recordingReported(
            CallState state, RecordingEvent event, Moment moment) {
        if (!(state instanceof Live live)) {
            return NOTHING;
        }
        Draft draft = new Draft(live, moment);
        RecordingEndRules.reported(draft, event);
        return draft.accepted(null);
    }

    private static Decision timer(CallState state, TimerFired fired, Moment moment) {
        if (!fired.dueAt().equals(state.timers().get(fired.name()))) {
            return NOTHING; // cancelled or set anew meanwhile
        }
        Draft draft = new Draft(state, moment);
        switch (fired.name()) {
            case RING ->
                    EndRules.begin(
                            draft,
                            LegResults.noAnswer(draft.call().legs().getFirst().participant()),
                            Termination.PARTICIPANT);
            case MAX_DURATION -> EndRules.begin(draft, LegResults.tooLong(), Termination.PLATFORM);
            case DISCONNECTING -> EndRules.finish(draft);
            case FAILOVER -> FailoverRules.giveUp(draft);
            case HAND_OVER -> HandOverRules.settle(draft);
            case RECORDING_STOP -> {
                draft.noTimer(TimerName.RECORDING_STOP);
                RecordingEndRules.tooLate(draft);
            }
            case RETENTION -> draft.add(new CallEvent.Forgotten());
        }
        return draft.accepted(null);
    }

    private static Decision displaced(
            CallState state, Placement placement, Moment moment, Consumer<Draft> rule) {
        if (!(state instanceof Live live) || !live.call().placement().equals(placement)) {
            return NOTHING;
        }
        Draft draft = new Draft(live, moment);
        rule.accept(draft);
        return draft.accepted(null);
    }
}
