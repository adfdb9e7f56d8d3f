package io.strowger.recording.core.store;

import io.strowger.contracts.recording.RecordingSpec;
import java.io.IOException;

/// Finds the store that a recording goes to. May be asked by several threads.
@FunctionalInterface
public interface StoreOf {
    /// The application's container if the recording names one, else the installation's own.
    ///
    /// @throws IOException when there is no such store; the message says what to mend
    RecordingStore storeFor(RecordingSpec spec) throws IOException;
}
