package io.strowger.gateway.shell.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Closes connections whose next request line and headers do not arrive in time, so that clients
/// that send a byte now and then hold nothing.
final class SlowHeads {
    private final Vertx vertx;
    private final long firstMs;
    private final long nextMs;
    private final Map<HttpConnection, Long> timers = new ConcurrentHashMap<>();

    /// @param firstMs from connecting to the first head
    /// @param nextMs from an answer to the next head
    SlowHeads(Vertx vertx, long firstMs, long nextMs) {
        this.vertx = vertx;
        this.firstMs = firstMs;
        this.nextMs = nextMs;
    }

    void opened(HttpConnection connection) {
        connection.closeHandler(_ -> cancel(connection));
        await(connection, firstMs);
    }

    /// A head has arrived.
    void headCame(HttpConnection connection) {
        cancel(connection);
    }

    /// An answer has left: the next head may come.
    void answered(HttpConnection connection) {
        await(connection, nextMs);
    }

    private void await(HttpConnection connection, long ms) {
        long timer = vertx.setTimer(ms, _ -> connection.close());
        Long before = timers.put(connection, timer);
        if (before != null) {
            vertx.cancelTimer(before);
        }
    }

    private void cancel(HttpConnection connection) {
        Long timer = timers.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
