package io.strowger.standalone.chaos;

import java.util.Locale;

/// What breaks. Whoever is killed is started again at once, as whatever runs them in production
/// does; not so the worker, whose calls go to another one, and the broker, which stays away until
/// the calls were looked at.
public enum Fault {
    KILL_WORKER,
    DRAIN_WORKER,
    KILL_ORCHESTRATOR,
    KILL_GATEWAY,
    KILL_DISPATCHER,
    KILL_RECORDER,
    KILL_BROKER;

    /// As it is printed.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
