package io.strowger.gateway.shell.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;

/// Closes connections on which no request begins in time, idle or dripping ones alike. For one
/// event loop.
final class ConnectionWatch {
    private static final long BUSY = Long.MAX_VALUE;
    private final HttpLimits limits;

    /// When the head of the next request must be whole, nanoseconds; [#BUSY] while one is served.
    private final Map<HttpConnection, Long> deadlinesNs = new HashMap<>();

    ConnectionWatch(Vertx vertx, HttpLimits limits) {
        this.limits = limits;
        long everyMs = Math.clamp(limits.request().toMillis() / 5, 20, 1000);
        vertx.setPeriodic(everyMs, timer -> sweep(System.nanoTime()));
    }

    void opened(HttpConnection connection) {
        deadlinesNs.put(connection, System.nanoTime() + limits.request().toNanos());
        connection.closeHandler(closed -> deadlinesNs.remove(connection));
    }

    void requestBegan(HttpConnection connection) {
        deadlinesNs.replace(connection, BUSY);
    }

    void responseEnded(HttpConnection connection) {
        deadlinesNs.replace(connection, System.nanoTime() + limits.keepAlive().toNanos());
    }

    private void sweep(long nowNs) {
        deadlinesNs.entrySet().stream()
                .filter(entry -> entry.getValue() != BUSY && entry.getValue() - nowNs < 0)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(HttpConnection::close);
    }
}
