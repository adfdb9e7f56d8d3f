package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.placement.Placement;
import java.util.Optional;
import java.util.Set;

/// What the coordinator knows of others when it decides. Asked on its thread.
public interface Surroundings {
    /// Where a call would be placed now.
    Optional<Placement> candidate();

    /// Calls of an application that go on in partitions of other orchestrators, as far as they have
    /// told.
    ///
    /// @param own partitions that are not asked for
    default int runningElsewhere(String application, Set<Integer> own) {
        return 0;
    }
}
