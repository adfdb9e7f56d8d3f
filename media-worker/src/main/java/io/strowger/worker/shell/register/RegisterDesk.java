package io.strowger.worker.shell.register;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.sip.Registration;
import io.strowger.worker.core.auth.DigestAuthority;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.auth.Users;
import io.strowger.worker.core.auth.Verdict;
import io.strowger.worker.core.registration.RegisterInbox;
import io.strowger.worker.core.registration.RegisterLimits;
import io.strowger.worker.core.registration.RegisterRequest;
import io.strowger.worker.core.registration.Registrar;
import io.strowger.worker.core.registration.RegistrationStore;
import io.strowger.worker.core.registration.Registrations;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipWire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers REGISTERs. What costs nothing is done on the SIP stack's thread; what a user has proved
/// to be theirs waits for its turn, one of a user at a time, on threads of its own, so that each
/// sees what the one before it changed. 200 is said once Kafka has the change and this process has
/// read it back.
public final class RegisterDesk implements RegisterInbox, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegisterDesk.class);

    /// Requests that wait for Kafka; above, 503.
    private static final int MOST_WAITING = 5_000;

    private static final HeaderLine RETRY_AFTER = new HeaderLine("Retry-After", "5");
    private final Users users;
    private final DigestAuthority authority;
    private final Registrations registrations;
    private final RegisterLimits limits;
    private final Outside outside;
    private final RegisterMeters meters;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<CommunicationUser, CompletableFuture<Void>> turns = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /// What the desk needs of the outside.
    ///
    /// @param process the word of this process in [Registration]
    public record Outside(
            SipWire wire,
            RegistrationStore store,
            InstantSource clock,
            LongSupplier steadyNs,
            String process) {}

    public RegisterDesk(
            Users users,
            DigestAuthority authority,
            Registrations registrations,
            Outside outside,
            RegisterMeters meters) {
        this.users = users;
        this.authority = authority;
        this.registrations = registrations;
        this.outside = outside;
        this.meters = meters;
        this.limits = new RegisterLimits(outside.steadyNs().getAsLong());
    }

    @Override
    public Admission admission(RegisterRequest request) {
        if (users.all().isEmpty()) {
            return Admission.UNKNOWN;
        }
        if (!limits.admit(request.sourceHost(), outside.steadyNs().getAsLong())) {
            meters.dropped.increment();
            return Admission.DROP;
        }
        return Admission.TAKE;
    }

    @Override
    public boolean isPhone(String source) {
        return registrations.isSource(source);
    }

    @Override
    public boolean isHostOfPhones(String host) {
        return registrations.isHost(host);
    }

    @Override
    public boolean take(RegisterRequest request, long exchange) {
        if (!request.required().isEmpty()) {
            HeaderLine unsupported =
                    new HeaderLine("Unsupported", String.join(", ", request.required()));
            refuse(exchange, 420, "Bad Extension", List.of(unsupported));
            return true;
        }
        String client = DigestAuthority.client(request.toUser(), request.sourceHost());
        long nowMillis = outside.clock().millis();
        switch (authority.check("REGISTER", request.authorization(), nowMillis, client)) {
            case Verdict.Challenge(var values, _) -> {
                meters.challenged.increment();
                reply(
                        exchange,
                        401,
                        "Unauthorized",
                        values.stream()
                                .map(value -> new HeaderLine("WWW-Authenticate", value))
                                .toList());
            }
            case Verdict.Refused() -> {
                refuse(exchange, 403, "Forbidden", List.of());
                return false;
            }
            case Verdict.Proved(var user) when !user.username().equals(request.toUser()) ->
                    refuse(exchange, 403, "Forbidden", List.of());
            case Verdict.Proved(var user) -> queue(user, request, exchange);
        }
        return true;
    }

    private void queue(SipUser user, RegisterRequest request, long exchange) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            failed(exchange);
            return;
        }
        turns.compute(
                user.id(),
                (_, before) ->
                        (before == null ? CompletableFuture.<Void>completedFuture(null) : before)
                                .thenComposeAsync(_ -> serve(user, request, exchange), executor)
                                .handle((_, failure) -> served(exchange, failure)));
    }

    private @Nullable Void served(long exchange, @Nullable Throwable failure) {
        waiting.decrementAndGet();
        if (failure != null) {
            LOG.atWarn().setCause(failure).log("a registration could not be kept");
            failed(exchange);
        }
        return null;
    }

    private CompletableFuture<Void> serve(SipUser user, RegisterRequest request, long exchange) {
        Instant now = outside.clock().instant();
        Map<String, Registration> current = registrations.byKey(user.id());
        return switch (Registrar.decide(user, request, current, now, outside.process())) {
            case Registrar.Outcome.Refused(int status, String reason, var headers) -> {
                refuse(exchange, status, reason, headers);
                yield CompletableFuture.completedFuture(null);
            }
            case Registrar.Outcome.Changed(var changes) -> {
                CompletableFuture<Void> kept =
                        changes.isEmpty()
                                ? CompletableFuture.completedFuture(null)
                                : outside.store().write(changes);
                yield kept.thenRun(() -> {
                    tell(user, changes, current);
                    accept(user, exchange);
                });
            }
        };
    }

    private void accept(SipUser user, long exchange) {
        meters.accepted.increment();
        reply(
                exchange,
                200,
                "OK",
                Registrar.listed(registrations.of(user.id()), outside.clock().instant()));
    }

    private static void tell(
            SipUser user, List<Registrar.Change> changes, Map<String, Registration> before) {
        for (Registrar.Change change : changes) {
            Registration contact = change.registration();
            if (contact == null) {
                LOG.atInfo().addKeyValue("user", user.id().id()).log("phone left");
            } else if (!before.containsKey(change.key())) {
                LOG.atInfo()
                        .addKeyValue("user", user.id().id())
                        .addKeyValue("source", contact.source())
                        .addKeyValue("transport", contact.transport())
                        .log("phone registered");
            }
        }
    }

    private void failed(long exchange) {
        meters.failed.increment();
        reply(exchange, 503, "Service Unavailable", List.of(RETRY_AFTER));
    }

    private void refuse(long exchange, int status, String reason, List<HeaderLine> headers) {
        meters.refused.increment();
        reply(exchange, status, reason, headers);
    }

    private void reply(long exchange, int status, String reason, List<HeaderLine> headers) {
        outside.wire().reply(new SipReply(exchange, status, reason, null, headers, null));
    }

    /// Answers nothing more.
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
