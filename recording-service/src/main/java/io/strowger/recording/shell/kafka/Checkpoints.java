package io.strowger.recording.shell.kafka;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.spool.Spool;
import io.strowger.recording.core.spool.SpoolState.Done;
import io.strowger.recording.core.spool.SpooledRecording;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits offsets for what is safe: audio that is forced to disk, commands whose report is
/// durable. One at a time. For the reading thread.
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final long EVERY_NS = Duration.ofSeconds(2).toNanos();
    private static final long LONGEST_WAIT_SECONDS = 20;
    private final Spool spool;
    private final Recordings recordings;
    private final RecordingLog log;
    private final Reports reports;
    private final Stall stall;
    private long lastNs = System.nanoTime();
    private @Nullable Checkpoint outstanding;

    Checkpoints(
            Spool spool, Recordings recordings, RecordingLog log, Reports reports, Stall stall) {
        this.spool = spool;
        this.recordings = recordings;
        this.log = log;
        this.reports = reports;
        this.stall = stall;
    }

    /// What becomes safe once the disk has it.
    ///
    /// @param whole partitions that are not read again
    private record Checkpoint(
            Map<Integer, RecordingLog.Offsets> offsets,
            Set<Integer> whole,
            Map<Integer, Set<RecordingId>> completing,
            CompletableFuture<Void> forced) {}

    /// Whether files of the spool are being forced.
    boolean isUnderWay() {
        return outstanding != null;
    }

    /// Begins one when it is time, ends one that is done.
    void turn(long nowNs) {
        Checkpoint current = outstanding;
        if (current != null && current.forced.isDone()) {
            end(current, nowNs);
        } else if (current == null && nowNs - lastNs >= EVERY_NS && !stall.waits(nowNs)) {
            lastNs = nowNs;
            begin(nowNs);
        }
    }

    /// Makes all that was read so far safe before another reads on. What does not succeed is read
    /// again there.
    void now() {
        for (int pass = 0; pass < 2; pass++) {
            Checkpoint current = outstanding;
            if (current == null) {
                begin(System.nanoTime());
                current = outstanding;
            }
            if (current == null || !awaitForced(current)) {
                return;
            }
            boolean wasLast = current.offsets.equals(offsets());
            end(current, System.nanoTime());
            if (wasLast) {
                return;
            }
        }
    }

    private static boolean awaitForced(Checkpoint current) {
        try {
            current.forced.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return true; // dealt with where it ends
        } catch (TimeoutException e) {
            LOG.atWarn().log("the disk takes long: another will read again what is not safe");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Map<Integer, RecordingLog.Offsets> offsets() {
        Map<Integer, RecordingLog.Offsets> offsets = new HashMap<>();
        for (OwnedPartition one : recordings.partitions()) {
            offsets.put(
                    one.number,
                    new RecordingLog.Offsets(
                            one.reading.consumed(log.audioPosition(one.number)),
                            one.commands.safe(log.commandsPosition(one.number))));
        }
        return offsets;
    }

    private void begin(long nowNs) {
        List<SpooledRecording> all = new ArrayList<>();
        Set<Integer> whole = new java.util.HashSet<>();
        Map<Integer, Set<RecordingId>> completing = new HashMap<>();
        for (OwnedPartition one : recordings.partitions()) {
            all.addAll(one.recordings.values());
            completing.put(one.number, Set.copyOf(one.completing));
            if (one.reading.isWhole() && one.completing.isEmpty()) {
                whole.add(one.number);
            }
        }
        try {
            outstanding = new Checkpoint(offsets(), whole, completing, spool.force(all));
        } catch (IOException e) {
            rewind(e, nowNs);
        }
    }

    private void end(Checkpoint done, long nowNs) {
        outstanding = null;
        try {
            if (done.forced.isCompletedExceptionally()) {
                throw new IOException(done.forced.exceptionNow());
            }
            for (OwnedPartition one : recordings.partitions()) {
                complete(one, done.completing.getOrDefault(one.number, Set.of()));
            }
            cover(done);
            stall.works();
        } catch (IOException e) {
            rewind(e, nowNs);
            return;
        }
        commit(done);
    }

    private static void complete(OwnedPartition partition, Set<RecordingId> safe)
            throws IOException {
        for (RecordingId recording : safe) {
            SpooledRecording spooled = partition.recordings.get(recording);
            if (spooled != null && spooled.state().incomplete()) {
                spooled.keep(spooled.state().incomplete(false));
            }
            partition.completing.remove(recording);
        }
    }

    /// Before the commit: what is noted here may be ahead of it, never behind.
    private void cover(Checkpoint done) throws IOException {
        for (OwnedPartition one : recordings.partitions()) {
            RecordingLog.Offsets offsets = done.offsets.get(one.number);
            if (offsets != null
                    && done.whole.contains(one.number)
                    && offsets.audio() != one.covered) {
                spool.cover(one.number, offsets.audio());
                one.covered = offsets.audio();
            }
        }
    }

    private void commit(Checkpoint done) {
        Map<Integer, RecordingLog.Offsets> moved = new HashMap<>();
        for (OwnedPartition one : recordings.partitions()) {
            RecordingLog.Offsets offsets = done.offsets.get(one.number);
            if (offsets != null && !offsets.equals(one.safe)) {
                moved.put(one.number, offsets);
            }
        }
        if (moved.isEmpty()) {
            return;
        }
        reports.awaitLetters();
        try {
            log.commit(moved);
        } catch (CommitFailedException | RebalanceInProgressException e) {
            LOG.atDebug().setCause(e).log("partitions move: committed then, or read again");
            return;
        }
        moved.forEach(this::committed);
    }

    /// What was finished and will not be asked for again is deleted.
    private void committed(int number, RecordingLog.Offsets offsets) {
        OwnedPartition partition = recordings.partition(number);
        if (partition == null) {
            return;
        }
        partition.safe = offsets;
        for (SpooledRecording one : List.copyOf(partition.recordings.values())) {
            Done done = one.state().done();
            Long settled = partition.settledFinishes.get(one.recording());
            if (done != null
                    && settled != null
                    && done.audioOffset() <= offsets.audio()
                    && settled < offsets.commands()) {
                partition.forget(one, spool);
            }
        }
    }

    /// What was written since the last checkpoint may be lost, although the system said otherwise:
    /// read again, written again.
    private void rewind(IOException e, long nowNs) {
        stall.failed(e, nowNs);
        for (OwnedPartition one : recordings.partitions()) {
            log.seekAudio(one.number, one.reading.restart(one.safe.audio()));
        }
    }
}
