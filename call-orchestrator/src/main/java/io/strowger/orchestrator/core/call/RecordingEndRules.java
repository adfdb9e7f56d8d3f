package io.strowger.orchestrator.core.call;

import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingCommand.EndReason;
import io.strowger.contracts.recording.RecordingCommand.Loss;
import io.strowger.contracts.recording.RecordingCommand.Pause;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.orchestrator.core.call.CallState.Settling;
import io.strowger.orchestrator.core.call.Recording.Phase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How recordings go on and end: the worker stops and says that all audio is in Kafka, then the
/// recording-service finishes the file. A call that is over stays until its recordings are.
final class RecordingEndRules {
    private RecordingEndRules() {}

    /// The call is over. The worker ends its recordings by itself.
    static void callEnded(Draft draft) {
        for (Recording recording : draft.call().recordings()) {
            if (recording.isRunning()) {
                stopping(draft, recording, EndReason.CALL_ENDED);
            }
        }
    }

    /// @return the recording, as it is now
    static Recording stopping(Draft draft, Recording recording, EndReason reason) {
        boolean wasActive = recording.phase() == Phase.RECORDING;
        Recording stopping = recording.stopping(reason);
        draft.add(new CallEvent.RecordingChanged(stopping));
        if (stopping.opened() && wasActive) {
            RecordingTelling.state(draft, stopping);
        }
        draft.timer(TimerName.RECORDING_STOP, Limits.RECORDING_STOP);
        return stopping;
    }

    /// Whether a report of the worker is about a recording.
    static boolean isAbout(MediaEvent event) {
        return event instanceof MediaEvent.RecordingPaused
                || event instanceof MediaEvent.RecordingResumed
                || event instanceof MediaEvent.RecordingAudioLost
                || event instanceof MediaEvent.RecordingStopped;
    }

    static boolean allOver(Call call) {
        return call.recordings().stream().allMatch(one -> one.phase() == Phase.OVER);
    }

    /// From then on until its end is told, nothing is recorded.
    static void pauseBegan(Draft draft, MediaEvent.RecordingPaused paused) {
        draft.call()
                .recording(paused.recording())
                .filter(recording -> recording.phase() == Phase.PAUSED)
                .filter(recording ->
                        !Objects.equals(recording.pausedAt(), (Long) paused.position()))
                .ifPresent(recording ->
                        draft.add(
                                new CallEvent.RecordingChanged(
                                        recording.pausedAt(paused.position()))));
    }

    static void paused(Draft draft, MediaEvent.RecordingResumed resumed) {
        draft.call()
                .recording(resumed.recording())
                .filter(recording -> recording.phase() != Phase.OVER)
                .filter(recording -> !recording.pauses().contains(pause(resumed)))
                .ifPresent(recording ->
                        draft.add(
                                new CallEvent.RecordingChanged(
                                        recording.withPause(pause(resumed)))));
    }

    private static Pause pause(MediaEvent.RecordingResumed resumed) {
        return new Pause(resumed.position(), resumed.pause());
    }

    /// Beyond a number the recording-service finds by itself what is missing.
    static void lost(Draft draft, MediaEvent.RecordingAudioLost lost) {
        Loss loss = new Loss(lost.position(), lost.samples());
        draft.call()
                .recording(lost.recording())
                .filter(Recording::awaitsMedia)
                .filter(recording -> recording.losses().size() < Limits.LOSSES)
                .filter(recording -> !recording.losses().contains(loss))
                .ifPresent(recording ->
                        draft.add(new CallEvent.RecordingChanged(recording.withLoss(loss))));
    }

    static void stopped(Draft draft, MediaEvent.RecordingStopped stopped) {
        draft.call()
                .recording(stopped.recording())
                .filter(Recording::awaitsMedia)
                .ifPresent(recording -> finish(draft, ending(draft, recording), stopped.samples()));
    }

    /// The worker will say nothing any more: what reached Kafka is what there is.
    static void mediaLost(Draft draft) {
        for (Recording recording : draft.call().recordings()) {
            if (recording.awaitsMedia()) {
                finish(draft, ending(draft, recording), null);
            }
        }
    }

    /// Another worker records from now on. What the last one was told to end is finished with what
    /// reached Kafka.
    static void resume(Draft draft) {
        tooLate(draft);
        for (Recording running : draft.call().recordings()) {
            if (running.isRunning()) {
                Recording recording = running.carriedOnAt(draft.moment().now());
                draft.add(new CallEvent.RecordingChanged(recording));
                draft.order(
                        new MediaCommand.StartRecording(
                                recording.id(),
                                recording.startedAt(),
                                recording.positionAt(draft.moment().now()),
                                recording.format().channelType(),
                                RecordingRules.channels(draft.call(), recording),
                                recording.phase() == Phase.PAUSED));
            }
        }
    }

    /// One that still runs stops without being told to.
    private static Recording ending(Draft draft, Recording recording) {
        return recording.isRunning() ? stopping(draft, recording, EndReason.MEDIA_LOST) : recording;
    }

    /// The worker takes too long to say that it stopped.
    static void tooLate(Draft draft) {
        for (Recording recording : draft.call().recordings()) {
            if (recording.phase() == Phase.STOPPING) {
                finish(draft, recording, null);
            }
        }
    }

    private static void finish(Draft draft, Recording recording, @Nullable Long samples) {
        Recording finishing = recording.finishing(samples);
        draft.add(new CallEvent.RecordingChanged(finishing));
        draft.record(
                new RecordingCommand.Finish(
                        finishing.spec(draft.call().correlationId()),
                        Objects.requireNonNull(finishing.endReason()),
                        samples,
                        finishing.pauses(),
                        finishing.losses(),
                        finishing.participants(),
                        draft.moment().limits().recordingRetention()));
        boolean stopsElsewhere =
                draft.call().recordings().stream().anyMatch(one -> one.phase() == Phase.STOPPING);
        if (!stopsElsewhere) {
            draft.noTimer(TimerName.RECORDING_STOP);
        }
    }

    static void reported(Draft draft, RecordingEvent event) {
        draft.call()
                .recording(event.recording())
                .filter(recording -> recording.phase() != Phase.OVER)
                .ifPresent(recording -> reported(draft, recording, event));
        if (draft.state() instanceof Settling && allOver(draft.call())) {
            draft.noTimer(TimerName.RECORDING_STOP);
            EndRules.forgetLater(draft);
        }
    }

    /// What was opened is not refused later, and a file comes of what was told to finish only:
    /// other reports are repeated or late.
    private static void reported(Draft draft, Recording recording, RecordingEvent event) {
        boolean finishing = recording.phase() == Phase.FINISHING;
        switch (event) {
            case RecordingEvent.Opened _ when !recording.opened() -> opened(draft, recording);
            case RecordingEvent.OpenFailed(var _, var detail) when !recording.opened() ->
                    notOpened(draft, recording, detail);
            case RecordingEvent.Finished(var _, var file) when finishing ->
                    RecordingTelling.file(draft, over(draft, recording), file);
            case RecordingEvent.Failed(var _, var detail) when finishing ->
                    RecordingTelling.noFile(draft, over(draft, recording), detail);
            case RecordingEvent.Opened _,
                    RecordingEvent.OpenFailed _,
                    RecordingEvent.Finished _,
                    RecordingEvent.Failed _ -> {
                // Known already.
            }
        }
    }

    private static void opened(Draft draft, Recording recording) {
        Recording opened = recording.nowOpened();
        draft.add(new CallEvent.RecordingChanged(opened));
        RecordingTelling.state(draft, opened);
    }

    private static void notOpened(Draft draft, Recording recording, String detail) {
        if (recording.isRunning()) {
            draft.order(new MediaCommand.StopRecording(recording.id()));
        }
        RecordingTelling.notStarted(draft, over(draft, recording), detail);
    }

    private static Recording over(Draft draft, Recording recording) {
        Recording over = recording.in(Phase.OVER);
        draft.add(new CallEvent.RecordingChanged(over));
        return over;
    }
}
