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
/// failure to send it, or by its timer. Safe for use by many threads.
final class WaitingRequests {
    private final Vertx vertx;
    private final Duration patience;
    private final int most;
    private final AtomicLong lastCorrelation = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();

    private record Waiting(Context context, Promise<Answer> promise, long timer) {}

    /// @param answer completes on the event loop that admitted the request
    record Ticket(long correlation, Future<Answer> answer) {}

    WaitingRequests(Vertx vertx, Duration patience, int most) {
        this.vertx = vertx;
        this.patience = patience;
        this.most = most;
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
        long timer =
                vertx.setTimer(
                        patience.toMillis(),
                        unused ->
                                answer(
                                        correlation,
                                        new Refused(
                                                CallError.NOT_READY,
                                                "There was no answer within "
                                                        + patience.toMillis()
                                                        + " ms. Try again.")));
        waiting.put(correlation, new Waiting(vertx.getOrCreateContext(), promise, timer));
        return Optional.of(new Ticket(correlation, promise.future()));
    }

    /// Answers a request; nothing happens when it was answered before.
    void answer(long correlation, Answer answer) {
        Waiting request = waiting.remove(correlation);
        if (request != null) {
            count.decrementAndGet();
            vertx.cancelTimer(request.timer);
            request.context.runOnContext(unused -> request.promise.complete(answer));
        }
    }

    int size() {
        return count.get();
    }
}
