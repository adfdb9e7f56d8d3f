package io.strowger.dispatcher.shell.kafka;

import io.strowger.contracts.event.EventRecord;
import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.dispatcher.core.delivery.Courier;
import io.strowger.dispatcher.core.delivery.Deliveries;
import io.strowger.dispatcher.core.delivery.Effect;
import io.strowger.dispatcher.core.delivery.Verdict;
import io.strowger.runtime.telemetry.TraceSpan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The [Deliveries] of one life of the dispatcher, on the one thread they live on. Posts leave from
/// there; what concerns the log waits in queues for the threads of the log.
final class Lanes {
    private static final long STEP_TIMEOUT_S = 20;
    private final Executor thread;
    private final Deliveries deliveries;
    private final Courier courier;
    private final InstantSource clock;
    private final DeliveryTelemetry telemetry;
    private final Queue<Effect> writes = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Effect.Load> loads = new LinkedBlockingQueue<>();
    private volatile Map<Integer, Long> committable = Map.of();
    private volatile int loaded;
    private volatile int parked;
    private volatile int failingServers;
    private volatile int stopped;
    private volatile int posts;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private boolean draining;

    Lanes(
            Executor thread,
            Deliveries deliveries,
            Courier courier,
            InstantSource clock,
            DeliveryTelemetry telemetry) {
        this.thread = thread;
        this.deliveries = deliveries;
        this.courier = courier;
        this.clock = clock;
        this.telemetry = telemetry;
    }

    /// Runs a step on the lanes' thread, then starts what follows from it. Any thread.
    void run(BiConsumer<Deliveries, Instant> step) {
        thread.execute(() -> step(step));
    }

    /// Likewise, and waits for its result.
    <T> T call(BiFunction<Deliveries, Instant, T> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        run((owned, now) -> result.complete(step.apply(owned, now)));
        try {
            return result.get(STEP_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            check();
            throw new IllegalStateException("the lanes do not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// @throws IllegalStateException when a step or a write failed: this life is over
    void check() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the lanes broke", cause);
        }
    }

    void fail(Throwable cause) {
        failure = cause;
        closed = true;
    }

    /// From now on nothing is posted, and nothing that still comes back has an effect.
    void close() {
        closed = true;
    }

    /// From now on nothing is posted; answers still count.
    void drain() {
        run((unused, now) -> draining = true);
    }

    /// The next write to the log, in order; null: none.
    @Nullable Effect pollWrite() {
        return writes.poll();
    }

    BlockingQueue<Effect.Load> loads() {
        return loads;
    }

    /// As of the last tick.
    Map<Integer, Long> committable() {
        return committable;
    }

    int loaded() {
        return loaded;
    }

    int parked() {
        return parked;
    }

    int failingServers() {
        return failingServers;
    }

    /// Receivers that said 410.
    int stopped() {
        return stopped;
    }

    /// Attempts under way.
    int posts() {
        return posts;
    }

    /// Starts what is due, and publishes the figures above.
    void tick() {
        run((owned, now) -> {
            owned.tick(now);
            committable = owned.committable();
            loaded = owned.loadedCount();
            parked = owned.parkedCount();
            failingServers = owned.failingServers();
            stopped = owned.stoppedCount();
        });
    }

    private void step(BiConsumer<Deliveries, Instant> step) {
        if (closed) {
            return;
        }
        try {
            step.accept(deliveries, clock.instant());
            deliveries.takeEffects().forEach(this::carryOut);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Post post -> post(post);
            case Effect.Load load -> loads.add(load);
            case Effect.Park _, Effect.Forget _, Effect.Stop _, Effect.Lift _ -> writes.add(effect);
            case Effect.Bury bury -> {
                telemetry.givenUp(bury.event(), bury.reason());
                writes.add(bury);
            }
        }
    }

    private void post(Effect.Post post) {
        if (draining) {
            return;
        }
        long startNs = System.nanoTime();
        count(1);
        TraceSpan span = telemetry.attempting(post.event(), post.attempt(), post.trace());
        courier.deliver(
                post.event(), span.context(), answer -> answered(post, answer, startNs, span));
    }

    private void answered(Effect.Post post, Answer answer, long startNs, TraceSpan span) {
        count(-1);
        DeliveryTelemetry.end(span, answer);
        step((owned, now) -> {
            Verdict verdict = owned.answered(post, answer, now);
            EventRecord event = post.event();
            telemetry.attempted(event, post.attempt(), answer, System.nanoTime() - startNs);
            if (verdict instanceof Verdict.Accepted) {
                telemetry.accepted(event, now, span);
            } else if (verdict instanceof Verdict.StopReceiver(var reason)) {
                telemetry.stopped(event, reason);
            }
        });
    }

    /// Only on the lanes' thread.
    private void count(int change) {
        posts = posts + change;
    }
}
