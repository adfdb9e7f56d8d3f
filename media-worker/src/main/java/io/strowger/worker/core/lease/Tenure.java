package io.strowger.worker.core.lease;

import java.util.Optional;

/// A [Lease] in the course of time: what the process may do now, and when that changes. Looked at
/// by one thread at a time; acknowledgements may come on another.
public final class Tenure {
    private final Lease lease;
    private volatile long ackedAtNs;
    private long lookedAtNs;
    private Lease.Right right = Lease.Right.FULL;

    /// @param nowNs steady clock
    public Tenure(Lease lease, long nowNs) {
        this.lease = lease;
        this.ackedAtNs = nowNs;
        this.lookedAtNs = nowNs;
    }

    /// A heartbeat was acknowledged.
    ///
    /// @param sentAtNs when it was sent, steady clock
    public void acknowledged(long sentAtNs) {
        ackedAtNs = sentAtNs;
    }

    /// To be called often, whatever becomes of the heartbeats meanwhile.
    ///
    /// @return what is allowed from now on; empty: what was
    public Optional<Lease.Right> look(long nowNs) {
        Lease.Right now = lease.at(ackedAtNs, lookedAtNs, nowNs);
        lookedAtNs = nowNs;
        if (now == right) {
            return Optional.empty();
        }
        right = now;
        return Optional.of(now);
    }

    /// What is allowed, as of the last look.
    public Lease.Right right() {
        return right;
    }
}
