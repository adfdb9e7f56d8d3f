package io.strowger.dispatcher;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.dispatcher.core.delivery.Courier;
import io.strowger.dispatcher.core.signature.StandardWebhook;
import io.strowger.dispatcher.shell.http.DeadLetterRoutes;
import io.strowger.dispatcher.shell.http.Replayer;
import io.strowger.dispatcher.shell.http.StopRoutes;
import io.strowger.dispatcher.shell.http.WebhookCourier;
import io.strowger.dispatcher.shell.kafka.DeadLetterBox;
import io.strowger.dispatcher.shell.kafka.DispatchLoop;
import io.strowger.dispatcher.shell.kafka.StopBox;
import io.strowger.runtime.kafka.GroupLag;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.lifecycle.EventLoops;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.AdminRoutes;
import io.strowger.runtime.secrets.AccessKeyFiles;
import io.strowger.runtime.secrets.PlatformSecrets;
import io.strowger.runtime.secrets.TokenIssuer;
import io.strowger.runtime.secrets.TokenMint;
import io.strowger.runtime.settings.InstanceOrdinal;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The webhook-dispatcher: one event loop with the lanes and the HTTP client, one thread on the
/// log, one that reads parked events back. Several instances share the partitions of `call.events`.
public final class WebhookDispatcherService implements Service, AdminRoutes {
    private static final Duration STOP = Duration.ofSeconds(8);
    private final ServiceContext context;
    private final String instance;
    private @Nullable Vertx vertx;
    private final DeadLetterBox letters;
    private @Nullable CrashOnlyLoop loop;
    private @Nullable GroupLag lag;
    private final Replayer replayer;
    private final AccessKeyFiles accessKeys;
    private volatile @Nullable Courier posting;

    public WebhookDispatcherService(ServiceContext context) {
        this(context, InstanceOrdinal.of(-1, System.getenv()));
    }

    /// @param ordinal which instance this is
    WebhookDispatcherService(ServiceContext context, int ordinal) {
        this.context = context;
        this.accessKeys = AccessKeyFiles.watch(context.settings(), context.secrets().accessKeys());
        this.letters = new DeadLetterBox(context.kafka());
        this.replayer =
                new Replayer(
                        letters,
                        this::post,
                        context.settings().webhooks().timeout(),
                        context.telemetry());
        this.instance = "webhook-dispatcher-" + ordinal;
    }

    @Override
    public String name() {
        return "webhook-dispatcher";
    }

    @Override
    public void start() throws ExecutionException, InterruptedException {
        Vertx started = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        vertx = started;
        Context eventLoop = EventLoops.lasting(started);
        Executor laneThread = step -> eventLoop.runOnContext(unused -> step.run());
        WebhookCourier courier = courier(eventLoop);
        CrashOnlyLoop dispatching =
                new CrashOnlyLoop(
                        name(),
                        context.health(),
                        new DispatchLoop(context, instance, laneThread, courier));
        loop = dispatching;
        dispatching.start();
        GroupLag measured =
                new GroupLag(
                        context.kafka(),
                        DispatchLoop.GROUP,
                        List.of(Topics.CALL_EVENTS.name()),
                        context.telemetry());
        lag = measured;
        measured.start();
        eventLoop.runOnContext(unused -> confirmSubscriptions(courier));
        posting =
                (event, trace, done) ->
                        laneThread.execute(() -> courier.deliver(event, trace, done));
    }

    @Override
    public void mountAdmin(Router router) {
        new DeadLetterRoutes(context, letters, replayer, accessKeys).mount(router);
        new StopRoutes(new StopBox(context.kafka(), context.clock())).mount(router);
    }

    /// One attempt on its own, from any thread.
    private void post(EventRecord event, @Nullable TraceContext trace, Consumer<Answer> done) {
        Courier started = posting;
        if (started == null) {
            done.accept(new Answer.Unreachable("the dispatcher has not started yet"));
        } else {
            started.deliver(event, trace, done);
        }
    }

    private void confirmSubscriptions(WebhookCourier courier) {
        context.settings().applications().stream()
                .flatMap(one -> Stream.of(one.incomingCallUrl(), one.eventsUrl()))
                .filter(Objects::nonNull)
                .distinct()
                .forEach(url ->
                        courier.confirm(
                                url,
                                new UUID(
                                        context.random().nextLong(), context.random().nextLong())));
    }

    private WebhookCourier courier(Context eventLoop) {
        PlatformSecrets secrets = context.secrets();
        return new WebhookCourier(
                eventLoop,
                context.settings().webhooks(),
                new TokenMint(
                        secrets.tokenKey(),
                        secrets.tokenKeyId(),
                        TokenIssuer.of(context.settings().http()),
                        secrets.resourceId(),
                        TokenMint.Life.SHORT),
                new StandardWebhook(secrets.signingSecret()),
                context.clock());
    }

    @Override
    public void stop() throws InterruptedException, ExecutionException {
        accessKeys.close();
        GroupLag measured = lag;
        if (measured != null) {
            measured.close();
        }
        CrashOnlyLoop running = loop;
        if (running != null) {
            running.stop(STOP);
        }
        letters.close();
        Vertx open = vertx;
        if (open != null) {
            open.close().toCompletionStage().toCompletableFuture().get();
        }
    }
}
