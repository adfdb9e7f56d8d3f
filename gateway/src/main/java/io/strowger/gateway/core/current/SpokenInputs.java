package io.strowger.gateway.core.current;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.call.SpokenInput.Choice;
import io.strowger.contracts.call.SpokenInput.Kind;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Refusal;
import io.strowger.gateway.core.api.Tones;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what a recognition listens for beside keys.
final class SpokenInputs {
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}");
    private static final String USUAL_LOCALE = "en-US";
    private static final int END_SILENCE_MS = 500;
    private static final int LONGEST_END_SILENCE_MS = 60_000;
    private static final int LONGEST_SILENCE_S = 20;
    private static final int LONGEST_SILENCE_WITH_KEYS_S = 300;
    private static final int MOST_CHOICES = 100;
    private static final int LONGEST_PHRASE = 500;

    private SpokenInputs() {}

    /// How long the initial silence may be.
    static int longestSilenceS(Kind kind) {
        return switch (kind) {
            case SPEECH, CHOICES -> LONGEST_SILENCE_S;
            case SPEECH_OR_DTMF -> LONGEST_SILENCE_WITH_KEYS_S;
        };
    }

    /// @param options `recognizeOptions`
    static SpokenInput read(Kind kind, Fields options) throws Refusal {
        String locale = Objects.requireNonNullElse(options.text("speechLanguage"), USUAL_LOCALE);
        if (!LOCALE.matcher(locale).matches()) {
            throw options.invalid("speechLanguage", "must be a language such as en-US");
        }
        Fields speech = options.object("speechOptions");
        Integer endSilenceMs =
                speech == null
                        ? null
                        : speech.integer("endSilenceTimeoutInMs", 1, LONGEST_END_SILENCE_MS);
        return new SpokenInput(
                kind,
                locale,
                Duration.ofMillis(Objects.requireNonNullElse(endSilenceMs, END_SILENCE_MS)),
                options.text("speechRecognitionModelEndpointId"),
                kind == Kind.CHOICES ? choices(options) : List.of());
    }

    private static List<Choice> choices(Fields options) throws Refusal {
        List<Choice> choices = new ArrayList<>();
        Set<Tone> taken = EnumSet.noneOf(Tone.class);
        for (Fields json : options.requiredObjects("choices", MOST_CHOICES)) {
            Tone tone = json.text("tone") == null ? null : Tones.readOne(json, "tone");
            if (tone != null && !taken.add(tone)) {
                throw json.invalid("tone", "must not be that of another choice");
            }
            choices.add(new Choice(json.requiredText("label"), phrases(json), tone));
        }
        return choices;
    }

    private static List<String> phrases(Fields json) throws Refusal {
        List<String> phrases = json.texts("phrases");
        if (phrases.isEmpty() || phrases.size() > MOST_CHOICES) {
            throw json.invalid("phrases", "must have 1..100 elements");
        }
        for (String phrase : phrases) {
            if (phrase.isBlank() || phrase.length() > LONGEST_PHRASE) {
                throw json.invalid("phrases", "must have phrases of 1..500 characters");
            }
        }
        return phrases;
    }
}
