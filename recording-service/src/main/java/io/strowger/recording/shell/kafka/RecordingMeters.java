package io.strowger.recording.shell.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.strowger.recording.core.spool.Place;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;

/// The meters of the recording-service. Outlives the loop's lives.
final class RecordingMeters {
    private final Counter written;
    private final Counter passedOver;
    private final Counter bytes;
    private final Counter gaps;
    private final Counter spoolFailures;
    private final Timer finish;
    private volatile int active;

    RecordingMeters(Telemetry telemetry) {
        written = telemetry.counter(Telemetry.RECORDING_CHUNKS, "outcome", Outcome.WRITTEN);
        passedOver = telemetry.counter(Telemetry.RECORDING_CHUNKS, "outcome", Outcome.PASSED_OVER);
        bytes = telemetry.counter(Telemetry.RECORDING_BYTES);
        gaps = telemetry.counter(Telemetry.RECORDING_GAPS);
        spoolFailures = telemetry.counter(Telemetry.RECORDING_FAILURES, "place", Place.SPOOL);
        finish = telemetry.timer(Telemetry.RECORDING_FINISH);
        telemetry.gauge(Telemetry.RECORDINGS_ACTIVE, () -> active);
    }

    private enum Outcome {
        WRITTEN,
        PASSED_OVER
    }

    void active(int recordings) {
        active = recordings;
    }

    void written(int pcmBytes) {
        written.increment();
        bytes.increment(pcmBytes);
    }

    void passedOver() {
        passedOver.increment();
    }

    void gap() {
        gaps.increment();
    }

    void spoolFailed() {
        spoolFailures.increment();
    }

    void finished(long ns) {
        finish.record(Duration.ofNanos(ns));
    }
}
