package io.strowger.runtime.lifecycle;

import io.strowger.runtime.ops.Health;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A platform thread of its own that runs a body for ever. When the body fails the failure is
/// logged once, everything the body held is gone with it, and it starts anew after a pause. Not
/// ready in between.
public final class CrashOnlyLoop {
    private static final Logger LOG = LoggerFactory.getLogger(CrashOnlyLoop.class);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private final String name;
    private final Body body;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Health.Check check;
    private @Nullable Thread thread;

    /// One life of the loop.
    public interface Body {
        /// Runs until `life.stopping()`; returning earlier counts as a failure. Must close all it
        /// opened.
        void run(Life life) throws Exception;
    }

    /// What a body can ask and say.
    public interface Life {
        /// Whether to finish and return.
        boolean stopping();

        /// The body does its work now: the readiness check goes up.
        void ready();
    }

    public CrashOnlyLoop(String name, Health health, Body body) {
        this.name = name;
        this.body = body;
        this.check = health.check(name);
    }

    public void start() {
        Thread started = Thread.ofPlatform().name(name).unstarted(this::run);
        thread = started;
        started.start();
    }

    /// Asks the body to finish and waits for it.
    ///
    /// @return whether it finished in time
    public boolean stop(Duration deadline) throws InterruptedException {
        stopping.countDown();
        Thread running = thread;
        return running == null || running.join(deadline);
    }

    private void run() {
        Life life =
                new Life() {
                    @Override
                    public boolean stopping() {
                        return stopping.getCount() == 0;
                    }

                    @Override
                    public void ready() {
                        check.up();
                    }
                };
        try {
            do {
                live(life);
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void live(Life life) throws InterruptedException {
        try {
            body.run(life);
            check.down("stopped");
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError | AssertionError e) {
            check.down("starting anew after " + e.getClass().getSimpleName());
            LOG.atError().setCause(e).addKeyValue("loop", name).log("loop failed and starts anew");
        }
    }
}
