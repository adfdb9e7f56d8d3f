package io.strowger.runtime.lifecycle;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;

/// Gives services event loops that are theirs. A context that a thread outside of Vert.x asks for
/// is not kept by Vert.x; that of a verticle is, until Vert.x is closed.
public final class EventLoops {
    private EventLoops() {}

    /// One more context that stays, on the next of the event loops. Blocks until it is there; not
    /// for event loops.
    public static Context lasting(Vertx vertx) throws InterruptedException, ExecutionException {
        Home home = new Home();
        vertx.deployVerticle(home).toCompletionStage().toCompletableFuture().get();
        return home.context();
    }

    private static final class Home extends VerticleBase {
        Context context() {
            return context;
        }

        @Override
        public Future<?> start() {
            return Future.succeededFuture();
        }
    }
}
