package io.strowger.dispatcher.core.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// One partition of `call.events` with its lanes.
final class OwnedPartition {
    private static final long NOTHING_READ = -1;
    final int number;
    final Map<LaneKey, Lane> lanes = new HashMap<>();

    /// Events that are neither finished nor durable in `callback.deliveries`, by offset.
    final TreeMap<Long, Delivery> open = new TreeMap<>();

    private final long replayUntil;
    private long position = NOTHING_READ;

    /// @param replayUntil offsets below it may have been delivered by an earlier owner
    OwnedPartition(int number, long replayUntil) {
        this.number = number;
        this.replayUntil = replayUntil;
    }

    void advance(long next) {
        position = Math.max(position, next);
    }

    /// Whether an event from here on can only be a new one.
    boolean isReplayed() {
        return position >= replayUntil;
    }

    /// What may be committed: all below is finished or durable elsewhere.
    OptionalLong committable() {
        if (!open.isEmpty()) {
            return OptionalLong.of(open.firstKey());
        }
        return position == NOTHING_READ ? OptionalLong.empty() : OptionalLong.of(position);
    }
}
