package io.strowger.standalone.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs until Ctrl-C or SIGTERM, then closes what runs within a bounded time.
final class Foreground {
    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);
    private static final Duration CLOSE_WITHIN = Duration.ofMillis(14_500);

    private Foreground() {}

    /// From now on a stop closes what runs: the process ends with 0 after a clean stop, with 1 when
    /// closing failed or took too long. To be called before anybody is told that it runs.
    static void stops(AutoCloseable running) {
        stops(running, Duration.ZERO);
    }

    /// The same for what may take its time to close, as a worker does with calls under way.
    ///
    /// @param extra added to the bound of a usual stop
    static void stops(AutoCloseable running, Duration extra) {
        long withinMs = CLOSE_WITHIN.plus(extra).toMillis();
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("stop").unstarted(() -> stop(running, withinMs)));
    }

    /// Never returns normally.
    static void run() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static void stop(AutoCloseable running, long withinMs) {
        Thread closing =
                Thread.ofPlatform()
                        .daemon()
                        .name("stop-closing")
                        .start(() -> {
                            try {
                                running.close();
                                Runtime.getRuntime().halt(0);
                            } catch (Exception e) {
                                LOG.atError().setCause(e).log("the stop was not clean");
                                Runtime.getRuntime().halt(1);
                            }
                        });
        try {
            closing.join(withinMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.atError().log("the stop took too long and was cut off");
        Runtime.getRuntime().halt(1);
    }
}
