package io.strowger.benchmarks;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// Fires at random moments, as independent users do (Poisson arrivals).
final class Pacer {
    /// What is done at each moment.
    interface Shot {
        /// @param intendedNs when it should have been: latency counts from here
        void fire(long intendedNs, long number);
    }

    private Pacer() {}

    /// @return how many were fired
    static long run(double ratePerSecond, Duration duration, long seed, Shot shot) {
        SplittableRandom random = new SplittableRandom(seed);
        long nextNs = System.nanoTime();
        long endNs = nextNs + duration.toNanos();
        long fired = 0;
        while (nextNs < endNs) {
            while (System.nanoTime() - nextNs < 0) {
                LockSupport.parkNanos(nextNs - System.nanoTime());
            }
            shot.fire(nextNs, fired++);
            nextNs += (long) (-Math.log(1 - random.nextDouble()) / ratePerSecond * 1e9);
        }
        return fired;
    }
}
