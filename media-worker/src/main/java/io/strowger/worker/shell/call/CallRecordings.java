package io.strowger.worker.shell.call;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.placement.Placement;
import io.strowger.worker.core.media.MediaEngine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The recordings of one call, from the order that begins one to the report that it has stopped:
/// that may come long after the call was released, and is reported in the placement that the
/// recording began in. Used only inside the mailbox of its call.
final class CallRecordings {
    private final ServerCallId call;
    private final MediaEngine engine;
    private final AtomicInteger running;
    private final Map<RecordingId, Placement> begun = new HashMap<>();
    private final Set<RecordingId> stopping = new HashSet<>();
    private final Set<RecordingId> over = new HashSet<>();

    /// @param running counts the recordings of all calls that have not stopped
    CallRecordings(ServerCallId call, MediaEngine engine, AtomicInteger running) {
        this.call = call;
        this.engine = engine;
        this.running = running;
    }

    /// Begins a recording, once.
    void start(MediaCommand.StartRecording command, Placement placement) {
        RecordingId id = command.recording();
        if (!begun.containsKey(id) && !over.contains(id)) {
            engine.startRecording(call, command);
            begun.put(id, placement);
            running.incrementAndGet();
        } else {
            begun.replace(id, placement);
        }
    }

    /// Stops a recording, once.
    ///
    /// @return whether it was never known
    boolean stop(RecordingId id) {
        if (!begun.containsKey(id)) {
            return over.add(id);
        }
        if (stopping.add(id)) {
            engine.stopRecording(call, id);
        }
        return false;
    }

    void stopAll() {
        List.copyOf(begun.keySet()).forEach(this::stop);
    }

    /// Forgets them without a word.
    void abandon() {
        running.addAndGet(-begun.size());
        begun.clear();
    }

    /// A new placement: what was stopped in an earlier one may begin again.
    void placed() {
        over.clear();
    }

    /// Where a fact is to be reported.
    ///
    /// @return null: it is of no recording that runs
    @Nullable Placement placementOf(MediaEvent event) {
        return switch (event) {
            case MediaEvent.RecordingPaused(var id, _) -> begun.get(id);
            case MediaEvent.RecordingResumed(var id, _, _) -> begun.get(id);
            case MediaEvent.RecordingAudioLost(var id, _, _) -> begun.get(id);
            case MediaEvent.RecordingStopped(var id, _) -> begun.get(id);
            default -> null;
        };
    }

    /// A fact was reported.
    void reported(MediaEvent event) {
        if (event instanceof MediaEvent.RecordingStopped(var id, _)) {
            over.add(id);
            stopping.remove(id);
            if (begun.remove(id) != null) {
                running.decrementAndGet();
            }
        }
    }

    /// Whether none runs.
    boolean isEmpty() {
        return begun.isEmpty();
    }
}
