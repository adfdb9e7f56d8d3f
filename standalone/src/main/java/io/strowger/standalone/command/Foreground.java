package io.strowger.standalone.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs until Ctrl-C or SIGTERM, then closes what runs within a bounded time.
final class Foreground {
    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);
    private static final long CLOSE_WITHIN_MS = 14_500;

    private Foreground() {}

    /// Never returns normally: the process ends with 0 after a clean stop, with 1 when closing
    /// failed or took too long.
    static void run(AutoCloseable running) throws InterruptedException {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(running)));
        new CountDownLatch(1).await();
    }

    private static void stop(AutoCloseable running) {
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
            closing.join(TimeUnit.MILLISECONDS.toMillis(CLOSE_WITHIN_MS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.atError().log("the stop took too long and was cut off");
        Runtime.getRuntime().halt(1);
    }
}
