package io.strowger.gateway.shell.http;

import io.micrometer.core.instrument.Timer;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.runtime.telemetry.TraceSpan;
import org.jspecify.annotations.Nullable;

/// Times requests by operation and outcome. For one event loop: keeps the meters it has found.
final class RequestMeters {
    private static final int OUTCOMES = RequestOutcome.values().length;
    private final Telemetry telemetry;
    private final @Nullable Timer[] timers =
            new @Nullable Timer[(ApiOperation.values().length + 1) * OUTCOMES];

    private enum Unknown {
        UNKNOWN
    }

    RequestMeters(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /// @param operation null: none was found
    void record(@Nullable ApiOperation operation, RequestOutcome outcome, long ns, TraceSpan span) {
        telemetry.record(timer(operation, outcome), ns, span);
    }

    private Timer timer(@Nullable ApiOperation operation, RequestOutcome outcome) {
        int row = operation == null ? ApiOperation.values().length : operation.ordinal();
        int index = row * OUTCOMES + outcome.ordinal();
        Timer timer = timers[index];
        if (timer == null) {
            Enum<?> label = operation == null ? Unknown.UNKNOWN : operation;
            timer =
                    telemetry.tracedTimer(
                            Telemetry.HTTP_REQUEST, "operation", label, "outcome", outcome);
            timers[index] = timer;
        }
        return timer;
    }
}
