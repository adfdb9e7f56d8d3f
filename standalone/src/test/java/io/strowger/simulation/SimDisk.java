package io.strowger.simulation;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.recording.core.timeline.Span;
import io.strowger.recording.core.timeline.Timeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The disk of a recording-service: it outlives processes, but for what was not forced to it.
final class SimDisk {
    private final Map<RecordingId, Spooled> recordings = new LinkedHashMap<>();

    /// A recording on it.
    static final class Spooled {
        Timeline timeline = new Timeline(0, List.of());
        RecordingEvent.@Nullable Finished done;
        private long safeEnd;
        private List<Span> safeGaps = List.of();
    }

    @Nullable Spooled find(RecordingId recording) {
        return recordings.get(recording);
    }

    Spooled begin(RecordingId recording) {
        return recordings.computeIfAbsent(recording, unused -> new Spooled());
    }

    /// All that was written is safe.
    void force() {
        for (Spooled one : recordings.values()) {
            one.safeEnd = one.timeline.end();
            one.safeGaps = one.timeline.gaps();
        }
    }

    /// The machine fails: what was not forced is gone.
    void fail() {
        for (Spooled one : recordings.values()) {
            one.timeline = new Timeline(one.safeEnd, one.safeGaps);
        }
    }
}
