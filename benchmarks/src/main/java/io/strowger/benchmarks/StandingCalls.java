package io.strowger.benchmarks;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Calls that were answered and stay up.
final class StandingCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 50;
    private final Rig rig;
    private final List<String> paths;

    private StandingCalls(Rig rig, List<String> paths) {
        this.rig = rig;
        this.paths = paths;
    }

    /// Places `count` calls and waits until all are connected.
    static StandingCalls place(Rig rig, int count) throws Exception {
        List<String> paths = new ArrayList<>();
        int before = rig.sink.count("CallConnected");
        while (paths.size() < count) {
            int batch = Math.min(AT_ONCE, count - paths.size());
            List<java.util.concurrent.CompletableFuture<String>> creating = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                creating.add(create(rig));
            }
            for (var one : creating) {
                paths.add(one.get(30, TimeUnit.SECONDS));
            }
            int wanted = before + paths.size();
            if (!EventSink.await(() -> rig.sink.count("CallConnected") >= wanted, PATIENCE)) {
                throw new IllegalStateException(
                        "only "
                                + (rig.sink.count("CallConnected") - before)
                                + " of "
                                + paths.size()
                                + " calls were connected; the others: "
                                + fates(rig, paths));
            }
        }
        return new StandingCalls(rig, paths);
    }

    private static String fates(Rig rig, List<String> paths) {
        return paths.stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .filter(connection -> !rig.sink.wasConnected(connection))
                .map(connection -> connection + " (" + rig.sink.fate(connection) + ")")
                .collect(Collectors.joining(", "));
    }

    static java.util.concurrent.CompletableFuture<String> create(Rig rig) {
        return rig.api
                .send(
                        HttpMethod.POST,
                        "/calling/callConnections?" + ApiClient.VERSION,
                        "{\"targets\":[{\"kind\":\"phoneNumber\",\"phoneNumber\":{\"value\":\"+15550100001\"}}],"
                                + "\"sourceCallerIdNumber\":{\"value\":\"+15550100000\"},\"callbackUri\":\""
                                + rig.sink.uri()
                                + "\"}",
                        201)
                .map(body ->
                        "/calling/callConnections/"
                                + new JsonObject(body).getString("callConnectionId"))
                .toCompletionStage()
                .toCompletableFuture();
    }

    /// `/calling/callConnections/{id}` of each.
    List<String> paths() {
        return paths;
    }

    /// Ends all and waits for their last events.
    void end() throws Exception {
        int before = rig.sink.count("CallDisconnected");
        for (String path : paths) {
            rig.api
                    .send(HttpMethod.POST, path + ":terminate?" + ApiClient.VERSION, "", 204)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
        int wanted = before + paths.size();
        if (!EventSink.await(() -> rig.sink.count("CallDisconnected") >= wanted, PATIENCE)) {
            throw new IllegalStateException("not all calls ended");
        }
    }
}
