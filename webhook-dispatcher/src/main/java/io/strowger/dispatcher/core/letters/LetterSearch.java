package io.strowger.dispatcher.core.letters;

import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Finds what a query means while all letters pass by, oldest first, and after them the word that
/// some were replayed. One thread.
public final class LetterSearch {
    private final LetterQuery query;
    private final TreeMap<Long, DeadLetter> found = new TreeMap<>();
    private OptionalLong last = OptionalLong.empty();
    private int taken;

    public LetterSearch(LetterQuery query) {
        this.query = query;
    }

    /// Whether further letters belong to the next page. Stays so although some of this one turn out
    /// to be replayed: else letters between would be on no page.
    public boolean isFull() {
        return taken >= query.limit();
    }

    public void met(DeadLetter letter) {
        if (query.matches(letter)) {
            found.put(letter.id(), letter);
            last = OptionalLong.of(letter.id());
            taken++;
        }
    }

    public void replayed(long id) {
        if (query.withReplayed()) {
            found.computeIfPresent(id, (unused, letter) -> letter.asReplayed());
        } else {
            found.remove(id);
        }
    }

    /// May have fewer letters than the limit, even none, and yet a next one.
    public LetterPage page() {
        return new LetterPage(
                new ArrayList<>(found.values()), isFull() ? last : OptionalLong.empty());
    }
}
