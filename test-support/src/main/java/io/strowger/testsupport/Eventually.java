package io.strowger.testsupport;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for conditions with a deadline, so that no test sleeps for a guessed time.
public final class Eventually {
    private static final long LOOK_EVERY_NS = Duration.ofMillis(5).toNanos();

    private Eventually() {}

    /// Returns as soon as `condition` holds.
    ///
    /// @param what for the message
    /// @throws AssertionError when it does not hold in time
    public static void holds(String what, Duration within, BooleanSupplier condition) {
        holds(within, condition, () -> what);
    }

    /// @param what said only when it fails: may describe the state by then
    public static void holds(Duration within, BooleanSupplier condition, Supplier<String> what) {
        long deadlineNs = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within " + within.toMillis() + " ms: " + what.get());
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }
}
