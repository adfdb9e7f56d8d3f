package io.strowger.orchestrator.core.placement;

import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.media.WorkerReport;
import io.strowger.contracts.placement.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What is known of the media workers: who beats, how loaded they are, who is lost. Age is judged
/// by the reader's own clock. For one thread at a time.
public final class Workers {
    private static final int SUSPECT_YOURSELF_FACTOR = 4;
    private final long lostAfterNs;
    private final Map<WorkerId, Known> known = new HashMap<>();
    private final Map<WorkerId, Long> newestEpochs = new HashMap<>();
    private @Nullable Long watchingSinceNs;
    private @Nullable Long lastHeardNs;

    /// How long somebody was heard all the time: grows from one heartbeat to the next, whoever's,
    /// but by no more than a third of `lostAfterNs`, so that it stands still while the reader is
    /// blind.
    private long listenedNs;

    private static final class Known {
        WorkerReport report;
        long heardNs;
        long listenedNs;
        boolean fresh;
        int placedSince;

        /// Placed before this heartbeat was read: it may have been written before they were there.
        int placedJustBefore;

        Known(WorkerReport report, long heardNs, long listenedNs, boolean fresh) {
            this.report = report;
            this.heardNs = heardNs;
            this.listenedNs = listenedNs;
            this.fresh = fresh;
        }
    }

    /// @param lostAfterNs without a heartbeat, in nanoseconds
    public Workers(long lostAfterNs) {
        this.lostAfterNs = lostAfterNs;
    }

    /// All heartbeats that were there at the start are read: from now on silence means something.
    public void watching(long nowNs) {
        if (watchingSinceNs == null) {
            watchingSinceNs = nowNs;
        }
    }

    /// A heartbeat.
    ///
    /// @param fresh written since the reader began. An older one may be the last of a dead worker:
    ///   no call is placed on its word
    /// @return the process that this one replaces, if its slot had another
    public List<Placement.Process> heard(WorkerReport report, long nowNs, boolean fresh) {
        long newest = newestEpochs.getOrDefault(report.worker(), Long.MIN_VALUE);
        if (report.epoch() < newest) {
            return List.of(); // of a process that was replaced already
        }
        newestEpochs.put(report.worker(), report.epoch());
        listened(nowNs);
        Known now = new Known(report, nowNs, listenedNs, fresh);
        Known before = known.put(report.worker(), now);
        if (before != null && before.report.epoch() == report.epoch()) {
            now.placedJustBefore = before.placedSince;
        }
        return before != null && before.report.epoch() < report.epoch()
                ? List.of(new Placement.Process(report.worker(), before.report.epoch()))
                : List.of();
    }

    private void listened(long nowNs) {
        Long last = lastHeardNs;
        if (last != null) {
            listenedNs += Math.min(Math.max(0, nowNs - last), lostAfterNs / 3);
        }
        lastHeardNs = nowNs;
    }

    /// Whether nobody has beaten for so long that the reader may be to blame. Not when there is
    /// nobody to beat.
    public boolean allSilent(long nowNs) {
        return !known.isEmpty()
                && known.values().stream().allMatch(one -> nowNs - one.heardNs >= lostAfterNs);
    }

    /// Heartbeats could not be read until now: the silence up to now was the reader's.
    public void wasBlind(long nowNs) {
        known.values()
                .forEach(one -> {
                    one.heardNs = Math.max(one.heardNs, nowNs);
                    one.listenedNs = listenedNs;
                });
    }

    /// The worker said goodbye: nothing of it is left to carry calls.
    public List<Placement.Process> left(WorkerId worker) {
        Known before = known.remove(worker);
        return before == null
                ? List.of()
                : List.of(new Placement.Process(worker, before.report.epoch()));
    }

    /// Takes out those that have not beaten for too long while others were heard. When nobody was
    /// heard meanwhile, or not for most of the time, the reader is the likelier culprit: then four
    /// times as long is waited. That somebody was heard lately says nothing: of several workers one
    /// always beats last before the reader goes blind, and first when it sees again.
    ///
    /// @param heldUpNs how long this process itself was held up since the last look, which counts
    ///   as nobody's silence; 0: it was not
    public List<Placement.Process> takeLost(long nowNs, long heldUpNs) {
        if (heldUpNs > 0) {
            known.values().forEach(one -> one.heardNs = Math.min(nowNs, one.heardNs + heldUpNs));
            return List.of();
        }
        List<Placement.Process> lost = new ArrayList<>();
        known.values()
                .removeIf(one -> {
                    boolean othersBeat =
                            listenedNs - one.listenedNs >= lostAfterNs - lostAfterNs / 3;
                    long patience =
                            othersBeat ? lostAfterNs : lostAfterNs * SUSPECT_YOURSELF_FACTOR;
                    boolean silent = nowNs - one.heardNs >= patience;
                    if (silent) {
                        lost.add(new Placement.Process(one.report.worker(), one.report.epoch()));
                    }
                    return silent;
                });
        return lost;
    }

    /// Whether nothing can be expected of a process any more: it was lost, has left or was
    /// replaced, or was not heard of for as long as it takes to be sure.
    public boolean isGone(Placement.Process process, long nowNs) {
        Known one = known.get(process.worker());
        if (one != null) {
            return one.report.epoch() > process.epoch();
        }
        Long newest = newestEpochs.get(process.worker());
        if (newest != null && newest >= process.epoch()) {
            return true;
        }
        Long since = watchingSinceNs;
        return since != null && nowNs - since >= lostAfterNs * SUSPECT_YOURSELF_FACTOR;
    }

    /// Whether a process lives and says that it leaves.
    public boolean isLeaving(Placement.Process process) {
        Known one = known.get(process.worker());
        return one != null && one.report.epoch() == process.epoch() && one.report.draining();
    }

    /// Where a new call goes, or one whose worker is lost or leaves: the less loaded of two random
    /// workers that beat, have room and do not drain. What was placed since a worker's last
    /// heartbeat but one counts as load.
    public Optional<Placement> choose(RandomGenerator random, long nowNs) {
        List<Known> open =
                known.values().stream()
                        .filter(one ->
                                one.fresh
                                        && nowNs - one.heardNs
                                                < lostAfterNs * SUSPECT_YOURSELF_FACTOR)
                        .filter(one -> !one.report.draining() && load(one) < one.report.maxCalls())
                        .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Known first = open.get(random.nextInt(open.size()));
        Known second = open.get(random.nextInt(open.size()));
        Known chosen = load(first) <= load(second) ? first : second;
        chosen.placedSince++;
        return Optional.of(new Placement(chosen.report.worker(), chosen.report.epoch(), 1));
    }

    private static int load(Known one) {
        return one.report.calls() + one.placedSince + one.placedJustBefore;
    }
}
