package io.strowger.worker.shell.call;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// What the calls of a worker run on, and what wakes them: an argument, so that a simulation can
/// run them all on one thread in a time of its own. Safe for use by many threads.
public interface CallThreads extends AutoCloseable {
    /// Runs mailboxes, and what may take a while beside them. After the end tasks are refused.
    Executor executor();

    /// Runs a task that only posts to a mailbox, after a while; drops it after the end.
    Pending schedule(Runnable task, Duration after);

    /// Tasks that have not begun are dropped.
    @Override
    void close();

    /// A task that waits for its time.
    interface Pending {
        /// No effect when the task has begun.
        void cancel();
    }

    /// Virtual threads for the calls, one thread for the timers.
    static CallThreads standard() {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledThreadPoolExecutor timers =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofPlatform().name("leg-timers").daemon().factory(),
                        // Once the worker has closed, nothing is due any more.
                        new ThreadPoolExecutor.DiscardPolicy());
        timers.setRemoveOnCancelPolicy(true);
        return new CallThreads() {
            @Override
            public Executor executor() {
                return executor;
            }

            @Override
            public Pending schedule(Runnable task, Duration after) {
                ScheduledFuture<?> future =
                        timers.schedule(task, after.toMillis(), TimeUnit.MILLISECONDS);
                return () -> future.cancel(false);
            }

            @Override
            public void close() {
                timers.shutdownNow();
                executor.shutdown();
            }
        };
    }
}
