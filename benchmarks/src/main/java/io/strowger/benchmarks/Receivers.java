package io.strowger.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Many applications' webhooks, each on a port of its own: most answer at once, some late, some
/// never.
final class Receivers {
    private final Vertx vertx;
    private final Consumer<String> arrived;

    /// @param arrived told the id of each event whose request is there, on an event loop
    Receivers(Vertx vertx, Consumer<String> arrived) {
        this.vertx = vertx;
        this.arrived = arrived;
    }

    List<URI> healthy(int count) throws Exception {
        return listening(
                count,
                request -> {
                    arrived.accept(request.getHeader("webhook-id"));
                    request.response().end();
                });
    }

    List<URI> late(int count, Duration after) throws Exception {
        return listening(
                count,
                request -> vertx.setTimer(after.toMillis(), unused -> request.response().end()));
    }

    List<URI> silent(int count) throws Exception {
        return listening(count, request -> {});
    }

    /// Nobody listens there.
    static List<URI> refusing(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<URI> uris = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            uris.add(uri(socket.getLocalPort()));
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return uris;
    }

    private List<URI> listening(int count, Consumer<HttpServerRequest> answer) throws Exception {
        List<URI> uris = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HttpServer server =
                    vertx.createHttpServer()
                            .requestHandler(request ->
                                    request.endHandler(unused -> answer.accept(request)));
            Future<HttpServer> listening = server.listen(0, "127.0.0.1");
            listening.toCompletionStage().toCompletableFuture().get();
            uris.add(uri(server.actualPort()));
        }
        return uris;
    }

    private static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port + "/events");
    }
}
