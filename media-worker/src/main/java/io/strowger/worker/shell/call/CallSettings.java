package io.strowger.worker.shell.call;

import io.strowger.worker.core.leg.LegTimings;
import io.strowger.worker.core.leg.LocalParty;
import io.strowger.worker.core.route.Trunk;
import java.util.List;

/// What the calls of a worker share.
///
/// @param maxCalls at a time
/// @param maxNewCallsPerSecond admitted
public record CallSettings(
        LocalParty local,
        List<Trunk> trunks,
        LegTimings timings,
        int maxCalls,
        int maxNewCallsPerSecond) {
    public CallSettings {
        trunks = List.copyOf(trunks);
    }
}
