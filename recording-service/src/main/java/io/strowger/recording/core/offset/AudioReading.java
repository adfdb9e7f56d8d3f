package io.strowger.recording.core.offset;

import io.strowger.contracts.id.RecordingId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How one partition of `recording.audio` is read. Usually straight on. A recording of which not
/// all that was read is on this disk, because another instance read it, makes the partition be read
/// again from where that recording began; what others have there is passed over, for it is safe
/// already. For one thread.
public final class AudioReading {
    private static final int MOST_REMEMBERED = 10_000;
    private final Map<RecordingId, Wanted> wanted = new LinkedHashMap<>();
    private final Map<RecordingId, Origin> catchingUp = new HashMap<>();
    private final Set<RecordingId> soughtFor = new LinkedHashSet<>();
    private long from;
    private long frontier;
    private boolean rereading;

    /// What is on the disk of a recording.
    public enum Known {
        NOTHING,
        /// Audio, and more is welcome.
        SPOOLED,
        /// It is finished, about to be, or refused.
        CLOSED
    }

    /// What becomes of a chunk.
    public enum Verdict {
        WRITE,
        /// It belongs to a recording that takes no more.
        PASS_OVER,
        /// It is read again for another's sake.
        SEEN,
        /// It is the first sign of a recording that is not on this disk: to be told to [#want]. It
        /// will be read again.
        WANT,
        /// It will be read again.
        LATER
    }

    private record Wanted(Origin origin, long dueNs) {}

    /// From where on a recording's audio must be read.
    ///
    /// @param startedAtMs of the recording; looked for by time
    /// @param offset -1: not known, look for the time
    public record Origin(long startedAtMs, long offset) {}

    /// Decides about a chunk.
    ///
    /// @param position of its first sample
    public Verdict take(RecordingId recording, long offset, long position, Known known) {
        if (wanted.containsKey(recording)) {
            return Verdict.LATER;
        }
        boolean again = rereading && offset < frontier;
        if (again && !catchingUp.containsKey(recording)) {
            return Verdict.SEEN;
        }
        return switch (known) {
            case SPOOLED -> Verdict.WRITE;
            case CLOSED -> Verdict.PASS_OVER;
            case NOTHING ->
                    position == 0 || again || soughtFor.contains(recording)
                            ? Verdict.WRITE
                            : Verdict.WANT;
        };
    }

    /// Lets the partition be read again for a recording, once.
    ///
    /// @param dueNs when at the latest; others may join until then
    public void want(RecordingId recording, Origin origin, long dueNs) {
        if (!catchingUp.containsKey(recording)) {
            wanted.put(recording, new Wanted(origin, dueNs));
        }
    }

    /// From where to read again now, if at all.
    public List<Origin> due(long nowNs) {
        boolean due =
                !rereading && wanted.values().stream().anyMatch(one -> one.dueNs - nowNs <= 0);
        return due ? wanted.values().stream().map(Wanted::origin).toList() : List.of();
    }

    /// Reading goes back.
    ///
    /// @param to where it goes on
    /// @param position where it was
    /// @return the recordings for whose sake
    public Set<RecordingId> reread(long to, long position) {
        from = Math.min(to, position);
        frontier = position;
        rereading = true;
        wanted.forEach((recording, one) -> catchingUp.put(recording, one.origin));
        wanted.clear();
        return Set.copyOf(catchingUp.keySet());
    }

    /// Reading went on elsewhere before it came back to where it was: it must go back once more.
    public void interrupted(long dueNs) {
        rereading = false;
        catchingUp.forEach((recording, origin) -> wanted.put(recording, new Wanted(origin, dueNs)));
        catchingUp.clear();
    }

    /// Tells how far reading has come.
    ///
    /// @return the recordings that are complete now
    public Collection<RecordingId> reached(long position) {
        if (!rereading || position < frontier) {
            return List.of();
        }
        rereading = false;
        List<RecordingId> complete = List.copyOf(catchingUp.keySet());
        catchingUp.clear();
        complete.forEach(this::sought);
        return complete;
    }

    /// Nothing of the log was found for a recording, or it is all on this disk: what comes is its
    /// beginning.
    private void sought(RecordingId recording) {
        soughtFor.add(recording);
        if (soughtFor.size() > MOST_REMEMBERED) {
            soughtFor.remove(soughtFor.iterator().next());
        }
    }

    /// Whether the log was read again for a recording.
    public boolean wasSought(RecordingId recording) {
        return soughtFor.contains(recording);
    }

    /// Whether more of a recording is still to be read again.
    public boolean isIncomplete(RecordingId recording) {
        return wanted.containsKey(recording) || catchingUp.containsKey(recording);
    }

    /// Whether anything is to be read again.
    public boolean isWhole() {
        return wanted.isEmpty() && !rereading;
    }

    /// Up to where all was read once.
    ///
    /// @param position the offset after the last that was read
    public long consumed(long position) {
        return rereading ? Math.max(frontier, position) : position;
    }

    /// Where to go back to, when what was written since may be lost.
    ///
    /// @param safe the offset that was safe last
    public long restart(long safe) {
        return rereading ? Math.min(from, safe) : safe;
    }

    /// The earliest of several origins by time; empty: all have offsets.
    public static Optional<Long> earliestMs(Collection<Origin> origins) {
        return origins.stream()
                .filter(origin -> origin.offset < 0)
                .map(Origin::startedAtMs)
                .min(Comparator.naturalOrder());
    }

    /// The lowest known offset; empty: none has one.
    public static Optional<Long> lowestOffset(Collection<Origin> origins) {
        return origins.stream()
                .map(Origin::offset)
                .filter(offset -> offset >= 0)
                .min(Comparator.naturalOrder());
    }
}
