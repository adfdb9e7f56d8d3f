package io.strowger.worker.shell.register;

import io.micrometer.core.instrument.Counter;
import io.strowger.runtime.telemetry.Telemetry;

/// What became of REGISTERs.
public final class RegisterMeters {
    final Counter accepted;
    final Counter challenged;
    final Counter refused;
    final Counter dropped;
    final Counter failed;

    private enum Outcome {
        ACCEPTED,
        CHALLENGED,
        REFUSED,
        DROPPED,
        FAILED
    }

    public RegisterMeters(Telemetry telemetry) {
        this.accepted = counter(telemetry, Outcome.ACCEPTED);
        this.challenged = counter(telemetry, Outcome.CHALLENGED);
        this.refused = counter(telemetry, Outcome.REFUSED);
        this.dropped = counter(telemetry, Outcome.DROPPED);
        this.failed = counter(telemetry, Outcome.FAILED);
    }

    private static Counter counter(Telemetry telemetry, Outcome outcome) {
        return telemetry.counter(Telemetry.SIP_REGISTERS, "outcome", outcome);
    }
}
