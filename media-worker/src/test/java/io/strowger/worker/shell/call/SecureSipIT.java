package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaReport;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls whose signalling goes over TCP or TLS, and the keys that are agreed on in them.
class SecureSipIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SipUser ALICE = TestWorker.user("alice");
    @TempDir static Path directory;
    private static TlsCertificate ours;
    private static TlsCertificate theirs;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void certify() throws Exception {
        ours = certificate("ours");
        theirs = certificate("theirs");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private static TlsCertificate certificate(String name) throws Exception {
        return TlsCertificate.load(
                new Settings.Tls(0, "", ""),
                "test",
                new TlsCertificate.Place(directory, name, ""),
                Instant.now());
    }

    private static SSLContext workerTrusting(TlsCertificate peer) throws Exception {
        return TlsContexts.of(ours, peer.certificatePem());
    }

    private static SSLContext phoneContext() throws Exception {
        return TlsContexts.of(theirs, ours.certificatePem());
    }

    private static PhoneSettings listening() {
        return PhoneSettings.listening("127.0.0.1", 0);
    }

    private Phone phone(PhoneSettings settings) throws Exception {
        Phone phone = Phone.start(settings);
        open.addFirst(phone);
        return phone;
    }

    private TestWorker worker(List<Trunk> trunks, SSLContext tls, SrtpPolicy usersSrtp)
            throws Exception {
        TestWorker worker = new TestWorker(trunks, List.of(ALICE), tls, usersSrtp);
        open.addFirst(worker);
        return worker.receiving();
    }

    private static Trunk trunk(Phone phone, String transport, SrtpPolicy srtp) {
        Trunk plain = TestWorker.trunk("main", 1);
        return new Trunk(
                        "main",
                        SipUri.parse("sip:" + phone.address() + ";transport=" + transport)
                                .orElseThrow(),
                        List.of(),
                        plain.allowedAddresses(),
                        null,
                        0,
                        0,
                        false)
                .withSrtp(srtp);
    }

    private static void dial(TestWorker worker) {
        worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));
    }

    private static LegEnd end(TestWorker worker) throws InterruptedException {
        while (true) {
            if (worker.next().event() instanceof MediaEvent.LegEnded(_, var end)) {
                return end;
            }
        }
    }

    private static <T extends MediaEvent> T await(TestWorker worker, Class<T> type)
            throws InterruptedException {
        while (true) {
            MediaEvent event = worker.next().event();
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    private static PhoneCall only(Phone phone) throws InterruptedException {
        return phone.awaitCall(_ -> true, LONG);
    }

    @Test
    void aTrunkIsRungOverTlsHoldsWithItsKeysAndHangsUp() throws Exception {
        Phone phone = phone(listening().withTls(phoneContext()).withSrtp(SrtpPolicy.REQUIRE));
        TestWorker worker =
                worker(
                        List.of(trunk(phone, "tls", SrtpPolicy.REQUIRE)),
                        workerTrusting(theirs),
                        SrtpPolicy.OFF);

        dial(worker);
        MediaEvent.LegAnswered answered = await(worker, MediaEvent.LegAnswered.class);
        only(phone).hold(true);
        MediaEvent.LegUpdated held = await(worker, MediaEvent.LegUpdated.class);
        worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(new LegId(1)));
        phone.awaitEnded(1);

        assertEquals("tls", answered.dialog().transport());
        assertTrue(held.onHoldByPeer());
        var first = worker.engine.connected.getFirst().audio().srtp();
        assertNotNull(first);
        assertEquals(first, worker.engine.connected.getLast().audio().srtp());
        assertEquals(200, only(phone).endStatus());
    }

    @Test
    void aTrunkIsRungOverTcpWithAnINVITEThatNoPacketWouldHold() throws Exception {
        Phone phone = phone(listening().withTcp());
        TestWorker worker =
                worker(
                        List.of(trunk(phone, "tcp", SrtpPolicy.PREFER)),
                        workerTrusting(theirs),
                        SrtpPolicy.OFF);
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            headers.put("X-Long-" + i, "abcdefghi ".repeat(99) + i);
        }
        MediaCommand.Dial dial = TestWorker.dial(1, LONG);

        worker.order(
                TestWorker.call(1),
                new MediaCommand.Dial(
                        dial.leg(), dial.target(), dial.caller(), null, LONG, false, headers));
        await(worker, MediaEvent.LegAnswered.class);
        only(phone).hangUp();
        LegEnd end = end(worker);

        assertEquals(LegEnd.Cause.REMOTE_HANG_UP, end.cause());
        assertEquals(headers.get("X-Long-11"), only(phone).inviteHeader("X-Long-11").orElseThrow());
        assertNull(worker.engine.connected.getFirst().audio().srtp(), "the phone has no SRTP");
        assertFalse(only(phone).isSecure());
    }

    @Test
    void aTrunkThatShowsACertificateThatNobodyVouchesForIsNotTalkedTo() throws Exception {
        Phone phone = phone(listening().withTls(phoneContext()));
        TestWorker worker =
                worker(
                        List.of(trunk(phone, "tls", SrtpPolicy.OFF)),
                        workerTrusting(certificate("others")),
                        SrtpPolicy.OFF);

        dial(worker);
        LegEnd end = end(worker);

        assertEquals(LegEnd.Cause.UNREACHABLE, end.cause());
        assertEquals(List.of(), phone.calls());
    }

    @Test
    void aTrunkThatHasNoSrtpIsHungUpOnWhereItIsRequired() throws Exception {
        Phone phone = phone(listening().withTls(phoneContext()));
        TestWorker worker =
                worker(
                        List.of(trunk(phone, "tls", SrtpPolicy.REQUIRE)),
                        workerTrusting(theirs),
                        SrtpPolicy.OFF);

        dial(worker);
        LegEnd end = end(worker);

        assertEquals(488, end.sipStatus());
        assertEquals(List.of(), worker.engine.connected);
    }

    @Test
    void aUsersPhoneIsRungOverTheConnectionThatItRegisteredOn() throws Exception {
        TestWorker worker =
                worker(List.of(), workerTrusting(certificate("others")), SrtpPolicy.PREFER);
        Phone phone =
                phone(
                        listening()
                                .withTls(phoneContext())
                                .withSrtp(SrtpPolicy.REQUIRE)
                                .withAccount(
                                        new PhoneSettings.Account(
                                                "127.0.0.1:" + worker.endpoint.tlsPort(),
                                                ALICE.username(),
                                                ALICE.password(),
                                                Duration.ofMinutes(5))));
        Eventually.holds("registered", LONG, () -> worker.registrations.size() == 1);

        worker.order(TestWorker.call(1), TestWorker.dial(1, ALICE.id(), LONG));
        await(worker, MediaEvent.LegAnswered.class);
        worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(new LegId(1)));
        phone.awaitEnded(1);

        assertEquals("tls", worker.registrations.of(ALICE.id()).iterator().next().transport());
        assertNotNull(worker.engine.connected.getFirst().audio().srtp());
        assertEquals(200, only(phone).endStatus());
        assertTrue(only(phone).inviteHeader("Via").orElseThrow().startsWith("SIP/2.0/TLS "));
    }

    @Test
    void aCallerWithoutKeysIsRefusedWhereTheyAreRequired() throws Exception {
        Phone plain = phone(listening().withTls(phoneContext()));
        Phone secure = phone(listening().withTls(phoneContext()).withSrtp(SrtpPolicy.PREFER));
        TestWorker worker =
                worker(
                        List.of(trunk(plain, "tls", SrtpPolicy.REQUIRE)),
                        workerTrusting(theirs),
                        SrtpPolicy.OFF);
        String uri = "sip:+15550100001@127.0.0.1:" + worker.endpoint.tlsPort() + ";transport=tls";

        PhoneCall refused = plain.call(uri);
        assertTrue(refused.awaitState(PhoneCall.State.ENDED, LONG));
        PhoneCall taken = secure.call(uri);
        MediaReport offered = worker.next();
        worker.order(offered.call(), new MediaCommand.AnswerLeg(new LegId(1), false));
        assertTrue(taken.awaitState(PhoneCall.State.ANSWERED, LONG));

        assertEquals(488, refused.endStatus());
        assertTrue(taken.isSecure());
        assertNotNull(worker.engine.connected.getFirst().audio().srtp());
    }
}
