package io.strowger.worker;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.media.MediaFacts;
import org.jspecify.annotations.Nullable;

/// Leads from the engine, which is made first, to who hears of its facts. Used by all threads that
/// have facts; opened once.
final class FactsDoor implements MediaFacts {
    private volatile @Nullable MediaFacts facts;

    void open(MediaFacts to) {
        facts = to;
    }

    @Override
    public void happened(ServerCallId call, MediaEvent event) {
        MediaFacts present = facts;
        if (present != null) {
            present.happened(call, event);
        }
    }

    @Override
    public void legSilent(ServerCallId call, LegId leg) {
        MediaFacts present = facts;
        if (present != null) {
            present.legSilent(call, leg);
        }
    }
}
