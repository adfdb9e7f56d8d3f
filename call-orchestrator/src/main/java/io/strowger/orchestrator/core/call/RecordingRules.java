package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.Decision.rejected;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.call.CallReply.RecordingDescribed;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaCommand.ChannelOfLeg;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingCommand.EndReason;
import io.strowger.contracts.recording.RecordingCommand.RecordedParticipant;
import io.strowger.contracts.recording.RecordingState;
import io.strowger.orchestrator.core.call.CallState.Live;
import io.strowger.orchestrator.core.call.Decision.Accepted;
import io.strowger.orchestrator.core.call.Decision.Rejected;
import io.strowger.orchestrator.core.call.Recording.Phase;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an application may ask about recordings, and when.
final class RecordingRules {
    private RecordingRules() {}

    /// The worker begins at once, so that nothing is missed while the recording-service looks
    /// whether it can store it.
    static Decision start(Asking asking, CallCommand.StartRecording start) {
        Draft draft = asking.draft();
        Call call = draft.call();
        if (call.recordings().size() >= Limits.RECORDINGS) {
            return new Rejected(
                    CallError.INVALID_REQUEST,
                    "A call has at most " + Limits.RECORDINGS + " recordings.");
        }
        Recording recording =
                new Recording(
                        call.id().recording(call.recordings().size() + 1),
                        asking.connection().id(),
                        start.format(),
                        draft.moment().now().truncatedTo(ChronoUnit.MILLIS),
                        start.stateCallbackUri(),
                        start.container(),
                        Channels.wishes(start.affinity(), start.ordering()),
                        start.pauseOnStart() ? Phase.PAUSED : Phase.RECORDING,
                        false,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        start.pauseOnStart() ? 0L : null);
        List<ChannelOfLeg> channels = new ArrayList<>();
        for (Leg leg : call.answeredLegs()) {
            RecordedParticipant recorded = recorded(recording, leg);
            recording = recording.withParticipant(recorded);
            channelOf(recorded, leg).ifPresent(channels::add);
        }
        draft.add(new CallEvent.RecordingChanged(recording));
        draft.order(
                new MediaCommand.StartRecording(
                        recording.id(),
                        recording.startedAt(),
                        0,
                        recording.format().channelType(),
                        channels,
                        start.pauseOnStart()));
        draft.record(new RecordingCommand.Open(recording.spec(call.correlationId())));
        return asking.answered(new RecordingDescribed(recording.id(), recording.state()));
    }

    /// By the call's own id, or in the name of a connection, which must be in the call.
    static Optional<CallError> refusal(Live live, CallCommand.StartRecording start) {
        if (start.connection() == null) {
            return Optional.empty();
        }
        Optional<Connection> named =
                live.call().connection(start.connection()).filter(one -> !one.isOutside());
        if (named.isEmpty()) {
            return Optional.of(CallError.CALL_NOT_FOUND);
        }
        return named.get().present()
                ? Optional.empty()
                : Optional.of(CallError.CALL_ALREADY_TERMINATED);
    }

    static Decision about(Draft draft, CallCommand.OfRecording command) {
        Optional<Recording> known = draft.call().recording(command.recording());
        if (known.isEmpty()) {
            return rejected(CallError.RECORDING_NOT_FOUND);
        }
        Recording recording = known.get();
        return switch (command) {
            case CallCommand.DescribeRecording _ ->
                    new Accepted(
                            List.of(), new RecordingDescribed(recording.id(), recording.state()));
            case CallCommand.PauseRecording _ -> pause(draft, recording);
            case CallCommand.ResumeRecording _ -> resume(draft, recording);
            case CallCommand.StopRecording _ -> {
                stop(draft, recording, EndReason.STOPPED);
                yield draft.accepted(new Done());
            }
        };
    }

    /// After the call: its recordings are over, too.
    static Decision afterTheEnd(CallState.Ended ended, CallCommand.OfRecording command) {
        if (!ended.recordings().contains(command.recording())) {
            return rejected(CallError.RECORDING_NOT_FOUND);
        }
        return switch (command) {
            case CallCommand.DescribeRecording(var id) ->
                    new Accepted(List.of(), new RecordingDescribed(id, RecordingState.INACTIVE));
            case CallCommand.StopRecording _ -> new Accepted(List.of(), new Done());
            case CallCommand.PauseRecording _, CallCommand.ResumeRecording _ ->
                    rejected(CallError.CALL_ALREADY_TERMINATED);
        };
    }

    /// What is paused already stays so, and nobody is told again.
    private static Decision pause(Draft draft, Recording recording) {
        if (!recording.isRunning()) {
            return isOver();
        }
        if (recording.phase() == Phase.RECORDING) {
            if (recording.pauses().size() >= Limits.PAUSES) {
                return new Rejected(
                        CallError.INVALID_REQUEST, "The recording was paused too often.");
            }
            draft.order(new MediaCommand.PauseRecording(recording.id()));
            move(draft, recording, Phase.PAUSED);
        }
        return draft.accepted(new Done());
    }

    private static Decision resume(Draft draft, Recording recording) {
        if (!recording.isRunning()) {
            return isOver();
        }
        if (recording.phase() == Phase.PAUSED) {
            draft.order(new MediaCommand.ResumeRecording(recording.id()));
            move(draft, recording, Phase.RECORDING);
        }
        return draft.accepted(new Done());
    }

    private static void move(Draft draft, Recording recording, Phase phase) {
        Recording moved = recording.in(phase);
        draft.add(new CallEvent.RecordingChanged(moved));
        if (moved.opened()) {
            RecordingTelling.state(draft, moved);
        }
    }

    private static Decision isOver() {
        return new Rejected(CallError.CALL_NOT_ESTABLISHED, "The recording is over.");
    }

    /// What is ending already ends as it was.
    private static void stop(Draft draft, Recording recording, EndReason reason) {
        if (recording.isRunning()) {
            draft.order(new MediaCommand.StopRecording(recording.id()));
            RecordingEndRules.stopping(draft, recording, reason);
        }
    }

    /// Somebody is in the call from now on.
    static void legAnswered(Draft draft, Leg leg) {
        for (Recording recording : draft.call().recordings()) {
            if (!recording.isRunning()) {
                continue;
            }
            Optional<RecordedParticipant> before = recording.recorded(leg.participant());
            RecordedParticipant recorded = before.orElseGet(() -> recorded(recording, leg));
            if (before.isEmpty()) {
                draft.add(new CallEvent.RecordingChanged(recording.withParticipant(recorded)));
            }
            channelOf(recorded, leg)
                    .ifPresent(channel ->
                            draft.order(new MediaCommand.RecordLeg(recording.id(), channel)));
        }
    }

    /// Whose audio goes where, of who is in the call now.
    static List<ChannelOfLeg> channels(Call call, Recording recording) {
        return call.answeredLegs().stream()
                .flatMap(leg ->
                        recording
                                .recorded(leg.participant())
                                .flatMap(recorded -> channelOf(recorded, leg))
                                .stream())
                .toList();
    }

    private static RecordedParticipant recorded(Recording recording, Leg leg) {
        return new RecordedParticipant(
                leg.participant(),
                recording.isUnmixed() ? Channels.next(recording, leg.participant()) : null);
    }

    private static Optional<ChannelOfLeg> channelOf(RecordedParticipant recorded, Leg leg) {
        return Optional.ofNullable(recorded.channel())
                .map(channel -> new ChannelOfLeg(leg.id(), channel));
    }
}
