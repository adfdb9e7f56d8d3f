package io.strowger.gateway.shell.http;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Refused;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.CommandId;
import io.strowger.gateway.core.auth.AccessKeys;
import io.strowger.gateway.core.auth.HostNames;
import io.strowger.gateway.core.auth.RequestToVerify;
import io.strowger.gateway.core.auth.Verdict;
import io.strowger.gateway.core.repeat.Repeatability;
import io.strowger.gateway.core.repeat.Repeatability.Repeatable;
import io.strowger.gateway.shell.CallCommands;
import io.strowger.gateway.shell.http.api.ApiRequest;
import io.strowger.gateway.shell.http.api.ApiResponse;
import io.strowger.gateway.shell.http.json.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The way of every request below `/calling/`: body, signature, address, version, command, answer.
final class Calling {
    private static final String VERSIONS =
            Arrays.stream(ApiVersion.values())
                    .map(ApiVersion::wire)
                    .collect(Collectors.joining(", "));
    private final Bodies bodies;
    private final AccessKeys keys;
    private final HostNames hosts;
    private final CallIds ids;
    private final Surroundings around;

    /// What the way goes through and asks.
    ///
    /// @param remembered how long answers to repeatable requests are kept
    /// @param random a random GUID
    record Surroundings(
            CallCommands commands,
            HttpMeters meters,
            InstantSource clock,
            Supplier<UUID> random,
            Duration remembered) {}

    Calling(Bodies bodies, AccessKeys keys, HostNames hosts, CallIds ids, Surroundings around) {
        this.bodies = bodies;
        this.keys = keys;
        this.hosts = hosts;
        this.ids = ids;
        this.around = around;
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        long startNs = System.nanoTime();
        bodies.collect(request, body -> received(request, body, startNs));
    }

    private void received(HttpServerRequest request, byte[] body, long startNs) {
        Instant now = around.clock().instant();
        switch (verify(request, body, now)) {
            case Verdict.Refused(var reason) -> {
                around.meters().refusedSignature(reason);
                Replies.refuse(request, CallError.UNAUTHORIZED, reason);
            }
            case Verdict.Authentic(int key) -> {
                try {
                    perform(request, body, key, startNs);
                } catch (Refusal refusal) {
                    around.meters().done("refused", refusal.error().status(), startNs);
                    Replies.refuse(request, refusal.error(), refusal.detail());
                }
            }
        }
    }

    private Verdict verify(HttpServerRequest request, byte[] body, Instant now) {
        String date = request.getHeader("x-ms-date");
        return keys.verify(
                new RequestToVerify(
                        request.method().name(),
                        request.uri(),
                        hosts.candidates(
                                request.getHeader("Host"),
                                request.localAddress().port(),
                                request.getHeader("x-ms-host")),
                        request.getHeader("Authorization"),
                        date == null ? request.getHeader("Date") : date,
                        request.getHeader("x-ms-content-sha256"),
                        body),
                now);
    }

    private void perform(HttpServerRequest request, byte[] body, int key, long startNs)
            throws Refusal {
        ApiVersion version = version(request.getParam("api-version"));
        String path = rawPath(request);
        Endpoint endpoint = endpoint(request.method().name(), path, version);
        Repeatability repeatability = repeatability(request, body, key, path);
        ApiRequest asked =
                new ApiRequest(
                        version,
                        endpoint.match(path).orElseThrow(),
                        body,
                        repeatability,
                        ids,
                        around.random());
        CallCommand command = endpoint.operation().command(asked);
        around.commands()
                .submit(
                        new CallRequest(
                                commandId(repeatability),
                                fingerprint(repeatability),
                                version,
                                around.clock().instant(),
                                command))
                .onSuccess(answer -> {
                    int status = answer(request, endpoint, asked, command, answer);
                    around.meters().done(endpoint.id(), status, startNs);
                });
    }

    private static int answer(
            HttpServerRequest request,
            Endpoint endpoint,
            ApiRequest asked,
            CallCommand command,
            Answer answer) {
        boolean repeatable = asked.repeatability() instanceof Repeatable;
        if (answer instanceof Refused(var error, var detail)) {
            if (repeatable && error == CallError.REPEATABILITY_REJECTED) {
                request.response().putHeader("Repeatability-Result", "rejected");
            }
            Replies.refuse(request, error, detail);
            return error.status();
        }
        if (repeatable) {
            request.response().putHeader("Repeatability-Result", "accepted");
        }
        ApiResponse response = endpoint.operation().response(asked, command, answer);
        if (response.correlationId() != null) {
            request.response()
                    .putHeader("X-Microsoft-Skype-Chain-ID", response.correlationId().toString());
        }
        Replies.send(request, response.status(), response.body());
        return response.status();
    }

    private static ApiVersion version(@Nullable String wire) throws Refusal {
        if (wire == null) {
            throw Refusal.invalid("The query parameter 'api-version' is required: " + VERSIONS);
        }
        return ApiVersion.parse(wire)
                .orElseThrow(() ->
                        Refusal.invalid(
                                "api-version '" + cut(wire) + "' is not supported: " + VERSIONS));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(40, text.length()));
    }

    private static String rawPath(HttpServerRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static Endpoint endpoint(String method, String path, ApiVersion version)
            throws Refusal {
        List<Endpoint> there =
                Endpoints.ALL.stream().filter(one -> one.match(path).isPresent()).toList();
        List<Endpoint> meant = there.stream().filter(one -> one.method().equals(method)).toList();
        for (Endpoint one : meant) {
            if (one.isServedIn(version)) {
                return one;
            }
        }
        if (!meant.isEmpty()) {
            Endpoint other = meant.getFirst();
            throw Refusal.invalid(
                    "api-version "
                            + version.wire()
                            + " has no such operation; "
                            + (other.isPreview2021()
                                    ? "it is one of the 2021 preview."
                                    : "it is there since " + other.since().wire() + "."));
        }
        if (Endpoints.isKnownButNotServed(path)) {
            throw Refusal.invalid("This operation is not supported by this version of Strowger.");
        }
        throw there.isEmpty()
                ? new Refusal(CallError.NOT_FOUND, CallError.NOT_FOUND.message())
                : new Refusal(CallError.METHOD_NOT_ALLOWED, CallError.METHOD_NOT_ALLOWED.message());
    }

    private Repeatability repeatability(
            HttpServerRequest request, byte[] body, int key, String path) throws Refusal {
        Repeatability repeatability =
                Repeatability.of(
                        request.getHeader("Repeatability-Request-ID"),
                        request.getHeader("Repeatability-First-Sent"),
                        new Repeatability.Subject(key, request.method().name(), path, body),
                        around.clock().instant(),
                        around.remembered());
        return switch (repeatability) {
            case Repeatability.Malformed(var reason) -> throw Refusal.invalid(reason);
            case Repeatability.TooOld _ -> {
                request.response().putHeader("Repeatability-Result", "rejected");
                throw new Refusal(
                        CallError.REPEATABILITY_REJECTED,
                        "Repeatability-First-Sent is older than answers are kept.");
            }
            case Repeatability.Single _, Repeatable _ -> repeatability;
        };
    }

    private CommandId commandId(Repeatability repeatability) {
        return repeatability instanceof Repeatable(var commandId, var _, var _)
                ? commandId
                : new CommandId(around.random().get());
    }

    private static @Nullable String fingerprint(Repeatability repeatability) {
        return repeatability instanceof Repeatable(var _, var _, var fingerprint)
                ? fingerprint
                : null;
    }
}
