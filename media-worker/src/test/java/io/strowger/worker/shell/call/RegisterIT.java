package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.sip.Registration;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneListener;
import io.strowger.phone.PhoneSettings;
import io.strowger.testsupport.Eventually;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.route.Trunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// REGISTER over real sockets.
class RegisterIT {
    private static final String STRANGER = "127.0.0.2";
    private static final SipUser ALICE = TestWorker.user("alice");
    private static final SipUser BOB = TestWorker.user("bob");
    private static final List<SipUser> PEOPLE = List.of(ALICE, BOB);
    private TestWorker worker;

    @BeforeEach
    void start() throws IOException {
        worker = new TestWorker(List.of(), 10, 100, TestWorker.QUICK, PEOPLE);
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    private List<Registration> contacts() {
        return worker.registrations.of(ALICE.id());
    }

    private int statusOf(String password) throws Exception {
        BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
        PhoneListener listener =
                new PhoneListener() {
                    @Override
                    public void registered(int status) {
                        answers.add(status);
                    }
                };
        PhoneSettings.Account account =
                new PhoneSettings.Account(
                        "127.0.0.1:" + worker.endpoint.port(),
                        "alice",
                        password,
                        Duration.ofMinutes(5));
        try (Phone phone =
                Phone.start(
                        PhoneSettings.listening("127.0.0.1", 0).withAccount(account), listener)) {
            Integer status = answers.poll(10, TimeUnit.SECONDS);
            return status == null ? 0 : status;
        }
    }

    @Test
    void aPhoneRegistersWithItsPasswordAndWithNoOther() throws Exception {
        assertEquals(403, statusOf("guess"));
        assertEquals(List.of(), contacts());

        assertEquals(200, statusOf(ALICE.password()));
        assertEquals(1, contacts().size());
    }

    @Test
    void remembersWhereAPhoneBehindANatReallyIs() throws Exception {
        try (RawPhone phone = RawPhone.udp(STRANGER, worker.endpoint.port())) {
            String ok = phone.register(ALICE, "<sip:alice@192.0.2.55:5062>", 300);

            assertNotNull(ok);
            assertTrue(ok.startsWith("SIP/2.0 200"), ok);
            assertEquals(
                    List.of("<sip:alice@192.0.2.55:5062>;expires=300"),
                    RawPhone.headers(ok, "Contact"));
            String via = RawPhone.headers(ok, "Via").getFirst();
            assertTrue(via.contains("received=" + STRANGER), via);
            assertTrue(via.contains("rport=" + phone.port()), via);
            assertEquals(STRANGER + ":" + phone.port(), contacts().getFirst().source());
        }
    }

    @Test
    void offersBothDigestsEachInAHeaderOfItsOwn() throws Exception {
        try (RawPhone phone = RawPhone.udp(STRANGER, worker.endpoint.port())) {
            phone.send(phone.request("REGISTER", "alice"));

            List<String> offers =
                    RawPhone.headers(String.valueOf(phone.receive(3_000)), "WWW-Authenticate");

            assertEquals(2, offers.size());
            assertTrue(offers.getFirst().contains("SHA-256"), offers.toString());
            assertTrue(offers.getLast().contains("MD5"), offers.toString());
        }
    }

    @Test
    void listsAllContactsAndForgetsThemAtTheStar() throws Exception {
        try (RawPhone one = RawPhone.udp(STRANGER, worker.endpoint.port());
                RawPhone two = RawPhone.tcp(worker.endpoint.port())) {
            one.register(ALICE, "<sip:alice@192.0.2.55:5062>;q=0.1", 300);
            String both = two.register(ALICE, "<sip:alice@192.0.2.56;transport=tcp>", 600);
            String none = one.register(ALICE, "*", 0);

            assertEquals(
                    List.of(
                            "<sip:alice@192.0.2.56;transport=tcp>;expires=600,"
                                    + "<sip:alice@192.0.2.55:5062>;expires=300;q=0.100"),
                    RawPhone.headers(String.valueOf(both), "Contact"));
            assertTrue(String.valueOf(none).startsWith("SIP/2.0 200"), none);
            assertEquals(List.of(), RawPhone.headers(String.valueOf(none), "Contact"));
            assertEquals(List.of(), contacts());
        }
    }

    @Test
    void saysWhatIsTooBrief() throws Exception {
        try (RawPhone phone = RawPhone.udp(STRANGER, worker.endpoint.port())) {
            String brief = String.valueOf(phone.register(ALICE, "<sip:alice@192.0.2.55:5062>", 10));

            assertTrue(brief.startsWith("SIP/2.0 423"), brief);
            assertEquals(List.of("60"), RawPhone.headers(brief, "Min-Expires"));
        }
    }

    @Test
    void asksAStrangerForAPasswordWhoeverItSaysItIs() throws Exception {
        try (RawPhone stranger = RawPhone.udp(STRANGER, worker.endpoint.port())) {
            stranger.send(stranger.request("REGISTER", "eve"));
            String eve = stranger.receive(3_000);
            stranger.send(stranger.request("REGISTER", "alice"));
            String alice = stranger.receive(3_000);

            assertTrue(String.valueOf(eve).startsWith("SIP/2.0 401"), eve);
            assertTrue(String.valueOf(alice).startsWith("SIP/2.0 401"), alice);
        }
    }

    @Test
    void aRegisteredPhoneMayAskWhetherWeAreThere() throws Exception {
        try (RawPhone phone = RawPhone.udp(STRANGER, worker.endpoint.port());
                RawPhone neighbour = RawPhone.udp(STRANGER, worker.endpoint.port())) {
            phone.send(phone.request("OPTIONS", "alice"));
            String before = phone.receive(300);
            phone.register(ALICE, "<sip:alice@192.0.2.55:5062>", 300);
            phone.send(phone.request("OPTIONS", "alice"));
            String after = phone.receive(3_000);
            neighbour.send(neighbour.request("OPTIONS", "alice"));
            String other = neighbour.receive(300);

            assertNull(before);
            assertTrue(String.valueOf(after).startsWith("SIP/2.0 200"), after);
            assertNull(other);
        }
    }

    @Test
    void aFloodOfRegistersSlowsNoCallAndNoOtherPhone() throws Exception {
        try (Phone trunk = Phone.start(PhoneSettings.listening("127.0.0.1", 0));
                TestWorker calls = new TestWorker(trunk(trunk), 10, 100, TestWorker.QUICK, PEOPLE);
                RawPhone bob = RawPhone.udp(STRANGER, calls.endpoint.port());
                Flood flood = new Flood(calls.endpoint.port())) {
            flood.awaitSent(500);
            long start = System.nanoTime();
            calls.order(TestWorker.call(1), TestWorker.dial(1, Duration.ofSeconds(20)));
            while (!(calls.next().event() instanceof MediaEvent.LegAnswered)) {
                // Its 180, which nobody sends again when the flood takes its place at the socket.
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            String registered = String.valueOf(bob.register(BOB, "<sip:bob@192.0.2.55>", 300));
            flood.awaitSent(2_000);
            Duration lasted = flood.stop();

            assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, "took " + took);
            assertTrue(registered.startsWith("SIP/2.0 200"), registered);
            long most = 50 * (lasted.toSeconds() + 2);
            int answered = flood.answered();
            assertTrue(
                    answered > 0 && answered <= most,
                    answered + " of " + flood.sent + " were answered in " + lasted);
            assertTrue(
                    calls.endpoint.meters().droppedRequests() >= flood.sent.get() - most,
                    "dropped " + calls.endpoint.meters().droppedRequests());
        }
    }

    private static List<Trunk> trunk(Phone phone) {
        return List.of(TestWorker.trunk("main", Integer.parseInt(phone.address().split(":")[1])));
    }

    /// REGISTERs of one source, some thousands a second where the machine lets it; at most five
    /// seconds of them.
    private static final class Flood implements AutoCloseable {
        final AtomicInteger sent = new AtomicInteger();
        private final RawPhone source;
        private final long startNs = System.nanoTime();
        private final Thread thread;
        private volatile boolean stopping;

        Flood(int port) throws IOException {
            this.source = RawPhone.udp("127.0.0.3", port);
            this.thread = Thread.ofPlatform().start(this::run);
        }

        private void run() {
            try {
                while (!stopping && System.nanoTime() - startNs < 5_000_000_000L) {
                    for (int i = 0; i < 50; i++) {
                        source.send(
                                source.request("REGISTER", "alice", "Contact: <sip:a@192.0.2.1>"));
                        sent.incrementAndGet();
                    }
                    LockSupport.parkNanos(5_000_000);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void awaitSent(int count) {
            Eventually.holds(
                    "a flood of " + count, Duration.ofSeconds(5), () -> sent.get() >= count);
        }

        /// @return how long it lasted
        Duration stop() throws InterruptedException {
            stopping = true;
            thread.join();
            return Duration.ofNanos(System.nanoTime() - startNs);
        }

        int answered() throws IOException {
            int answered = 0;
            while (source.receive(300) != null) {
                answered++;
            }
            return answered;
        }

        @Override
        public void close() throws IOException {
            stopping = true;
            source.close();
        }
    }
}
