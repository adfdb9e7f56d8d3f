package io.strowger.worker.core.route;

/// Lets through at most `perSecond` a second, with a burst of one second's worth. Not safe for
/// several threads; the caller brings a steady clock.
public final class TokenBucket {
    private static final double NS_PER_SECOND = 1e9;
    private final double perSecond;
    private double tokens;
    private long filledAtNs;

    public TokenBucket(int perSecond, long nowNs) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.filledAtNs = nowNs;
    }

    /// One more, unless that is too many.
    public boolean take(long nowNs) {
        double further = (nowNs - filledAtNs) / NS_PER_SECOND * perSecond;
        tokens = Math.min(perSecond, tokens + Math.max(0, further));
        filledAtNs = nowNs;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
