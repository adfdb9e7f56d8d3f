package io.strowger.worker.shell.call;

import io.strowger.contracts.media.MediaReport;

/// Where reports leave. Called on mailbox and media threads: must not block; keeps the order of the
/// calls it gets for one call.
public interface ReportSink {
    void report(MediaReport report);
}
