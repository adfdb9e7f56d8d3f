package io.strowger.worker.shell.call;

import io.strowger.worker.core.leg.LegTimings;
import io.strowger.worker.core.leg.LocalParty;
import io.strowger.worker.core.route.Trunk;
import java.util.List;
import org.slf4j.event.Level;

/// What the calls of a worker share.
///
/// @param maxCalls at a time
/// @param maxNewCallsPerSecond admitted
/// @param life at which the log has what happens to them
public record CallSettings(
        LocalParty local,
        List<Trunk> trunks,
        LegTimings timings,
        int maxCalls,
        int maxNewCallsPerSecond,
        Level life) {
    public CallSettings {
        trunks = List.copyOf(trunks);
    }

    /// Of real calls.
    public CallSettings(
            LocalParty local,
            List<Trunk> trunks,
            LegTimings timings,
            int maxCalls,
            int maxNewCallsPerSecond) {
        this(local, trunks, timings, maxCalls, maxNewCallsPerSecond, Level.INFO);
    }
}
