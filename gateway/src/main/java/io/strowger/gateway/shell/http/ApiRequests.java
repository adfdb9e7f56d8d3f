package io.strowger.gateway.shell.http;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.Refused;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.IncomingCallContexts;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Refusal;
import io.strowger.gateway.core.api.Resolution;
import io.strowger.gateway.core.api.Versions;
import io.strowger.gateway.core.repeat.CommandIdentity;
import io.strowger.runtime.auth.AuthRefusal;
import io.strowger.runtime.settings.ContainerUrls;
import io.strowger.runtime.telemetry.Spans;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of every API request: authenticate its head, read its body, find its operation, send its
/// command, write its answer. For one event loop.
final class ApiRequests {
    private static final Logger LOG = LoggerFactory.getLogger(ApiRequests.class);
    private static final String REPEATABILITY_RESULT = "Repeatability-Result";
    private final Vertx vertx;
    private final HttpParts parts;
    private final Authentication senders;
    private final RequestMeters meters;
    private final Spans spans;
    private final IncomingCallContexts contexts;
    private final Duration repeatWindow;

    ApiRequests(Vertx vertx, HttpParts parts) {
        this.vertx = vertx;
        this.parts = parts;
        this.senders = new Authentication(vertx, parts);
        this.meters = new RequestMeters(parts.context().telemetry());
        this.spans = parts.context().telemetry().tracing().of("gateway");
        this.contexts = new IncomingCallContexts(parts.context().secrets().idKey());
        this.repeatWindow = parts.context().settings().calls().repeatabilityRetention();
    }

    /// A command on its way, with what its response depends on.
    private record Sent(
            ApiCall call, Endpoint<?> endpoint, CallRequest request, boolean repeatable) {}

    private record Arrived(Exchange exchange, String keyId, byte[] body) {}

    void handle(HttpServerRequest request) {
        Exchange exchange = new Exchange(vertx, request, meters, parts.limits());
        if (!BodyReader.hasBody(request)) {
            exchange.bodyIsWhole();
        }
        senders.judge(exchange, sender -> readBody(exchange, sender));
    }

    private void readBody(Exchange exchange, Authentication.Sender sender) {
        exchange.traced(spans);
        BodyReader.read(
                vertx,
                exchange.request(),
                parts.limits(),
                body -> {
                    exchange.bodyIsWhole();
                    if (sender.bodyFits().test(body)) {
                        guarded(new Arrived(exchange, sender.id(), body));
                    } else {
                        senders.refuse(exchange, AuthRefusal.WRONG_CONTENT_HASH);
                    }
                },
                error -> exchange.refuse(error, error.message(), now()));
    }

    private void guarded(Arrived arrived) {
        try {
            Sent sent = read(arrived);
            parts.commands()
                    .submit(sent.request(), arrived.exchange().trace())
                    .onSuccess(answer -> answered(arrived.exchange(), sent, answer))
                    .onFailure(failure -> broken(arrived.exchange(), failure));
        } catch (Refusal refusal) {
            refused(arrived.exchange(), refusal);
        } catch (RuntimeException bug) {
            broken(arrived.exchange(), bug);
        }
    }

    private void broken(Exchange exchange, Throwable failure) {
        LOG.atError().setCause(failure).log("request failed");
        exchange.refuse(CallError.INTERNAL, CallError.INTERNAL.message(), now());
    }

    private Sent read(Arrived arrived) throws Refusal {
        ApiVersion version = Versions.of(arrived.exchange.request().query());
        Resolution.Found found = found(arrived.exchange, version);
        ApiOperation operation = found.operation();
        arrived.exchange.isFor(operation);
        Endpoint<?> endpoint =
                Endpoints.of(operation)
                        .orElseThrow(() ->
                                Refusal.unsupported(
                                        operation.method() + " " + operation.template()));
        Instant now = now();
        Optional<CommandIdentity> identity = identity(arrived, operation, now);
        ApiCall call = call(version, found.parameters(), arrived, identity);
        CallCommand wanted = endpoint.command(call);
        if (!parts.pace().admit(arrived.keyId, wanted, System.nanoTime())) {
            throw new Refusal(
                    CallError.TOO_MANY_REQUESTS,
                    "This access key or application rings more people a second than it may"
                            + " (calls.perSecond).");
        }
        CallRequest command =
                new CallRequest(
                        call.commandId(),
                        identity.isPresent() ? fingerprint(arrived) : null,
                        version,
                        now,
                        wanted,
                        arrived.keyId);
        return new Sent(call, endpoint, command, identity.isPresent());
    }

    private static Resolution.Found found(Exchange exchange, ApiVersion version) throws Refusal {
        return switch (Resolution.of(version, exchange.method(), exchange.path())) {
            case Resolution.Found found -> found;
            case Resolution.WrongMethod(var allowed) -> {
                exchange.header("Allow", allowed);
                throw new Refusal(
                        CallError.METHOD_NOT_ALLOWED, "Allowed at this address: " + allowed + ".");
            }
            case Resolution.Refused(var error, var detail) -> throw new Refusal(error, detail);
        };
    }

    private Optional<CommandIdentity> identity(Arrived arrived, ApiOperation operation, Instant now)
            throws Refusal {
        HttpServerRequest request = arrived.exchange.request();
        return operation.repeatable()
                ? CommandIdentity.of(
                        request.getHeader("Repeatability-Request-ID"),
                        request.getHeader("Repeatability-First-Sent"),
                        arrived.keyId,
                        now,
                        repeatWindow)
                : Optional.empty();
    }

    private ApiCall call(
            ApiVersion version,
            Map<String, String> path,
            Arrived arrived,
            Optional<CommandIdentity> identity) {
        RandomGenerator random = parts.context().random();
        CommandId commandId =
                identity.map(CommandIdentity::commandId)
                        .orElseGet(() -> new CommandId(guid(random)));
        return new ApiCall(
                version,
                path,
                () -> JsonBodies.read(arrived.body),
                commandId,
                () ->
                        identity.map(known -> parts.ids().callFor(known.seed()))
                                .orElseGet(() -> parts.ids().newCall(random)),
                parts.ids(),
                new ApiCall.Installation(contexts, this::isContainer, now()));
    }

    private boolean isContainer(URI url) {
        return ContainerUrls.allows(parts.context().settings().recordings().containers(), url);
    }

    /// Random, version 4 (RFC 9562 5.4).
    private static UUID guid(RandomGenerator random) {
        return new UUID(
                (random.nextLong() & ~0xF000L) | 0x4000L,
                (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    private static String fingerprint(Arrived arrived) {
        return CommandIdentity.fingerprint(
                arrived.exchange.method(), arrived.exchange.path(), arrived.body);
    }

    private void answered(Exchange exchange, Sent sent, Answer answer) {
        try {
            exchange.chain(
                    answer instanceof Described(var properties)
                            ? properties.correlationId().toString()
                            : sent.request().commandId().toString());
            if (answer instanceof Refused(var error, var detail)) {
                refused(exchange, new Refusal(error, detail));
                return;
            }
            if (sent.repeatable()) {
                exchange.header(REPEATABILITY_RESULT, "accepted");
            }
            exchange.respond(sent.endpoint().responseTo(sent.call(), answer), now());
        } catch (RuntimeException bug) {
            broken(exchange, bug);
        }
    }

    private void refused(Exchange exchange, Refusal refusal) {
        if (refusal.error() == CallError.REPEATABILITY_REJECTED) {
            exchange.header(REPEATABILITY_RESULT, "rejected");
        }
        exchange.refuse(refusal, now());
    }

    private Instant now() {
        return parts.context().clock().instant();
    }
}
