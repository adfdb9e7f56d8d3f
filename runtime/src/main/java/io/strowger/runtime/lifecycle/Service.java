package io.strowger.runtime.lifecycle;

/// One of the five services, or a part that is started and stopped like one. Started and stopped
/// once, by one thread.
public interface Service {
    /// As in the launcher: `gateway`, `call-orchestrator`...
    String name();

    /// Returns when the service can do its work, or throws with a message that says what to do.
    void start() throws Exception;

    /// Finishes or hands over what runs, within a few seconds; also after a start that failed.
    void stop() throws Exception;
}
