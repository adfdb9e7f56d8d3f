package io.strowger.worker.core.bridge;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaEvent;

/// What a bridge tells and asks. Called on its media thread: must not block.
public interface BridgeFacts {
    void happened(MediaEvent event);

    void legSilent(LegId leg);

    /// Wants a source; the answer comes by [Bridge#loaded].
    void fetch(OperationId operation, int index, PlaySource source);
}
