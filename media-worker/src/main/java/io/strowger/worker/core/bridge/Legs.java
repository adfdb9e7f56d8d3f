package io.strowger.worker.core.bridge;

import io.strowger.contracts.id.LegId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The legs of one call, in the order they joined. For one thread.
final class Legs {
    private final List<LegMedia> all = new ArrayList<>();

    void add(LegMedia leg) {
        all.add(leg);
    }

    void remove(LegMedia leg) {
        all.remove(leg);
    }

    int size() {
        return all.size();
    }

    /// By place, for loops that allocate nothing.
    LegMedia get(int index) {
        return all.get(index);
    }

    @Nullable LegMedia find(LegId id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id.equals(id)) {
                return all.get(i);
            }
        }
        return null;
    }

    /// Whether any of them hears in this frame what plays for some. Allocates nothing.
    boolean hearNow(Playing playing) {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isHeld() && playing.isFor(all.get(i).id)) {
                return true;
            }
        }
        return false;
    }

    /// Whether any of them hears it, or will when it is no longer on hold.
    boolean hear(Playing playing) {
        for (LegMedia leg : all) {
            if (playing.isFor(leg.id)) {
                return true;
            }
        }
        return false;
    }
}
