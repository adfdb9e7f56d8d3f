package io.strowger.gateway.shell.kafka;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Refused;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The requests whose answer has not come yet. Each is answered exactly once: by its reply, by a
/// failure to send it, or when its time is over. Safe for use by many threads.
///
/// All have the same patience, so the one admitted first is over first: one timer looks at the
/// oldest now and then, which costs a request less than a timer of its own.
final class WaitingRequests {
    private static final long LOOK_EVERY_MS = 100;
    private final Vertx vertx;
    private final Duration patience;
    private final int most;
    private final AtomicLong lastCorrelation = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private long oldest = 1;

    private record Waiting(Context context, Promise<Answer> promise, long admittedNs) {}

    /// @param answer completes on the event loop that admitted the request
    record Ticket(long correlation, Future<Answer> answer) {}

    WaitingRequests(Vertx vertx, Duration patience, int most) {
        this.vertx = vertx;
        this.patience = patience;
        this.most = most;
        vertx.setPeriodic(LOOK_EVERY_MS, timer -> giveUp(System.nanoTime()));
    }

    /// Called on an event loop.
    ///
    /// @return empty: too many wait already
    Optional<Ticket> admit() {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return Optional.empty();
        }
        long correlation = lastCorrelation.incrementAndGet();
        Promise<Answer> promise = Promise.promise();
        waiting.put(
                correlation, new Waiting(vertx.getOrCreateContext(), promise, System.nanoTime()));
        return Optional.of(new Ticket(correlation, promise.future()));
    }

    /// Answers a request; nothing happens when it was answered before.
    void answer(long correlation, Answer answer) {
        Waiting request = waiting.remove(correlation);
        if (request != null) {
            count.decrementAndGet();
            request.context.runOnContext(unused -> request.promise.complete(answer));
        }
    }

    /// Only the timer calls this, so `oldest` is its own. One that was numbered but is not in the
    /// map yet is younger than any that is over: it is met again when the look stops before it.
    private void giveUp(long nowNs) {
        long last = lastCorrelation.get();
        long longestNs = patience.toNanos();
        long next = oldest;
        boolean all = true;
        for (long correlation = oldest; correlation <= last; correlation++) {
            Waiting request = waiting.get(correlation);
            if (request == null) {
                continue;
            }
            if (nowNs - request.admittedNs < longestNs) {
                next = correlation;
                all = false;
                break;
            }
            answer(
                    correlation,
                    new Refused(
                            CallError.NOT_READY,
                            "There was no answer within "
                                    + patience.toMillis()
                                    + " ms. Try again."));
        }
        oldest = all ? Math.max(oldest, last - most) : next;
    }

    int size() {
        return count.get();
    }
}
