package io.strowger.worker.core.recognize;

import io.strowger.contracts.call.SpokenInput.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the choice that somebody made by what they said. Case and punctuation do not matter. A
/// phrase that was said word for word decides; else one that stands among other words ("yes,
/// please"), if no other choice's does. Pure.
final class Phrases {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private final List<Phrase> phrases;

    /// @param words lower case, one space around each
    private record Phrase(Choice choice, String asGiven, String words) {
        /// Whether the other means the same choice, or is a part of this one: who says "tech
        /// support" does not choose "support".
        boolean covers(Phrase other) {
            return other.choice == choice || words.contains(other.words);
        }
    }

    /// A choice that was made.
    ///
    /// @param phrase that made it, as the application gave it
    record Match(Choice choice, String phrase) {}

    Phrases(List<Choice> choices) {
        List<Phrase> all = new ArrayList<>();
        for (Choice choice : choices) {
            for (String phrase : choice.phrases()) {
                String words = words(phrase);
                if (!words.isBlank()) {
                    all.add(new Phrase(choice, phrase, words));
                }
            }
        }
        phrases = List.copyOf(all);
    }

    private static String words(String text) {
        String apart = BETWEEN_WORDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
        return " " + apart + " ";
    }

    /// @param text what was said
    /// @return empty: no choice, or more than one
    Optional<Match> match(String text) {
        String said = words(text);
        List<Phrase> among = new ArrayList<>();
        for (Phrase phrase : phrases) {
            if (phrase.words.equals(said)) {
                return Optional.of(new Match(phrase.choice, phrase.asGiven));
            }
            if (said.contains(phrase.words)) {
                among.add(phrase);
            }
        }
        return among.stream()
                .filter(one -> among.stream().allMatch(other -> one.covers(other)))
                .findFirst()
                .map(one -> new Match(one.choice, one.asGiven));
    }
}
