package io.strowger.recording.shell.kafka;

import io.strowger.runtime.log.LogFields;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// While the spool cannot be written no audio is read: it waits in the log. Tried again after 1 s,
/// then twice as long each time, at most 30 s. For the reading thread.
final class Stall {
    private static final Logger LOG = LoggerFactory.getLogger(Stall.class);
    private static final long FIRST_PAUSE_NS = 1_000_000_000L;
    private static final long LONGEST_PAUSE_NS = 30_000_000_000L;
    private final RecordingMeters meters;
    private boolean stalled;
    private boolean waiting;
    private long pauseNs = FIRST_PAUSE_NS;
    private long untilNs;

    Stall(RecordingMeters meters) {
        this.meters = meters;
    }

    void failed(IOException e, long nowNs) {
        meters.spoolFailed();
        if (!stalled) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue(LogFields.REASON, String.valueOf(e.getMessage()))
                    .log("the spool cannot be written: audio waits in Kafka until it can");
        }
        pauseNs = stalled ? Math.min(2 * pauseNs, LONGEST_PAUSE_NS) : FIRST_PAUSE_NS;
        stalled = true;
        waiting = true;
        untilNs = nowNs + pauseNs;
    }

    /// All that was written is safe.
    void works() {
        if (stalled && !waiting) {
            stalled = false;
            LOG.atInfo().log("the spool can be written again");
        }
    }

    /// Whether no audio is to be read now.
    boolean waits(long nowNs) {
        if (waiting && nowNs - untilNs >= 0) {
            waiting = false;
        }
        return waiting;
    }
}
