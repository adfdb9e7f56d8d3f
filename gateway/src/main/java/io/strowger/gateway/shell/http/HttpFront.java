package io.strowger.gateway.shell.http;

import io.strowger.contracts.id.CallIds;
import io.strowger.gateway.core.pace.CallPace;
import io.strowger.gateway.shell.CallCommands;
import io.strowger.runtime.jwt.BearerTokens;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.secrets.AccessKeyFiles;
import io.strowger.runtime.settings.ResourceHosts;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The HTTP side of the gateway: one server for each event loop.
public final class HttpFront {
    private static final long DRAIN_MS = 3000;
    private final AccessKeyFiles accessKeys;
    private final BearerTokens tokens;
    private final HttpParts parts;
    private final List<HttpVerticle> verticles = new CopyOnWriteArrayList<>();

    /// @param certificate null: no https
    /// @param further mounts more routes; called once for each event loop
    /// @param content where the recording-service serves recordings; empty: not known
    public HttpFront(
            ServiceContext context,
            CallCommands commands,
            HttpLimits limits,
            @Nullable PemKeyCertOptions certificate,
            Consumer<Router> further,
            Supplier<Optional<URI>> content) {
        this.accessKeys = AccessKeyFiles.watch(context.settings(), context.secrets().accessKeys());
        this.tokens = BearerTokens.of(context);
        this.parts =
                new HttpParts(
                        context,
                        commands,
                        accessKeys,
                        tokens,
                        new CallIds(context.secrets().idKey()),
                        limits,
                        ResourceHosts.of(context.settings()),
                        new AuthRefusals(context.telemetry()),
                        new CallPace(context.settings().calls().perSecond()),
                        certificate,
                        further,
                        content);
    }

    /// Completes when all servers listen.
    ///
    /// @param eventLoops how many servers share the ports
    public Future<Void> start(Vertx vertx, int eventLoops) {
        return vertx.deployVerticle(
                        () -> {
                            HttpVerticle verticle = new HttpVerticle(parts);
                            verticles.add(verticle);
                            return verticle;
                        },
                        new DeploymentOptions().setInstances(eventLoops))
                .map(unused -> checked());
    }

    private @Nullable Void checked() {
        if (verticles.stream().mapToInt(HttpVerticle::port).distinct().count() != 1) {
            throw new IllegalStateException("the event loops do not share one port");
        }
        return null;
    }

    /// After the start.
    public int port() {
        return verticles.getFirst().port();
    }

    /// After the start; empty: no https.
    public OptionalInt tlsPort() {
        return verticles.getFirst().tlsPort();
    }

    /// Lets requests end that are under way, for 3 s at most.
    public Future<Void> stop() {
        accessKeys.close();
        tokens.close();
        List<Future<Void>> drained = new ArrayList<>();
        verticles.forEach(verticle -> drained.add(verticle.drain(DRAIN_MS)));
        return Future.join(drained).mapEmpty();
    }
}
