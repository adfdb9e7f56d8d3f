package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.trace.TraceContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes one event to its receiver.
public interface Courier {
    /// Called on the lanes' thread; `done` is called there, exactly once, not before this returns.
    ///
    /// @param trace that the request says it belongs to; null: to none
    void deliver(EventRecord event, @Nullable TraceContext trace, Consumer<Answer> done);
}
