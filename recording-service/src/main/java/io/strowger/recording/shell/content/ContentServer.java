package io.strowger.recording.shell.content;

import io.strowger.recording.core.store.RecordingStore;
import io.strowger.runtime.jwt.BearerTokens;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.secrets.AccessKeyFiles;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Serves recordings and what is known about them on `recordings.contentPort`, and deletes them:
/// `/v1/objects/{documentId}`. Every request must be signed with an access key or show a bearer
/// token. Started and stopped once, by one thread.
public final class ContentServer {
    private static final int WORKERS = 16;
    private static final long START_S = 30;
    private static final long DRAIN_MS = 3000;
    private static final long STOP_S = 10;
    private final ServiceContext service;
    private final RecordingStore store;
    private final Duration idle;
    private final AccessKeyFiles accessKeys;
    private final BearerTokens tokens;
    private @Nullable Vertx vertx;
    private volatile @Nullable HttpServer server;

    /// @param store what is served
    public ContentServer(ServiceContext service, RecordingStore store) {
        this(service, store, Duration.ofSeconds(30));
    }

    /// @param idle a connection on which nothing moves for so long is closed
    ContentServer(ServiceContext service, RecordingStore store, Duration idle) {
        this.service = service;
        this.store = store;
        this.idle = idle;
        this.accessKeys = AccessKeyFiles.watch(service.settings(), service.secrets().accessKeys());
        this.tokens = BearerTokens.of(service);
    }

    /// Returns when it listens.
    public void start() throws Exception {
        Vertx own = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        vertx = own;
        WorkerExecutor workers = own.createSharedWorkerExecutor("recording-content", WORKERS);
        own.deployVerticle(new Listener(workers))
                .toCompletionStage()
                .toCompletableFuture()
                .get(START_S, TimeUnit.SECONDS);
    }

    private final class Listener extends VerticleBase {
        private final WorkerExecutor workers;

        Listener(WorkerExecutor workers) {
            this.workers = workers;
        }

        @Override
        public Future<?> start() {
            ContentRequests requests =
                    new ContentRequests(context, workers, store, service, accessKeys, tokens);
            HttpServer listening =
                    vertx.createHttpServer(options()).requestHandler(requests::handle);
            server = listening;
            return listening.listen(
                    service.settings().recordings().contentPort(),
                    service.settings().http().host());
        }
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setIdleTimeout((int) idle.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxHeaderSize(16 * 1024)
                .setMaxInitialLineLength(8 * 1024)
                .setHttp2ClearTextEnabled(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setTcpNoDelay(true);
    }

    /// Where it listens; 0: it does not, yet.
    public int port() {
        HttpServer listening = server;
        return listening == null ? 0 : Math.max(0, listening.actualPort());
    }

    /// Lets responses end that are under way, for 3 s at most.
    public void stop() throws Exception {
        accessKeys.close();
        tokens.close();
        Vertx own = vertx;
        if (own == null) {
            return;
        }
        HttpServer listening = server;
        try {
            if (listening != null) {
                await(listening.shutdown(DRAIN_MS, TimeUnit.MILLISECONDS));
            }
        } finally {
            // Waited for apart: what hangs on the server's event loop would never be told.
            await(own.close());
        }
    }

    private static void await(Future<Void> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(STOP_S, TimeUnit.SECONDS);
    }
}
