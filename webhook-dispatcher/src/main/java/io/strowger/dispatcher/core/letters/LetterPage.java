package io.strowger.dispatcher.core.letters;

import java.util.List;
import java.util.OptionalLong;

/// Some dead letters, oldest first.
///
/// @param next what [LetterQuery#after] is for the rest; empty: there is none
public record LetterPage(List<DeadLetter> letters, OptionalLong next) {
    public LetterPage {
        letters = List.copyOf(letters);
    }
}
