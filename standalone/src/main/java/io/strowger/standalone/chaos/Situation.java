package io.strowger.standalone.chaos;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/// A call that is in a state, and how to tell afterwards whether it still is.
///
/// @param path where its events come
/// @param connection its callConnectionId
/// @param ears whose phones should hear something all the while
/// @param proof that it lives: does what comes next, and waits for what should come of that
/// @param over the events that say that it is over, or what it was at
record Situation(
        CallState state,
        LegKind leg,
        String path,
        String connection,
        List<Extras.Extra> ears,
        Proof proof,
        Predicate<Application.Event> over) {
    Situation {
        ears = List.copyOf(ears);
    }

    /// Something that must come true within a bounded time.
    interface Proof {
        /// @return whether it came true
        boolean holds() throws IOException, InterruptedException;
    }
}
