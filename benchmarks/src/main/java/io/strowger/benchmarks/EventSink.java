package io.strowger.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The application's webhook: counts events by type and per connection, and answers 200 at once.
final class EventSink {
    private final Map<String, AtomicInteger> byType = new ConcurrentHashMap<>();
    private final Map<String, Long> sequences = new ConcurrentHashMap<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final AtomicInteger outOfOrder = new AtomicInteger();
    private final Latencies sinceDecided = new Latencies();
    private final HttpServer server;
    private volatile Consumer<String> connected = path -> {};
    private volatile Consumer<JsonObject> everyEvent = event -> {};

    private EventSink(Vertx vertx) {
        server = vertx.createHttpServer();
        server.requestHandler(request ->
                request.body()
                        .onSuccess(body -> {
                            take(body.toJsonArray());
                            request.response().end();
                        }));
    }

    static EventSink start(Vertx vertx) throws Exception {
        EventSink sink = new EventSink(vertx);
        Future<HttpServer> listening = sink.server.listen(0, "127.0.0.1");
        listening.toCompletionStage().toCompletableFuture().get();
        return sink;
    }

    String uri() {
        return "http://127.0.0.1:" + server.actualPort() + "/events";
    }

    int count(String type) {
        AtomicInteger counter = byType.get("Microsoft.Communication." + type);
        return counter == null ? 0 : counter.get();
    }

    boolean wasConnected(String connection) {
        return answered.contains(connection);
    }

    /// What was told last of a call that failed, or how many events came of it.
    String fate(String connection) {
        String failure = failures.get(connection);
        return failure == null
                ? sequences.getOrDefault(connection, 0L) + " events, no failure among them"
                : failure;
    }

    /// Told `/calling/callConnections/{id}` of each call that was answered from now on.
    void onConnected(Consumer<String> told) {
        connected = told;
    }

    /// Told each event from now on, on the server's event loop.
    void onEvent(Consumer<JsonObject> told) {
        everyEvent = told;
    }

    int outOfOrder() {
        return outOfOrder.get();
    }

    Latencies sinceDecided() {
        return sinceDecided;
    }

    /// Waits for a condition on what has arrived.
    ///
    /// @return whether it came true in time
    static boolean await(BooleanSupplier condition, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
        return true;
    }

    private void take(JsonArray events) {
        long nowMs = System.currentTimeMillis();
        for (int i = 0; i < events.size(); i++) {
            JsonObject event = events.getJsonObject(i);
            everyEvent.accept(event);
            byType.computeIfAbsent(event.getString("type"), type -> new AtomicInteger())
                    .incrementAndGet();
            String connection = event.getJsonObject("data").getString("callConnectionId");
            long sequence = Long.parseLong(event.getString("sequence"));
            Long last = sequences.put(connection, sequence);
            if (sequence != (last == null ? 1 : last + 1)) {
                outOfOrder.incrementAndGet();
            }
            if (event.getString("type").endsWith(".CallConnected")) {
                answered.add(connection);
                connected.accept("/calling/callConnections/" + connection);
            }
            if (event.getString("type").endsWith("Failed")) {
                failures.put(
                        connection,
                        event.getString("type")
                                + " "
                                + event.getJsonObject("data").getJsonObject("resultInformation"));
            }
            long decidedMs =
                    OffsetDateTime.parse(event.getString("time")).toInstant().toEpochMilli();
            sinceDecided.add(Math.max(0, nowMs - decidedMs) * 1_000_000);
        }
    }
}
