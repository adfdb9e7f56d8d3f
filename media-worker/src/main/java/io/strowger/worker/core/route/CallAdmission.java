package io.strowger.worker.core.route;

/// Whether this worker takes one more call. Safe for use by many threads.
public final class CallAdmission {
    private final int maxCalls;
    private final TokenBucket newCalls;
    private boolean open = true;
    private int calls;

    /// @param maxCalls at a time, at least 1
    /// @param maxNewCallsPerSecond at least 1
    public CallAdmission(int maxCalls, int maxNewCallsPerSecond, long nowNs) {
        if (maxCalls < 1 || maxNewCallsPerSecond < 1) {
            throw new IllegalArgumentException("a worker takes at least one call");
        }
        this.maxCalls = maxCalls;
        this.newCalls = new TokenBucket(maxNewCallsPerSecond, nowNs);
    }

    /// Counts a new call in, or refuses it.
    public synchronized boolean admit(long nowNs) {
        if (!open || calls >= maxCalls || !newCalls.take(nowNs)) {
            return false;
        }
        calls++;
        return true;
    }

    /// Counts a call in that runs already and comes from elsewhere.
    public synchronized void join() {
        calls++;
    }

    /// One call less.
    public synchronized void left() {
        if (calls == 0) {
            throw new IllegalStateException("more calls left than came");
        }
        calls--;
    }

    /// Takes calls or does not, whatever the load: draining, or without a lease.
    public synchronized void setOpen(boolean open) {
        this.open = open;
    }

    /// Calls carried now.
    public synchronized int calls() {
        return calls;
    }
}
