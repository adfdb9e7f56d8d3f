package io.strowger.dispatcher.core.delivery;

import java.util.List;
import java.util.UUID;

/// The receivers that every dispatcher knows to have said 410 Gone. All methods block; any thread.
public interface StoppedReceivers {
    /// Those that are not asked now, the oldest first.
    List<ReceiverStop> now() throws InterruptedException;

    /// Lets one be asked again: durable when this returns.
    ///
    /// @return false: there is none of that id
    boolean resume(UUID id) throws InterruptedException;
}
