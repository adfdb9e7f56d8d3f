package io.strowger.worker.core.fork;

import io.strowger.contracts.media.LegEnd;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Where a forked leg is. Only [Fork] looks inside.
///
/// @param branches how many there are
/// @param ends of the branches that are over
/// @param progress statuses that were reported
/// @param winner the branch that answered; -1: none has
/// @param goodbye how the leg ends once all branches are over; null: it is wanted
/// @param reported its end was
public record ForkState(
        int branches,
        Map<Integer, LegEnd> ends,
        Set<Integer> progress,
        int winner,
        @Nullable LegEnd goodbye,
        boolean reported) {
    static final int NONE = -1;

    public ForkState {
        ends = Map.copyOf(ends);
        progress = Set.copyOf(progress);
    }

    List<Integer> running() {
        return IntStream.range(0, branches)
                .filter(branch -> !ends.containsKey(branch))
                .boxed()
                .toList();
    }

    ForkState ended(int branch, LegEnd end) {
        Map<Integer, LegEnd> more = new HashMap<>(ends);
        more.put(branch, end);
        return new ForkState(branches, more, progress, winner, goodbye, reported);
    }

    ForkState progressed(int status) {
        Set<Integer> more = new HashSet<>(progress);
        more.add(status);
        return new ForkState(branches, ends, more, winner, goodbye, reported);
    }

    ForkState won(int branch) {
        return new ForkState(branches, ends, progress, branch, goodbye, reported);
    }

    ForkState parting(LegEnd end) {
        return new ForkState(branches, ends, progress, winner, end, reported);
    }

    ForkState over() {
        return new ForkState(branches, ends, progress, winner, goodbye, true);
    }
}
