package io.strowger.worker.shell.kafka;

import io.micrometer.core.instrument.Counter;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.worker.core.recording.AudioBlock;

/// What recordings count. For the thread that writes them.
final class RecordingMeters {
    private final Counter written;
    private final Counter lost;

    private enum Outcome {
        WRITTEN,
        LOST
    }

    RecordingMeters(Telemetry telemetry) {
        written = telemetry.counter(Telemetry.RECORDING_CHUNKS_FED, "outcome", Outcome.WRITTEN);
        lost = telemetry.counter(Telemetry.RECORDING_CHUNKS_FED, "outcome", Outcome.LOST);
    }

    void written() {
        written.increment();
    }

    /// @param samples 0: none
    void lost(long samples) {
        lost.increment(Math.ceilDiv(samples, (long) AudioBlock.CAPACITY));
    }
}
