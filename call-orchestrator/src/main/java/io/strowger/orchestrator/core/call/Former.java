package io.strowger.orchestrator.core.call;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.placement.Placement;
import java.util.List;

/// Where a call was placed before, as long as that worker serves its phones.
///
/// @param orders told so far to it
/// @param awaited whose phones have not turned to the new worker
public record Former(Placement placement, long orders, List<LegId> awaited) {
    public Former {
        awaited = List.copyOf(awaited);
    }

    Former told(long sequence) {
        return new Former(placement, sequence, awaited);
    }

    Former without(LegId turned) {
        return new Former(
                placement, orders, awaited.stream().filter(leg -> !leg.equals(turned)).toList());
    }
}
