package io.strowger.worker.core.registration;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Where contacts are kept for all workers.
public interface RegistrationStore {
    /// Writes the changes. May block for a short time.
    ///
    /// @return done when they are kept and the [Registrations] of this process show them; failed
    ///   when that did not come about in a few seconds
    CompletableFuture<Void> write(List<Registrar.Change> changes);
}
