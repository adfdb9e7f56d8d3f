package io.strowger.worker.core.registration;

import io.strowger.worker.core.route.TokenBucket;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many REGISTERs are looked at, and likewise how many INVITEs of users and strangers:
/// [#PER_SOURCE] a second of one address, [#OVERALL] of all together. The addresses that spoke last
/// are remembered, [#MOST_SOURCES] of them; one that was forgotten starts anew, below the overall
/// bound. Safe for use by many threads; the caller brings a steady clock.
public final class RegisterLimits {
    /// An office of 500 phones behind one address is back within 20 s of a power cut.
    static final int PER_SOURCE = 50;

    static final int OVERALL = 1_000;
    static final int MOST_SOURCES = 10_000;
    private final Map<String, TokenBucket> sources =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
                    return size() > MOST_SOURCES;
                }
            };
    private final TokenBucket all;

    public RegisterLimits(long nowNs) {
        this.all = new TokenBucket(OVERALL, nowNs);
    }

    /// Counts one request, or refuses it. One that its own source may not send is not counted
    /// against the others.
    public synchronized boolean admit(String sourceHost, long nowNs) {
        return sources.computeIfAbsent(sourceHost, _ -> new TokenBucket(PER_SOURCE, nowNs))
                        .take(nowNs)
                && all.take(nowNs);
    }

    synchronized int sources() {
        return sources.size();
    }
}
