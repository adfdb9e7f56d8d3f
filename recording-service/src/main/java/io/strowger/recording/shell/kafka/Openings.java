package io.strowger.recording.shell.kafka;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingCommand.Open;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.contracts.recording.RecordingEvent.OpenFailed;
import io.strowger.contracts.recording.RecordingEvent.Opened;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.recording.core.finish.Finisher;
import io.strowger.recording.core.spool.Spool;
import io.strowger.recording.core.spool.SpooledRecording;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.telemetry.TraceSpan;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers `Open`. What was answered once is answered the same again: a recording that runs is not
/// refused because its store is down for a while. For the reading thread.
final class Openings {
    private static final Logger LOG = LoggerFactory.getLogger(Openings.class);
    private final Spool spool;
    private final Recordings recordings;
    private final Finisher finisher;
    private final Reports reports;
    private final Inbox inbox;

    Openings(Spool spool, Recordings recordings, Finisher finisher, Reports reports, Inbox inbox) {
        this.spool = spool;
        this.recordings = recordings;
        this.finisher = finisher;
        this.reports = reports;
        this.inbox = inbox;
    }

    void open(OwnedPartition partition, Open open, long offset, TraceSpan span) {
        RecordingId recording = open.recording();
        SpooledRecording known = partition.recordings.get(recording);
        if (known != null && known.state().refusal() != null) {
            OpenFailed again = new OpenFailed(recording, known.state().refusal());
            report(partition, offset, again, span);
        } else if (recordings.isOver(recording)
                || known != null
                        && (known.state().spec() != null || known.state().done() != null)) {
            report(partition, offset, new Opened(recording), span);
        } else {
            finisher.check(
                    open.spec(),
                    refusal ->
                            inbox.add(
                                    () -> checked(partition, open.spec(), offset, refusal, span)));
        }
    }

    private void checked(
            OwnedPartition partition,
            RecordingSpec spec,
            long offset,
            Optional<String> refusal,
            TraceSpan span) {
        if (!partition.owned) {
            return; // who reads it now reads the command, too
        }
        RecordingId recording = spec.recording();
        if (refusal.isPresent()) {
            refuse(partition, spec, refusal.get());
            report(partition, offset, new OpenFailed(recording, refusal.get()), span);
            return;
        }
        try {
            SpooledRecording opened = partition.recordings.get(recording);
            if (opened == null) {
                opened = begin(partition, spec);
            }
            opened.keep(opened.state().opened(spec));
            LOG.atInfo()
                    .addKeyValue(LogFields.SERVER_CALL_ID, recording.call())
                    .addKeyValue("recordingId", recording)
                    .log("recording opened");
            report(partition, offset, new Opened(recording), span);
        } catch (IOException e) {
            String why = "the spool cannot be written: " + e.getMessage();
            refuse(partition, spec, why);
            report(partition, offset, new OpenFailed(recording, why), span);
        }
    }

    private SpooledRecording begin(OwnedPartition partition, RecordingSpec spec)
            throws IOException {
        SpooledRecording begun =
                spool.begin(
                        spec.recording(),
                        partition.number,
                        spec.startedAt(),
                        AudioChunk.SAMPLE_RATE);
        partition.recordings.put(spec.recording(), begun);
        return begun;
    }

    /// Its audio is passed over from now on. The folder says so to the next process, if it can be
    /// written.
    private void refuse(OwnedPartition partition, RecordingSpec spec, String why) {
        RecordingId recording = spec.recording();
        try {
            SpooledRecording known = partition.recordings.remove(recording);
            if (known != null) {
                spool.delete(known);
            }
            SpooledRecording marker = begin(partition, spec);
            marker.keep(marker.state().refused(spec, why));
        } catch (IOException e) {
            partition.recordings.remove(recording);
            recordings.over(recording);
            LOG.atDebug().setCause(e).log("a refused recording is remembered in memory only");
        }
    }

    private void report(
            OwnedPartition partition, long offset, RecordingEvent event, TraceSpan span) {
        reports.event(event, span, () -> partition.commands.settled(offset));
    }
}
