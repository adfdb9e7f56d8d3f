package io.strowger.worker;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.worker.core.auth.DigestAuthority;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.auth.Users;
import io.strowger.worker.core.registration.Registrations;
import io.strowger.worker.core.registration.UserRoutes;
import io.strowger.worker.core.sip.Directory;
import io.strowger.worker.shell.kafka.RegistrationLog;
import io.strowger.worker.shell.kafka.ReportProducer;
import io.strowger.worker.shell.register.RegisterDesk;
import io.strowger.worker.shell.register.RegisterMeters;
import io.strowger.worker.shell.sip.SipEndpoint;
import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The users of this installation and their phones: who they are, where they are, and the desk
/// where they register. Started and stopped by the service's thread, after and before the rest.
final class UserPhones {
    private static final Duration CATCH_UP = Duration.ofSeconds(30);
    private static final Duration LOOP_STOP = Duration.ofSeconds(2);
    private static final int KEY_BYTES = 32;
    private final ServiceContext context;
    private final Users users;
    private final DigestAuthority authority;
    private final Registrations registrations;
    private final UserRoutes routes;
    private final String process;
    private @Nullable Parts parts;

    private record Parts(RegistrationLog log, CrashOnlyLoop loop, RegisterDesk desk) {}

    /// @param advertised host of users' addresses
    /// @throws SettingsException when two users share a name or an id
    UserPhones(ServiceContext context, String advertised) {
        this.context = context;
        this.users = users(context.settings());
        RandomGenerator random = context.random();
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        this.authority = new DigestAuthority(users.all(), key, random::nextLong);
        this.registrations = new Registrations(context.clock());
        this.process = HexFormat.of().toHexDigits(random.nextLong());
        this.routes =
                new UserRoutes(
                        users,
                        registrations,
                        process,
                        advertised,
                        TrunkSettings.srtp(context.settings().sip().usersSrtp()));
    }

    private static Users users(Settings settings) {
        try {
            return new Users(
                    settings.users().stream()
                            .map(user ->
                                    new SipUser(
                                            new CommunicationUser(user.id()),
                                            user.sipUsername(),
                                            user.password().reveal()))
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new SettingsException("users: " + e.getMessage());
        }
    }

    Users users() {
        return users;
    }

    /// Users by the names in their addresses.
    Directory directory() {
        return new Directory(
                users.all().stream().collect(Collectors.toMap(SipUser::username, SipUser::id)));
    }

    /// Judges every request that claims to be a user's.
    DigestAuthority authority() {
        return authority;
    }

    UserRoutes routes() {
        return routes;
    }

    /// Returns when all contacts are known and phones can register.
    ///
    /// @throws IllegalStateException when they cannot be read
    void start(SipEndpoint endpoint, ReportProducer letters) throws InterruptedException {
        if (users.all().isEmpty()) {
            return; // nobody registers here, and nobody can be rung
        }
        RegistrationLog log = new RegistrationLog(context.kafka(), registrations, letters);
        CrashOnlyLoop loop = new CrashOnlyLoop("sip-registrations", context.health(), log);
        RegisterDesk desk =
                new RegisterDesk(
                        users,
                        authority,
                        registrations,
                        new RegisterDesk.Outside(
                                endpoint.wire(), log, context.clock(), System::nanoTime, process),
                        new RegisterMeters(context.telemetry()));
        parts = new Parts(log, loop, desk);
        context.telemetry().gauge(Telemetry.SIP_CONTACTS, registrations::size);
        loop.start();
        if (!log.awaitCaughtUp(CATCH_UP)) {
            stop();
            throw new IllegalStateException(
                    "the registrations of users could not be read in " + CATCH_UP);
        }
        endpoint.registerWith(desk);
    }

    void stop() throws InterruptedException {
        Parts running = parts;
        if (running == null) {
            return;
        }
        parts = null;
        running.desk().close();
        running.loop().stop(LOOP_STOP);
        running.log().close();
    }
}
