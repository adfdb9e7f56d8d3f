package io.strowger.contracts.media;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fact that a media worker reports about one call. May arrive twice.
public sealed interface MediaEvent {
    /// The leg rings (180) or makes progress (183).
    record LegProgressed(LegId leg, int sipStatus) implements MediaEvent {}

    /// The leg answered and its media runs.
    record LegAnswered(LegId leg, DialogRecord dialog) implements MediaEvent {}

    /// The dialog changed: a re-INVITE, a new target.
    ///
    /// @param onHoldByPeer the peer put us on hold
    record LegUpdated(LegId leg, DialogRecord dialog, boolean onHoldByPeer) implements MediaEvent {}

    /// The leg is over. The only terminal event of a leg.
    record LegEnded(LegId leg, LegEnd end) implements MediaEvent {}

    /// The first frame of a play, or of a recognition's prompt, was sent.
    record PlayStarted(OperationId operationId) implements MediaEvent {}

    /// A play is over. The only terminal event of a play.
    ///
    /// @param failedSourceIndex 0-based; null when no source is to blame
    /// @param detail for people: what failed
    record PlayEnded(
            OperationId operationId,
            PlayOutcome outcome,
            @Nullable Integer failedSourceIndex,
            @Nullable String detail)
            implements MediaEvent {}

    /// A recognition is over. The only terminal event of a recognition.
    ///
    /// @param tones in the order pressed, without the stop tone
    /// @param promptOutcome why the prompt failed, for [RecognizeOutcome#PROMPT_FAILED]
    record RecognizeEnded(
            OperationId operationId,
            RecognizeOutcome outcome,
            List<Tone> tones,
            @Nullable PlayOutcome promptOutcome,
            @Nullable Integer failedSourceIndex,
            @Nullable String detail)
            implements MediaEvent {
        public RecognizeEnded {
            tones = List.copyOf(tones);
        }
    }

    /// A key was pressed.
    ///
    /// @param sequenceId from 1 for each leg, gap-free
    record ToneReceived(LegId leg, Tone tone, int sequenceId) implements MediaEvent {}
}
