package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.event.EventRecord;
import java.util.function.Consumer;

/// Takes one event to its receiver.
public interface Courier {
    /// Called on the lanes' thread; `done` is called there, exactly once, not before this returns.
    void deliver(EventRecord event, Consumer<Answer> done);
}
