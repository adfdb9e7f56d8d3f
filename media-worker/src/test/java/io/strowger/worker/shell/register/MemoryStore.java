package io.strowger.worker.shell.register;

import io.strowger.worker.core.registration.Registrar;
import io.strowger.worker.core.registration.RegistrationStore;
import io.strowger.worker.core.registration.Registrations;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Keeps registrations as the log does, without a broker; can be told to hold back or to fail.
public final class MemoryStore implements RegistrationStore {
    private final Registrations registrations;
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    volatile boolean holds;
    volatile boolean fails;

    public MemoryStore(Registrations registrations) {
        this.registrations = registrations;
    }

    @Override
    public CompletableFuture<Void> write(List<Registrar.Change> changes) {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        Runnable act =
                () -> {
                    changes.forEach(
                            change -> registrations.apply(change.key(), change.registration()));
                    kept.complete(null);
                };
        if (fails) {
            kept.completeExceptionally(new IllegalStateException("no broker"));
        } else if (holds) {
            held.add(act);
        } else {
            act.run();
        }
        return kept;
    }

    int heldBack() {
        return held.size();
    }

    void letGo() {
        for (Runnable act = held.poll(); act != null; act = held.poll()) {
            act.run();
        }
    }
}
