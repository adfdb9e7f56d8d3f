package io.strowger.recording.shell.kafka;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.offset.AudioReading;
import io.strowger.recording.core.offset.Unsettled;
import io.strowger.recording.core.spool.Spool;
import io.strowger.recording.core.spool.SpooledRecording;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A partition of both topics that is read here, with the recordings it has on this disk. For the
/// reading thread.
final class OwnedPartition {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedPartition.class);
    final int number;
    final AudioReading reading = new AudioReading();
    final Unsettled commands = new Unsettled();
    final Map<RecordingId, SpooledRecording> recordings = new HashMap<>();

    /// Recordings whose audio was read again and is not safe yet.
    final Set<RecordingId> completing = new HashSet<>();

    /// The command that finished a recording which is still on this disk.
    final Map<RecordingId, Long> settledFinishes = new HashMap<>();

    /// What was committed last.
    RecordingLog.Offsets safe;

    /// Up to where this disk has all, as it was noted last; -1: not noted.
    long covered;

    /// False once another reads it. Asked by other threads.
    volatile boolean owned = true;

    OwnedPartition(int number, RecordingLog.Offsets safe, long covered) {
        this.number = number;
        this.safe = safe;
        this.covered = covered;
    }

    /// Deletes what is on this disk of a recording. What cannot be deleted is found again later.
    void forget(SpooledRecording recording, Spool spool) {
        recordings.remove(recording.recording());
        settledFinishes.remove(recording.recording());
        try {
            spool.delete(recording);
        } catch (IOException e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("folder", recording.folder())
                    .log("the spool of a finished recording cannot be deleted");
        }
    }
}
