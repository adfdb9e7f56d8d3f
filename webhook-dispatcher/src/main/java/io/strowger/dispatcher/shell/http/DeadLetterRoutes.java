package io.strowger.dispatcher.shell.http;

import io.strowger.dispatcher.core.letters.DeadLetter;
import io.strowger.dispatcher.core.letters.LetterQuery;
import io.strowger.dispatcher.core.letters.Letters;
import io.strowger.dispatcher.core.letters.ReplayRun;
import io.strowger.runtime.auth.AccessKeyVerifier;
import io.strowger.runtime.auth.AuthRefusal;
import io.strowger.runtime.auth.SignedRequest;
import io.strowger.runtime.auth.Verdict;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.ResourceHosts;
import io.strowger.runtime.telemetry.Telemetry;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin API of dead letters, signed with an access key as the calling API is. Searches and
/// replays run on threads of their own: a Kafka client may look names up.
public final class DeadLetterRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRoutes.class);
    private static final String BASE = "/admin/webhooks/dead-letters";
    private static final int MOST_BODY_BYTES = 16 * 1024;
    private final Letters letters;
    private final Replayer replayer;
    private final Supplier<List<byte[]>> accessKeys;
    private final List<String> resourceHosts;
    private final InstantSource clock;
    private final Telemetry telemetry;

    /// @param accessKeys that count now; asked at each request
    public DeadLetterRoutes(
            ServiceContext context,
            Letters letters,
            Replayer replayer,
            Supplier<List<byte[]>> accessKeys) {
        this.letters = letters;
        this.replayer = replayer;
        this.accessKeys = accessKeys;
        this.resourceHosts = ResourceHosts.of(context.settings());
        this.clock = context.clock();
        this.telemetry = context.telemetry();
    }

    /// Once for each event loop that serves `router`. What is mounted below `/admin/webhooks/`
    /// after it needs a signature, too.
    public void mount(Router router) {
        AccessKeyVerifier verifier = new AccessKeyVerifier(accessKeys, resourceHosts);
        router.route("/admin/webhooks/*")
                .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
                .handler(context -> authenticate(context, verifier));
        router.get(BASE).handler(context -> aside(context, this::list));
        router.get(BASE + "/:id").handler(context -> aside(context, this::show));
        router.post(BASE + "/:id/replay").handler(context -> aside(context, this::replayOne));
        router.post("/admin/webhooks/replay").handler(context -> aside(context, this::replayMany));
    }

    private void authenticate(RoutingContext context, AccessKeyVerifier verifier) {
        var request = context.request();
        SignedRequest signed =
                SignedRequest.of(
                        request.method().name(), request.uri(), name -> header(request, name));
        Verdict verdict = verifier.verify(signed, clock.instant());
        var read = context.body().buffer();
        byte[] body = read == null ? new byte[0] : read.getBytes();
        if (verdict instanceof Verdict.Genuine && !verifier.isHashOf(signed.contentHash(), body)) {
            verdict = new Verdict.Refused(AuthRefusal.WRONG_CONTENT_HASH);
        }
        switch (verdict) {
            case Verdict.Genuine _ -> context.next();
            case Verdict.Refused(var reason) -> {
                telemetry.counter(Telemetry.AUTH_REFUSED, "reason", reason).increment();
                new AdminExchange(context).fail(401, "Denied", reason.message());
            }
        }
    }

    /// HTTP/2 has `:authority` in the place of `Host` (RFC 9113 8.3.1).
    private static @Nullable String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        HostAndPort authority = request.authority();
        return value == null && authority != null && name.equals("Host")
                ? authority.toString()
                : value;
    }

    /// What an operator asked for; may block.
    interface Work {
        void run(AdminExchange exchange) throws InterruptedException;
    }

    /// Does it on a thread of its own.
    static void aside(RoutingContext context, Work work) {
        AdminExchange exchange = new AdminExchange(context);
        Thread.ofPlatform().daemon().name("dead-letters").start(() -> guarded(exchange, work));
    }

    private static void guarded(AdminExchange exchange, Work work) {
        try {
            work.run(exchange);
        } catch (BadQuery e) {
            exchange.fail(400, "BadRequest", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a request of an operator failed");
            exchange.fail(500, "InternalServerError", "It failed here: the log says why.");
        }
    }

    private void list(AdminExchange exchange) throws InterruptedException {
        LetterQuery query = QueryText.of(exchange.parameters());
        exchange.answer(200, DeadLetterJson.page(letters.find(query)));
    }

    private void show(AdminExchange exchange) throws InterruptedException {
        Optional<DeadLetter> letter = wanted(exchange);
        if (letter.isPresent()) {
            exchange.answer(200, DeadLetterJson.whole(letter.get()));
        } else {
            exchange.fail(404, "NotFound", "There is no dead letter of this id.");
        }
    }

    private Optional<DeadLetter> wanted(AdminExchange exchange) throws InterruptedException {
        long id = QueryText.id(exchange.pathParameter("id"));
        return id < 0 ? Optional.empty() : letters.letter(id);
    }

    private void replayOne(AdminExchange exchange) throws InterruptedException {
        Optional<DeadLetter> letter = wanted(exchange);
        if (letter.isEmpty()) {
            exchange.fail(404, "NotFound", "There is no dead letter of this id.");
            return;
        }
        ReplayRun.Result result = replayer.replay(letter.get(), new ReplayRun());
        exchange.answer(200, DeadLetterJson.result(letter.get(), result));
    }

    /// A line of JSON for each letter as soon as it is done, and one that says that all are.
    private void replayMany(AdminExchange exchange) throws InterruptedException {
        LetterQuery query = QueryText.of(exchange.parameters());
        if (!query.isBounded()) {
            throw new BadQuery("Say which: from, until or receiver.");
        }
        if (!replayer.begin()) {
            exchange.fail(409, "Conflict", "Another replay is under way.");
            return;
        }
        try {
            exchange.beginLines();
            replayer.replay(
                    query,
                    (letter, result) -> exchange.line(DeadLetterJson.result(letter, result)));
            exchange.endLines(new JsonObject().put("done", true));
        } finally {
            replayer.end();
        }
    }
}
