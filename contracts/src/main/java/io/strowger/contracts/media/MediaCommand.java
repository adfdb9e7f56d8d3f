package io.strowger.contracts.media;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a media worker is told to do in one call. A repeated command (same leg or operation) has no
/// second effect.
public sealed interface MediaCommand {
    /// Rings `target`. Ends in [MediaEvent.LegAnswered] or [MediaEvent.LegEnded]; in between
    /// [MediaEvent.LegProgressed].
    ///
    /// @param callerNumber shown to the target; null: the worker's default
    /// @param ringTimeout after it the worker cancels by itself and reports 487 with
    ///   [LegEnd.Cause#NO_ANSWER]
    /// @param reportTones whether each key press is reported
    /// @param sipHeaders further headers for the INVITE
    record Dial(
            LegId leg,
            Identifier target,
            @Nullable String callerNumber,
            @Nullable String callerDisplayName,
            Duration ringTimeout,
            boolean reportTones,
            Map<String, String> sipHeaders)
            implements MediaCommand {
        public Dial {
            sipHeaders = Map.copyOf(sipHeaders);
        }
    }

    /// Ends one leg: CANCEL while it rings, BYE after. Ends in [MediaEvent.LegEnded].
    record HangUpLeg(LegId leg) implements MediaCommand {}

    /// Plays sources in order. Ends in [MediaEvent.PlayEnded], after [MediaEvent.PlayStarted] when
    /// the first source was good.
    ///
    /// @param legs who hears it; empty: everyone in the call
    record StartPlay(
            OperationId operationId, List<PlaySource> sources, List<LegId> legs, boolean loop)
            implements MediaCommand {
        public StartPlay {
            sources = List.copyOf(sources);
            legs = List.copyOf(legs);
        }
    }

    /// Ends a play at once, as [MediaEvent.PlayEnded] with [PlayOutcome#CANCELED].
    record StopPlay(OperationId operationId) implements MediaCommand {}

    /// Plays prompts to one leg, then collects its tones. Ends in [MediaEvent.RecognizeEnded].
    record StartRecognize(
            OperationId operationId,
            LegId leg,
            List<PlaySource> prompts,
            boolean interruptPrompt,
            DtmfOptions dtmf)
            implements MediaCommand {
        public StartRecognize {
            prompts = List.copyOf(prompts);
        }
    }

    /// Ends a recognition at once, as [MediaEvent.RecognizeEnded] with [RecognizeOutcome#CANCELED].
    record StopRecognize(OperationId operationId) implements MediaCommand {}

    /// Ends all legs and operations of the call and forgets it. Legs still up are hung up; nothing
    /// more is reported.
    record ReleaseCall() implements MediaCommand {}
}
