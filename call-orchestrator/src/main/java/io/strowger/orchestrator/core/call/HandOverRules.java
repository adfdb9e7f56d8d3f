package io.strowger.orchestrator.core.call;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.CallState.Live;
import java.util.List;
import java.util.Optional;

/// A planned change of workers, made before broken: the one that leaves serves each phone until it
/// has turned to the new one. What plays and what is recognised begins there at once, so that it is
/// ready by then; what takes the whole call in, recordings and streams, changes when all have
/// turned.
final class HandOverRules {
    private HandOverRules() {}

    static void begin(Draft draft, Placement next) {
        draft.order(new MediaCommand.HandOverCall());
        List<Leg> legs = draft.call().liveLegs().stream().filter(FailoverRules::hasDialog).toList();
        draft.add(new CallEvent.HandOverBegan(next, legs.stream().map(Leg::id).toList()));
        draft.timer(TimerName.HAND_OVER, Limits.HAND_OVER);
        legs.forEach(leg -> FailoverRules.adopt(draft, leg, true));
        OperationRules.resume(draft, draft.moment().now());
        if (legs.isEmpty()) {
            settle(draft);
        }
    }

    /// A phone sends to the new worker, which speaks to it.
    static void turned(Draft draft, LegId leg) {
        left(draft, leg, new MediaCommand.ReleaseLeg(leg));
    }

    /// A phone is gone, or the new worker cannot reach it: then the former one, which can, says so.
    static void ended(Draft draft, LegId leg, LegEnd end) {
        left(
                draft,
                leg,
                end.cause() == LegEnd.Cause.UNREACHABLE
                        ? new MediaCommand.HangUpLeg(leg)
                        : new MediaCommand.ReleaseLeg(leg));
    }

    private static void left(Draft draft, LegId leg, MediaCommand last) {
        Former former = draft.call().former();
        if (former == null || !former.awaited().contains(leg)) {
            return;
        }
        draft.order(former, last);
        draft.add(new CallEvent.LegHandedOver(leg));
        if (former.without(leg).awaited().isEmpty()) {
            settle(draft);
        }
    }

    static boolean isOfFormer(Live live, MediaReport report) {
        Former former = live.call().former();
        return former != null && former.placement().equals(report.placement());
    }

    /// What the former worker says is the new one's to say, but for what people do who speak to it
    /// still: their keys count at both, once, and what they said or pressed may end a recognition.
    static void formerReported(Draft draft, MediaEvent event) {
        switch (event) {
            case MediaEvent.ToneReceived tone when isServed(draft, tone.leg()) -> {
                MediaRules.toneReceived(draft, tone);
                draft.order(new MediaCommand.PressTone(tone.leg(), tone.tone(), tone.press()));
            }
            case MediaEvent.ToneCollected tone ->
                    listener(draft, tone.operationId())
                            .ifPresent(leg -> {
                                OperationRules.collected(draft, tone);
                                if (!ToneRules.isReported(draft.call(), leg)) {
                                    draft.order(
                                            new MediaCommand.PressTone(
                                                    leg, tone.tone(), tone.press()));
                                }
                            });
            case MediaEvent.RecognizeEnded ended when isSaidOrPressed(ended.outcome()) ->
                    listener(draft, ended.operationId())
                            .ifPresent(leg -> {
                                draft.order(new MediaCommand.StopRecognize(ended.operationId()));
                                OperationRules.recognized(draft, ended);
                            });
            case MediaEvent _ -> {
                // The new worker tells it, too.
            }
        }
    }

    private static boolean isServed(Draft draft, LegId leg) {
        Former former = draft.call().former();
        return former != null && former.awaited().contains(leg);
    }

    /// Whom a recognition listens to, if the former worker serves their phone.
    private static Optional<LegId> listener(Draft draft, OperationId recognition) {
        return draft.call()
                .operation(recognition)
                .map(operation -> operation.legs().getFirst())
                .filter(leg -> isServed(draft, leg));
    }

    private static boolean isSaidOrPressed(RecognizeOutcome outcome) {
        return switch (outcome) {
            case MAX_TONES,
                    STOP_TONE,
                    CHOICE_BY_TONE,
                    WRONG_TONE,
                    CHOICE_BY_SPEECH,
                    SPEECH,
                    NO_CHOICE_MATCHED,
                    NOT_UNDERSTOOD ->
                    true;
            case SPEECH_FAILED,
                    INITIAL_SILENCE,
                    INTER_TONE_TIMEOUT,
                    CANCELED,
                    PROMPT_FAILED,
                    FAILED ->
                    false;
        };
    }

    /// The new worker has the call from now on, whoever has not turned.
    static void settle(Draft draft) {
        if (draft.call().former() != null) {
            letFormerGo(draft);
            RecordingEndRules.resume(draft);
            StreamRules.resume(draft);
        }
    }

    static void letFormerGo(Draft draft) {
        Former former = draft.call().former();
        if (former != null) {
            draft.order(former, new MediaCommand.AbandonCall());
            draft.add(new CallEvent.HandOverEnded());
            draft.noTimer(TimerName.HAND_OVER);
        }
    }

    /// Whether a command is about what is still the former worker's.
    static boolean isInTheWayOf(Live live, CallCommand command) {
        return live.call().former() != null
                && switch (command) {
                    case CallCommand.StartStreaming _,
                            CallCommand.StopStreaming _,
                            CallCommand.StartRecording _,
                            CallCommand.PauseRecording _,
                            CallCommand.ResumeRecording _,
                            CallCommand.StopRecording _,
                            CallCommand.HangUp _ ->
                            true;
                    case CallCommand _ -> false;
                };
    }
}
