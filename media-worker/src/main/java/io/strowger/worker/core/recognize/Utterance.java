package io.strowger.worker.core.recognize;

import java.time.Duration;

/// Something that is being said: how long a recogniser may take to say what it was. For one thread.
final class Utterance {
    /// Beyond the silence that ends it, for the recogniser to think.
    private static final long THINKING_NS = Duration.ofSeconds(2).toNanos();

    /// Nobody's answer is longer.
    private static final long LONGEST_NS = Duration.ofMinutes(1).toNanos();

    private final long patienceNs;
    private final long beganNs;
    private long heardNs;

    /// @param endSilence that ends it
    Utterance(Duration endSilence, long nowNs) {
        patienceNs = endSilence.toNanos() + THINKING_NS;
        beganNs = nowNs;
        heardNs = nowNs;
    }

    /// It goes on.
    void heard(long nowNs) {
        heardNs = nowNs;
    }

    /// Whether it must have ended, though the recogniser does not say so.
    boolean isOverdue(long nowNs) {
        return nowNs - heardNs >= patienceNs || nowNs - beganNs >= LONGEST_NS;
    }
}
