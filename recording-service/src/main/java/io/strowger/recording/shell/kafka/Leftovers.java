package io.strowger.recording.shell.kafka;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.recording.core.finish.Finisher;
import io.strowger.recording.core.spool.Spool;
import io.strowger.recording.core.spool.SpooledRecording;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes from this disk what is of no use any more: refused recordings, and those that another
/// instance finished. What the store does not have is never deleted. For the reading thread.
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final long EVERY_NS = Duration.ofMinutes(10).toNanos();
    private static final Duration IDLE = Duration.ofHours(1);
    private static final UUID NO_CORRELATION = new UUID(0, 0);
    private final Spool spool;
    private final Recordings recordings;
    private final Finisher finisher;
    private final Finishes finishes;
    private final Inbox inbox;
    private final Set<RecordingId> asked = new HashSet<>();
    private long lastNs = System.nanoTime();

    Leftovers(
            Spool spool, Recordings recordings, Finisher finisher, Finishes finishes, Inbox inbox) {
        this.spool = spool;
        this.recordings = recordings;
        this.finisher = finisher;
        this.finishes = finishes;
        this.inbox = inbox;
    }

    void turn(long nowNs) {
        if (nowNs - lastNs < EVERY_NS) {
            return;
        }
        lastNs = nowNs;
        for (OwnedPartition partition : recordings.partitions()) {
            for (SpooledRecording one : List.copyOf(partition.recordings.values())) {
                if (isIdle(one)) {
                    look(partition, one);
                }
            }
        }
    }

    private boolean isIdle(SpooledRecording recording) {
        try {
            return !finishes.isUnderWay(recording.recording()) && spool.isIdle(recording, IDLE);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the age of a spooled recording cannot be told");
            return false;
        }
    }

    private void look(OwnedPartition partition, SpooledRecording one) {
        if (one.state().done() != null || one.state().refusal() != null) {
            recordings.over(one.recording());
            partition.forget(one, spool);
        } else if (asked.add(one.recording())) {
            finisher.find(
                    spec(one),
                    found ->
                            inbox.add(() -> {
                                asked.remove(one.recording());
                                if (found.isPresent() && partition.owned && isIdle(one)) {
                                    LOG.atInfo()
                                            .addKeyValue("recordingId", one.recording())
                                            .log("another instance finished a recording");
                                    recordings.over(one.recording());
                                    partition.forget(one, spool);
                                }
                            }));
        }
    }

    private static RecordingSpec spec(SpooledRecording one) {
        RecordingSpec known = one.state().spec();
        return known != null
                ? known
                : new RecordingSpec(
                        one.recording(),
                        NO_CORRELATION,
                        one.state().startedAt(),
                        new RecordingFormat(ChannelType.MIXED, FileFormat.WAV),
                        null);
    }
}
