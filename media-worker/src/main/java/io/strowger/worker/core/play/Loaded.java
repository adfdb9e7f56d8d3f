package io.strowger.worker.core.play;

import io.strowger.contracts.media.PlayOutcome;

/// What came of fetching a source.
public sealed interface Loaded {
    record Ready(Clip clip) implements Loaded {}

    /// @param outcome a failure
    /// @param detail for people
    record Failed(PlayOutcome outcome, String detail) implements Loaded {}
}
