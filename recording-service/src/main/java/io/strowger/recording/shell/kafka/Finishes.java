package io.strowger.recording.shell.kafka;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingCommand.Finish;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.contracts.recording.RecordingEvent.Failed;
import io.strowger.contracts.recording.RecordingEvent.Finished;
import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import io.strowger.recording.core.finish.FinishPlan;
import io.strowger.recording.core.finish.FinishPlan.Spooled;
import io.strowger.recording.core.finish.Finisher;
import io.strowger.recording.core.finish.Finisher.Impossible;
import io.strowger.recording.core.finish.Finisher.Job;
import io.strowger.recording.core.finish.Finisher.Outcome;
import io.strowger.recording.core.finish.Finisher.Stored;
import io.strowger.recording.core.offset.AudioReading.Origin;
import io.strowger.recording.core.spool.Spool;
import io.strowger.recording.core.spool.SpooledRecording;
import io.strowger.recording.core.timeline.Spans;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.telemetry.TraceSpan;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on `Finish` commands, several at once: waits until all audio that was there when the
/// command was read is spooled, lets the file be built and stored, reports. For the reading thread.
final class Finishes {
    private static final Logger LOG = LoggerFactory.getLogger(Finishes.class);
    private static final int MOST_REMEMBERED = 1000;
    private final Spool spool;
    private final Recordings recordings;
    private final Finisher finisher;
    private final Reports reports;
    private final Inbox inbox;
    private final RecordingMeters meters;
    private final Map<RecordingId, Finishing> underWay = new LinkedHashMap<>();
    private final Map<RecordingId, String> failed = new LinkedHashMap<>();

    Finishes(
            Spool spool,
            Recordings recordings,
            Finisher finisher,
            Reports reports,
            Inbox inbox,
            RecordingMeters meters) {
        this.spool = spool;
        this.recordings = recordings;
        this.finisher = finisher;
        this.reports = reports;
        this.inbox = inbox;
        this.meters = meters;
    }

    private enum Stage {
        /// Read; where the audio ends is not known yet.
        TOLD,
        /// Waits for audio.
        READING,
        /// Nothing is on this disk: the store is asked whether it is finished already.
        LOOKING,
        /// The file is made and stored.
        BUILDING
    }

    /// One that is under way.
    private static final class Finishing {
        final Finish command;
        final OwnedPartition partition;
        final Set<Long> offsets = new TreeSet<>();
        final long readAtNs = System.nanoTime();
        final TraceSpan span;
        Stage stage = Stage.TOLD;
        long barrier;
        boolean looked;

        Finishing(Finish command, OwnedPartition partition, TraceSpan span) {
            this.command = command;
            this.span = span;
            this.partition = partition;
        }

        RecordingId recording() {
            return command.recording();
        }

        boolean isWanted() {
            return partition.owned;
        }
    }

    void finish(OwnedPartition partition, Finish command, long offset, TraceSpan span) {
        RecordingId recording = command.recording();
        Finishing already = underWay.get(recording);
        SpooledRecording known = partition.recordings.get(recording);
        if (already != null && already.isWanted()) {
            already.offsets.add(offset);
        } else if (known != null && known.state().done() != null) {
            Finished again = new Finished(recording, known.state().done().file());
            settle(partition, offset, again, span);
        } else if (known != null && known.state().refusal() != null) {
            settle(partition, offset, new Failed(recording, known.state().refusal()), span);
        } else if (failed.containsKey(recording)) {
            Failed again = new Failed(recording, failed.getOrDefault(recording, ""));
            settle(partition, offset, again, span);
        } else {
            Finishing begun = new Finishing(command, partition, span);
            begun.offsets.add(offset);
            underWay.put(recording, begun);
        }
    }

    private void settle(
            OwnedPartition partition, long offset, RecordingEvent event, TraceSpan span) {
        reports.event(event, span, () -> settled(partition, event.recording(), offset));
    }

    private static void settled(OwnedPartition partition, RecordingId recording, long offset) {
        partition.commands.settled(offset);
        partition.settledFinishes.put(recording, offset);
    }

    /// Whether a recording takes no more audio, because its file is being made.
    boolean isSealed(RecordingId recording) {
        Finishing one = underWay.get(recording);
        return one != null && one.stage == Stage.BUILDING && one.isWanted();
    }

    /// Whether a recording is being finished.
    boolean isUnderWay(RecordingId recording) {
        return underWay.containsKey(recording);
    }

    /// Goes on with all.
    ///
    /// @param log asked where the audio ends, for all new ones at once
    /// @param consumed up to where a partition's audio is spooled
    /// @param mayHandOver whether no file of the spool is being forced
    void advance(RecordingLog log, ToLongFunction<OwnedPartition> consumed, boolean mayHandOver) {
        underWay.values().removeIf(one -> !one.isWanted());
        setBarriers(log);
        for (Finishing one : List.copyOf(underWay.values())) {
            if (one.stage == Stage.READING
                    && consumed.applyAsLong(one.partition) >= one.barrier
                    && !one.partition.reading.isIncomplete(one.recording())) {
                allIsRead(one, mayHandOver);
            }
        }
    }

    private void setBarriers(RecordingLog log) {
        List<Finishing> told =
                underWay.values().stream().filter(one -> one.stage == Stage.TOLD).toList();
        if (told.isEmpty()) {
            return;
        }
        Map<Integer, Long> ends =
                log.audioEnds(
                        told.stream().map(one -> one.partition.number).collect(Collectors.toSet()));
        for (Finishing one : told) {
            Long end = ends.get(one.partition.number);
            if (end != null) {
                one.barrier = end;
                one.stage = Stage.READING;
            }
        }
    }

    private void allIsRead(Finishing one, boolean mayHandOver) {
        SpooledRecording spooled = one.partition.recordings.get(one.recording());
        Long samples = one.command.samples();
        boolean nothingHere = spooled == null || spooled.samples() == 0;
        boolean nothingRecorded = samples != null && samples == 0;
        if (nothingHere && !nothingRecorded && !one.partition.reading.wasSought(one.recording())) {
            look(one);
        } else if (mayHandOver) {
            handOver(one);
        }
    }

    /// It was finished before, or its audio was read by another instance, or there was none.
    private void look(Finishing one) {
        if (one.looked) {
            one.partition.reading.want(
                    one.recording(),
                    new Origin(one.command.spec().startedAt().toEpochMilli(), -1),
                    System.nanoTime());
            return;
        }
        one.stage = Stage.LOOKING;
        finisher.find(one.command.spec(), found -> inbox.add(() -> looked(one, found)));
    }

    private void looked(Finishing one, Optional<RecordingFile> found) {
        if (!one.isWanted()) {
            return;
        }
        one.looked = true;
        one.stage = Stage.READING;
        found.ifPresent(file -> over(one, new Finished(one.recording(), file)));
    }

    private void handOver(Finishing one) {
        try {
            SpooledRecording spooled = one.partition.recordings.get(one.recording());
            if (spooled == null) {
                spooled =
                        spool.begin(
                                one.recording(),
                                one.partition.number,
                                one.command.spec().startedAt(),
                                AudioChunk.SAMPLE_RATE);
                one.partition.recordings.put(one.recording(), spooled);
            }
            FinishPlan plan =
                    FinishPlan.of(
                            one.command,
                            new Spooled(
                                    spooled.state().sampleRate(),
                                    spooled.samples(),
                                    spooled.gaps(),
                                    spooled.channels()));
            keepGaps(spooled, plan);
            spooled.seal();
            one.stage = Stage.BUILDING;
            SpooledRecording sealed = spooled;
            finisher.finish(
                    new Job(plan, spooled.folder(), one::isWanted),
                    outcome -> inbox.add(() -> built(one, sealed, outcome)));
        } catch (IOException e) {
            meters.spoolFailed(); // again at the next turn
            LOG.atDebug().setCause(e).log("a recording cannot be finished yet");
        }
    }

    /// The finished header will claim all audio: should this process end before it is reported, the
    /// next one must still know what is silence.
    private static void keepGaps(SpooledRecording spooled, FinishPlan plan) throws IOException {
        Spans gaps = new Spans(spooled.gaps());
        gaps.add(spooled.samples(), plan.samples());
        if (!gaps.list().equals(spooled.state().gaps())) {
            spooled.keep(spooled.state().withGaps(gaps.list()));
        }
    }

    private void built(Finishing one, SpooledRecording spooled, Outcome outcome) {
        if (!one.isWanted()) {
            return;
        }
        try {
            switch (outcome) {
                case Stored(RecordingFile file) -> {
                    spooled.keep(spooled.state().done(file, one.barrier));
                    over(one, new Finished(one.recording(), file));
                }
                case Impossible(String detail) -> {
                    String kept = spool.putAside(spooled);
                    one.partition.recordings.remove(one.recording());
                    LOG.atError()
                            .addKeyValue(LogFields.SERVER_CALL_ID, one.recording().call())
                            .addKeyValue("recordingId", one.recording())
                            .addKeyValue(LogFields.REASON, detail)
                            .addKeyValue("folder", kept)
                            .log("a recording cannot be finished: its audio was put aside");
                    remember(one.recording(), detail);
                    over(one, new Failed(one.recording(), detail));
                }
            }
        } catch (IOException e) {
            meters.spoolFailed();
            LOG.atDebug().setCause(e).log("what became of a recording cannot be noted yet");
            inbox.add(() -> built(one, spooled, outcome));
        }
    }

    private void remember(RecordingId recording, String detail) {
        failed.put(recording, detail);
        if (failed.size() > MOST_REMEMBERED) {
            failed.remove(failed.keySet().iterator().next());
        }
    }

    private void over(Finishing one, RecordingEvent event) {
        recordings.over(one.recording());
        reports.event(
                event,
                one.span,
                () -> {
                    for (long offset : one.offsets) {
                        settled(one.partition, one.recording(), offset);
                    }
                    underWay.remove(one.recording(), one);
                    meters.finished(System.nanoTime() - one.readAtNs);
                    LOG.atInfo()
                            .addKeyValue(LogFields.SERVER_CALL_ID, one.recording().call())
                            .addKeyValue("recordingId", one.recording())
                            .addKeyValue("event", event.getClass().getSimpleName())
                            .log("recording is over");
                });
    }
}
