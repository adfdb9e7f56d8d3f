package io.strowger.worker.core.route;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sources that do what only a scanner does, again and again: ask without being known, guess
/// passwords. Remembers the sources that offended last, [#MOST_SOURCES] of them. Says nothing about
/// who may not be banned; the caller asks that first. Safe for use by many threads; the caller
/// brings a steady clock.
public final class Bans {
    static final int MOST_SOURCES = 10_000;
    private static final long LONGEST_NS = Duration.ofDays(1).toNanos();
    private final BanRules rules;
    private final Map<String, Offender> offenders =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Offender> eldest) {
                    return size() > MOST_SOURCES;
                }
            };

    private static final class Offender {
        private long sinceNs;
        private int offences;
        private long banNs;
        private long untilNs;
        private boolean banned;

        private boolean isBanned(long nowNs) {
            return banned && nowNs - untilNs < 0;
        }
    }

    public Bans(BanRules rules) {
        this.rules = rules;
    }

    /// Counts an offence.
    ///
    /// @return whether this one makes a ban
    public synchronized boolean offended(String sourceHost, long nowNs) {
        if (rules.offences() == 0) {
            return false;
        }
        Offender offender = offenders.computeIfAbsent(sourceHost, _ -> new Offender());
        if (offender.isBanned(nowNs)) {
            return false;
        }
        if (offender.offences == 0 || nowNs - offender.sinceNs > rules.within().toNanos()) {
            offender.sinceNs = nowNs;
            offender.offences = 0;
        }
        offender.offences++;
        if (offender.offences < rules.offences()) {
            return false;
        }
        offender.offences = 0;
        offender.banNs =
                offender.banned ? Math.min(LONGEST_NS, 2 * offender.banNs) : rules.time().toNanos();
        offender.banned = true;
        offender.untilNs = nowNs + offender.banNs;
        return true;
    }

    public synchronized boolean isBanned(String sourceHost, long nowNs) {
        Offender offender = offenders.get(sourceHost);
        return offender != null && offender.isBanned(nowNs);
    }

    /// Sources that are banned now. Looks at all: for metrics.
    public synchronized int count(long nowNs) {
        return (int) offenders.values().stream().filter(one -> one.isBanned(nowNs)).count();
    }
}
