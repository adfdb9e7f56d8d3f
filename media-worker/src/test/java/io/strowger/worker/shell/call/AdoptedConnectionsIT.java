package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.sip.Registration;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneSettings;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.tls.TlsCertificate;
import io.strowger.runtime.tls.TlsContexts;
import io.strowger.testsupport.Eventually;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.SipUri;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls over TCP and TLS that another worker carries on: the connection stays behind, and the new
/// worker makes its own where the far end takes one.
class AdoptedConnectionsIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SipUser ALICE = TestWorker.user("alice");
    private static final LegId LEG = new LegId(1);
    @TempDir Path directory;
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private TlsCertificate certificate(String name) throws Exception {
        return TlsCertificate.load(
                new Settings.Tls(0, "", ""),
                "test",
                new TlsCertificate.Place(directory, name, ""),
                Instant.now());
    }

    private Phone phone(PhoneSettings settings) throws Exception {
        Phone phone = Phone.start(settings);
        open.addFirst(phone);
        return phone;
    }

    private TestWorker worker(List<Trunk> trunks, SSLContext tls) throws Exception {
        TestWorker worker = new TestWorker(trunks, List.of(ALICE), tls, SrtpPolicy.OFF);
        open.addFirst(worker);
        return worker.receiving();
    }

    private static Trunk trunk(Phone phone, String transport) {
        Trunk plain = TestWorker.trunk("main", 1);
        return new Trunk(
                "main",
                SipUri.parse("sip:" + phone.address() + ";transport=" + transport).orElseThrow(),
                List.of(),
                plain.allowedAddresses(),
                null,
                0,
                0,
                false);
    }

    private static MediaEvent.LegAnswered answered(TestWorker worker) throws InterruptedException {
        while (true) {
            if (worker.next().event() instanceof MediaEvent.LegAnswered answered) {
                return answered;
            }
        }
    }

    /// The first worker's call goes on at the second, which hangs up in the end.
    private static void carryOn(
            TestWorker first, TestWorker second, Identifier who, MediaEvent.LegAnswered answered)
            throws InterruptedException {
        first.order(TestWorker.call(1), new MediaCommand.AbandonCall());
        second.order(
                TestWorker.call(1), new MediaCommand.AdoptLeg(LEG, who, answered.dialog(), false));
    }

    private static void assertTurnedTo(TestWorker worker, Phone phone) throws InterruptedException {
        MediaEvent.LegAnswered there = answered(worker);
        DatagramSocket socket = worker.engine.open.values().iterator().next();
        PhoneCall call = phone.awaitCall(_ -> true, LONG);

        assertEquals(LEG, there.leg());
        Eventually.holds(
                "the phone sends there", LONG, () -> call.mediaPeerPort() == socket.getLocalPort());
        worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(LEG));
        phone.awaitEnded(1);
        assertEquals(200, call.endStatus());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    void aTrunkIsConnectedToAnew(String transport) throws Exception {
        TlsCertificate ours = certificate("ours");
        TlsCertificate theirs = certificate("theirs");
        PhoneSettings plain = PhoneSettings.listening("127.0.0.1", 0);
        Phone phone =
                phone(
                        transport.equals("tcp")
                                ? plain.withTcp()
                                : plain.withTls(TlsContexts.of(theirs, ours.certificatePem())));
        List<Trunk> trunks = List.of(trunk(phone, transport));
        TestWorker first = worker(trunks, TlsContexts.of(ours, theirs.certificatePem()));
        TestWorker second = worker(trunks, TlsContexts.of(ours, theirs.certificatePem()));
        MediaCommand.Dial dial = TestWorker.dial(1, LONG);
        first.order(TestWorker.call(1), dial);

        carryOn(first, second, dial.target(), answered(first));

        assertTurnedTo(second, phone);
    }

    @Test
    void aUsersPhoneThatTakesConnectionsIsConnectedTo() throws Exception {
        TlsCertificate ours = certificate("ours");
        SSLContext context = TlsContexts.of(ours, ours.certificatePem());
        TestWorker first = worker(List.of(), context);
        TestWorker second = worker(List.of(), context);
        Phone phone =
                called(
                        PhoneSettings.listening("127.0.0.1", 0).withTcp(),
                        "127.0.0.1:" + first.endpoint.port(),
                        first,
                        second);

        carryOn(first, second, ALICE.id(), answered(first));

        assertTurnedTo(second, phone);
    }

    /// A phone over TLS takes no connections; it finds the other worker as it found the first.
    @Test
    void aUsersPhoneThatTakesNoConnectionsIsReachedWhenItHasRegisteredAgain() throws Exception {
        TlsCertificate ours = certificate("ours");
        TlsCertificate theirs = certificate("theirs");
        TestWorker first = worker(List.of(), TlsContexts.of(ours, ours.certificatePem()));
        TestWorker second = worker(List.of(), TlsContexts.of(ours, ours.certificatePem()));
        Balancer balancer = new Balancer(first.endpoint.tlsPort());
        open.add(balancer);
        Phone phone =
                called(
                        PhoneSettings.listening("127.0.0.1", 0)
                                .withTls(TlsContexts.of(theirs, ours.certificatePem())),
                        balancer.address(),
                        first,
                        second);

        carryOn(first, second, ALICE.id(), answered(first));
        balancer.failOverTo(second.endpoint.tlsPort());

        assertTurnedTo(second, phone);
    }

    /// A user's phone that registers at the first worker, as the second knows, and is rung by it.
    private Phone called(
            PhoneSettings reachable, String registrar, TestWorker first, TestWorker second)
            throws Exception {
        Phone phone =
                phone(
                        reachable.withAccount(
                                new PhoneSettings.Account(
                                        registrar,
                                        ALICE.username(),
                                        ALICE.password(),
                                        Duration.ofMinutes(5))));
        Eventually.holds("registered", LONG, () -> first.registrations.size() == 1);
        first.registrations
                .byKey(ALICE.id())
                .forEach((key, at) -> second.registrations.apply(key, heldElsewhere(at)));
        first.order(TestWorker.call(1), TestWorker.dial(1, ALICE.id(), LONG));
        return phone;
    }

    /// As the second worker reads it: another process has the connection.
    private static Registration heldElsewhere(Registration at) {
        return new Registration(
                at.user(),
                at.contact(),
                at.source(),
                at.transport(),
                "elsewhere",
                at.sipCallId(),
                at.cseq(),
                at.priority(),
                at.registeredAt(),
                at.expiresAt());
    }
}
