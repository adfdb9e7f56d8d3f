package io.strowger.orchestrator.core.call;

import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.recording.RecordingEvent;
import java.time.Instant;

/// Everything that can happen to a call.
public sealed interface CallInput {
    /// An application asks.
    record Asked(CallRequest request) implements CallInput {}

    /// A media worker reports.
    record Reported(MediaReport report) implements CallInput {}

    /// The recording-service reports.
    record RecordingReported(RecordingEvent event) implements CallInput {}

    /// A timer of the state is due.
    ///
    /// @param dueAt as the state has it; another one means that the timer was set anew meanwhile
    record TimerFired(TimerName name, Instant dueAt) implements CallInput {}

    /// The process that carries the call's media is gone.
    record WorkerLost(Placement placement) implements CallInput {}

    /// That process leaves, and others shall carry its calls.
    record WorkerLeaving(Placement placement) implements CallInput {}
}
