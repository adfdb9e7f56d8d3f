package io.strowger.recording.shell.kafka;

import io.strowger.contracts.id.RecordingId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The partitions that are read here, and recordings that were over lately. For the reading thread.
final class Recordings {
    private static final int MOST_REMEMBERED = 10_000;
    private final Map<Integer, OwnedPartition> partitions = new HashMap<>();
    private final Set<RecordingId> over = new LinkedHashSet<>();

    Collection<OwnedPartition> partitions() {
        return partitions.values();
    }

    /// Null: another reads it.
    @Nullable OwnedPartition partition(int number) {
        return partitions.get(number);
    }

    void own(OwnedPartition partition) {
        partitions.put(partition.number, partition);
    }

    @Nullable OwnedPartition disown(int number) {
        OwnedPartition lost = partitions.remove(number);
        if (lost != null) {
            lost.owned = false;
        }
        return lost;
    }

    /// A recording takes no more audio, and nothing of it is on this disk.
    void over(RecordingId recording) {
        over.add(recording);
        if (over.size() > MOST_REMEMBERED) {
            over.remove(over.iterator().next());
        }
    }

    boolean isOver(RecordingId recording) {
        return over.contains(recording);
    }

    /// Recordings that take audio.
    int active() {
        return (int)
                partitions.values().stream()
                        .flatMap(partition -> partition.recordings.values().stream())
                        .filter(one -> one.state().done() == null && one.state().refusal() == null)
                        .count();
    }
}
