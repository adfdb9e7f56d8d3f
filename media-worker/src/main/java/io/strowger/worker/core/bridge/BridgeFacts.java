package io.strowger.worker.core.bridge;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.speech.SpeechRecognizer.Session;
import org.jspecify.annotations.Nullable;

/// What a bridge tells and asks. Called on its media thread: must not block.
public interface BridgeFacts {
    void happened(MediaEvent event);

    void legSilent(LegId leg);

    /// Wants a source; the answer comes by [Bridge#loaded].
    void fetch(OperationId operation, int index, PlaySource source);

    /// Wants to listen to a leg; what is heard comes by [Bridge#heard].
    ///
    /// @return null: nobody can listen
    @Nullable Session listen(OperationId operation, LegId leg, SpokenInput spoken);
}
