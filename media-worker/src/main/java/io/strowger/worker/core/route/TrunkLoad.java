package io.strowger.worker.core.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps to each trunk's caps. Safe for use by many threads; a call holds a channel from its grant
/// to [#release].
public final class TrunkLoad {
    private final Map<String, Gauge> gauges = new HashMap<>();

    /// What came of asking for a trunk.
    public sealed interface Grant {
        /// This one, and a channel of it is taken.
        record Granted(Trunk trunk) implements Grant {}

        /// There are trunks, all at their caps.
        record Busy() implements Grant {}

        /// There is none left to try.
        record None() implements Grant {}
    }

    /// Takes a channel of the first of `candidates` that has one and was not tried.
    ///
    /// @param nowNs a steady clock
    public synchronized Grant take(List<Trunk> candidates, Set<String> tried, long nowNs) {
        boolean busy = false;
        for (Trunk trunk : candidates) {
            if (!tried.contains(trunk.name())) {
                if (gauge(trunk, nowNs).take(trunk, nowNs)) {
                    return new Grant.Granted(trunk);
                }
                busy = true;
            }
        }
        return busy ? new Grant.Busy() : new Grant.None();
    }

    /// Gives a channel back.
    public synchronized void release(String trunkName) {
        Gauge gauge = gauges.get(trunkName);
        if (gauge == null || gauge.channels == 0) {
            throw new IllegalStateException("a channel given back twice: " + trunkName);
        }
        gauge.channels--;
    }

    /// Calls on the trunk now.
    public synchronized int channels(String trunkName) {
        Gauge gauge = gauges.get(trunkName);
        return gauge == null ? 0 : gauge.channels;
    }

    private Gauge gauge(Trunk trunk, long nowNs) {
        return gauges.computeIfAbsent(
                trunk.name(),
                _ -> new Gauge(new TokenBucket(Math.max(1, trunk.maxCallsPerSecond()), nowNs)));
    }

    private static final class Gauge {
        private final TokenBucket bucket;
        private int channels;

        private Gauge(TokenBucket bucket) {
            this.bucket = bucket;
        }

        private boolean take(Trunk trunk, long nowNs) {
            if (trunk.maxChannels() > 0 && channels >= trunk.maxChannels()
                    || trunk.maxCallsPerSecond() > 0 && !bucket.take(nowNs)) {
                return false;
            }
            channels++;
            return true;
        }
    }
}
