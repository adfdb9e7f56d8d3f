package io.strowger.worker.shell.call;

import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/// Where reports leave. Called on mailbox and media threads: must not block; keeps the order of the
/// calls it gets for one call.
public interface ReportSink {
    void report(MediaReport report);

    /// Likewise.
    ///
    /// @param trace that the report belongs to; null: to none
    default void report(MediaReport report, @Nullable TraceContext trace) {
        report(report);
    }
}
