package io.strowger.standalone.chaos;

import java.util.Locale;

/// What breaks. Whoever is killed is started again at once, as whatever runs them in production
/// does; not so the worker, whose calls go to another one, and the one broker, which stays away
/// until the calls were looked at.
public enum Fault {
    KILL_WORKER,
    /// SIGTERM.
    DRAIN_WORKER,
    /// SIGSTOP for longer than its lease, so that its calls are taken over, then SIGCONT.
    FREEZE_WORKER,
    KILL_ORCHESTRATOR,
    KILL_GATEWAY,
    KILL_DISPATCHER,
    KILL_RECORDER,
    KILL_BROKER,
    /// All three are killed, and started again after 12 s.
    BROKERS_AWAY;

    /// As it is printed, and asked for on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the calls of the worker go to another one.
    boolean movesCalls() {
        return this == KILL_WORKER || this == DRAIN_WORKER || this == FREEZE_WORKER;
    }
}
