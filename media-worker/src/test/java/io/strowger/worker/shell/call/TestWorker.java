package io.strowger.worker.shell.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.placement.Placement;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.worker.core.auth.DigestAuthority;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.auth.Users;
import io.strowger.worker.core.leg.LegTimings;
import io.strowger.worker.core.leg.LocalParty;
import io.strowger.worker.core.registration.Registrations;
import io.strowger.worker.core.registration.UserRoutes;
import io.strowger.worker.core.route.BanRules;
import io.strowger.worker.core.route.KnownPeers;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.Directory;
import io.strowger.worker.core.sip.SipUri;
import io.strowger.worker.shell.register.MemoryStore;
import io.strowger.worker.shell.register.RegisterDesk;
import io.strowger.worker.shell.register.RegisterMeters;
import io.strowger.worker.shell.sip.SipEndpoint;
import io.strowger.worker.shell.sip.SipEndpointSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The call control of a worker on real sockets, with orders and reports in memory.
final class TestWorker implements AutoCloseable {
    static final LegTimings QUICK =
            new LegTimings(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(2));
    private static final String HOST = "127.0.0.1";
    static final Placement PLACEMENT = new Placement(new WorkerId(0), 1, 1);

    final SipEndpoint endpoint;
    final CallHost host;
    final QuietEngine engine = new QuietEngine();
    private final BlockingQueue<MediaReport> reports = new LinkedBlockingQueue<>();
    private final AtomicLong sequence = new AtomicLong();
    private final SecureRandom random = new SecureRandom();
    private final Telemetry telemetry = new Telemetry();
    final Registrations registrations = new Registrations(InstantSource.system());
    private final RegisterDesk desk;
    private final Users users;
    private final DigestAuthority authority;

    /// What strangers send is to be looked at, however much it is.
    private static final BanRules NOBODY_IS_BANNED =
            new BanRules(0, Duration.ofSeconds(1), Duration.ofSeconds(1));

    /// One that bans.
    static TestWorker banning(BanRules bans, List<SipUser> people) throws IOException {
        return new TestWorker(
                new CallSettings(new LocalParty(HOST, 0), List.of(), QUICK, 10, 100),
                people,
                null,
                SrtpPolicy.OFF,
                bans);
    }

    TestWorker(List<Trunk> trunks) throws IOException {
        this(trunks, 10, 100, QUICK);
    }

    TestWorker(List<Trunk> trunks, int maxCalls, int maxNewCallsPerSecond, LegTimings timings)
            throws IOException {
        this(trunks, maxCalls, maxNewCallsPerSecond, timings, List.of());
    }

    /// With users, whose registrations are kept in memory.
    TestWorker(
            List<Trunk> trunks,
            int maxCalls,
            int maxNewCallsPerSecond,
            LegTimings timings,
            List<SipUser> people)
            throws IOException {
        this(
                new CallSettings(
                        new LocalParty(HOST, 0), trunks, timings, maxCalls, maxNewCallsPerSecond),
                people,
                null,
                SrtpPolicy.OFF,
                NOBODY_IS_BANNED);
    }

    /// With SIP over TLS too.
    ///
    /// @param usersSrtp of its users' media
    TestWorker(List<Trunk> trunks, List<SipUser> people, SSLContext tls, SrtpPolicy usersSrtp)
            throws IOException {
        this(
                new CallSettings(new LocalParty(HOST, 0), trunks, QUICK, 10, 100),
                people,
                tls,
                usersSrtp,
                NOBODY_IS_BANNED);
    }

    private TestWorker(
            CallSettings settings,
            List<SipUser> people,
            @Nullable SSLContext tls,
            SrtpPolicy usersSrtp,
            BanRules bans)
            throws IOException {
        this.users = new Users(people);
        this.authority = new DigestAuthority(people, random.generateSeed(32), random::nextLong);
        this.endpoint =
                SipEndpoint.open(
                        new SipEndpointSettings(
                                HOST,
                                0,
                                HOST,
                                true,
                                tls == null
                                        ? null
                                        : new SipEndpointSettings.Tls(
                                                0, tls, InetAddress::getHostAddress),
                                bans),
                        () -> KnownPeers.of(List.of(HOST)));
        this.host =
                new CallHost(
                        new CallSettings(
                                new LocalParty(HOST, endpoint.port(), endpoint.tlsPort()),
                                settings.trunks(),
                                settings.timings(),
                                settings.maxCalls(),
                                settings.maxNewCallsPerSecond()),
                        new CallHost.Outside(
                                endpoint.wire(),
                                engine,
                                reports::add,
                                InstantSource.system(),
                                System::nanoTime,
                                random),
                        new UserRoutes(users, registrations, "here", HOST, usersSrtp));
        this.desk =
                new RegisterDesk(
                        users,
                        authority,
                        registrations,
                        new RegisterDesk.Outside(
                                endpoint.wire(),
                                new MemoryStore(registrations),
                                InstantSource.system(),
                                System::nanoTime,
                                "here"),
                        new RegisterMeters(telemetry));
        endpoint.registerWith(desk);
        endpoint.start(host);
    }

    /// Takes calls from the trunk `main`, which is whoever speaks from this machine, and from its
    /// users.
    TestWorker receiving() {
        Map<String, Identifier.CommunicationUser> names = new HashMap<>();
        users.all().forEach(user -> names.put(user.username(), user.id()));
        host.receive(
                new Reception.Desk(
                        new CallIds(new byte[32]),
                        () -> PLACEMENT,
                        () -> true,
                        () -> KnownPeers.ofTrunks(Map.of("main", List.of(HOST))),
                        new Directory(names),
                        authority));
        return this;
    }

    static SipUser user(String name) {
        return new SipUser(
                new Identifier.CommunicationUser("8:acs:home_" + name), name, "secret-" + name);
    }

    static Trunk trunk(String name, int port) {
        return trunk(name, port, 0);
    }

    static Trunk trunk(String name, int port, int maxChannels) {
        return new Trunk(
                name,
                SipUri.parse("sip:" + HOST + ":" + port).orElseThrow(),
                List.of(),
                List.of(HOST),
                null,
                0,
                maxChannels,
                false);
    }

    static ServerCallId call(int number) {
        return new ServerCallId(number, 0);
    }

    static MediaCommand.Dial dial(int leg, Duration ringTimeout) {
        return dial(leg, new Identifier.PhoneNumber("+15550100001"), ringTimeout);
    }

    static MediaCommand.Dial dial(int leg, Identifier target, Duration ringTimeout) {
        return new MediaCommand.Dial(
                new LegId(leg),
                target,
                new Identifier.PhoneNumber("+15550100002"),
                null,
                ringTimeout,
                false,
                Map.of("X-Test", "yes"));
    }

    void order(ServerCallId call, MediaCommand command) {
        host.order(new MediaOrder(call, PLACEMENT, sequence.incrementAndGet(), command));
    }

    /// The next report, which must be a `T`.
    <T extends MediaEvent> T next(Class<T> type) throws InterruptedException {
        MediaReport report = reports.poll(10, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("no report in 10 s, waited for " + type.getSimpleName());
        }
        if (!type.isInstance(report.event())) {
            throw new AssertionError("waited for " + type.getSimpleName() + ", got " + report);
        }
        return type.cast(report.event());
    }

    /// The next report, whatever it is.
    MediaReport next() throws InterruptedException {
        MediaReport report = reports.poll(10, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("no report in 10 s");
        }
        return report;
    }

    /// Waits until no call is carried any more: that is noted after the last report of a call.
    void awaitIdle() {
        Eventually.holds("no calls", Duration.ofSeconds(60), () -> host.callCount() == 0);
    }

    int reportsWaiting() {
        return reports.size();
    }

    @Override
    public void close() {
        endpoint.close();
        desk.close();
        telemetry.close();
        host.close();
        engine.close();
    }
}
