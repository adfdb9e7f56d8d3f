package io.strowger.dispatcher.core.letters;

import java.util.Optional;

/// The dead letters of all receivers. All methods block; any thread.
public interface Letters {
    LetterPage find(LetterQuery query) throws InterruptedException;

    /// Empty: there is none of that id, or it was older than dead letters are kept.
    Optional<DeadLetter> letter(long id) throws InterruptedException;

    /// Its receiver has accepted it: durable when this returns.
    void replayed(DeadLetter letter) throws InterruptedException;
}
