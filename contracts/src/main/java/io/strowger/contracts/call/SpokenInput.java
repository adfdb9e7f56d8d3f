package io.strowger.contracts.call;

import io.strowger.contracts.api.Tone;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a recognition listens for that is not, or not only, keys.
///
/// @param locale that is spoken, BCP 47
/// @param endSilence so long a silence ends what is said
/// @param modelEndpointId of a model of the application's own, as it names it; null: the usual
/// @param choices 1..100 of [Kind#CHOICES]; else none
public record SpokenInput(
        Kind kind,
        String locale,
        Duration endSilence,
        @Nullable String modelEndpointId,
        List<Choice> choices) {
    private static final int MOST_CHOICES = 100;

    /// `recognizeInputType` of the API, without `dtmf`.
    public enum Kind {
        /// Anything that is said; keys are passed over.
        SPEECH,
        /// Anything that is said, or keys: what comes first decides.
        SPEECH_OR_DTMF,
        /// One of some choices, by a phrase or a key.
        CHOICES
    }

    /// @param label how the application calls it
    /// @param phrases 1..100 that choose it
    /// @param tone that chooses it; null: none
    public record Choice(String label, List<String> phrases, @Nullable Tone tone) {
        public Choice {
            phrases = List.copyOf(phrases);
            if (phrases.isEmpty() || phrases.size() > MOST_CHOICES) {
                throw new IllegalArgumentException("a choice has 1..100 phrases");
            }
        }
    }

    public SpokenInput {
        choices = List.copyOf(choices);
        if (choices.isEmpty() == (kind == Kind.CHOICES) || choices.size() > MOST_CHOICES) {
            throw new IllegalArgumentException("there are 1..100 choices, or nothing to choose");
        }
        if (endSilence.toMillis() < 1 || endSilence.toMillis() > 60_000) {
            throw new IllegalArgumentException("end silence timeout out of 1..60000 ms");
        }
    }
}
