package io.strowger.worker.shell.call;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks one after another, in order, on whatever thread the executor lends; holds none while
/// empty. Posting never blocks and is open to all threads. A task that throws is told to `failed`
/// and the next one runs: one bug does not hold up what comes after it.
///
/// It holds at most `capacity` tasks. What posts to it is bounded already (orders by the
/// orchestrator, timers by their number, media facts by their pace), except for SIP messages, which
/// anybody who knows a Call-ID can send: [#offer] drops those above the bound, and the peer's
/// retransmission is the second chance.
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private final Executor executor;
    private final int capacity;
    private final Consumer<Throwable> failed;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /// @param capacity of tasks that may be dropped
    /// @param failed called inside the mailbox
    Mailbox(Executor executor, int capacity, Consumer<Throwable> failed) {
        this.executor = executor;
        this.capacity = capacity;
        this.failed = failed;
    }

    /// Takes a task that must run. After the executor's end it is dropped.
    void post(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException e) {
                tasks.clear(); // the worker has closed: nobody is left to run it for
            }
        }
    }

    /// Takes a task unless the mailbox is full.
    ///
    /// @return whether it was taken
    boolean offer(Runnable task) {
        if (waiting.get() >= capacity) {
            return false;
        }
        post(task);
        return true;
    }

    private void drain() {
        do {
            Runnable task = tasks.poll();
            if (task != null) {
                run(task);
            }
        } while (waiting.decrementAndGet() > 0);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            tell(e);
        }
    }

    private void tell(Throwable failure) {
        try {
            failed.accept(failure);
        } catch (RuntimeException | Error e) {
            e.addSuppressed(failure);
            LOG.atError().setCause(e).log("the failure of a task could not be dealt with");
        }
    }
}
