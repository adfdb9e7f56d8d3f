package io.strowger.runtime.ops;

import io.strowger.runtime.telemetry.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.concurrent.ExecutionException;

/// The ops port of a process.
public final class OpsServer implements AutoCloseable {
    private final HttpServer server;
    private final Router router;

    private OpsServer(HttpServer server, Router router) {
        this.server = server;
        this.router = router;
    }

    /// @param port 0: any free one
    public static OpsServer start(
            Vertx vertx, String host, int port, Health health, Telemetry telemetry)
            throws InterruptedException, ExecutionException {
        Router router = Router.router(vertx);
        OpsRoutes.mount(router, health, telemetry);
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        server.listen(port, host).toCompletionStage().toCompletableFuture().get();
        return new OpsServer(server, router);
    }

    /// Where a service that has started adds routes of its own.
    public Router router() {
        return router;
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() throws InterruptedException, ExecutionException {
        server.close().toCompletionStage().toCompletableFuture().get();
    }
}
