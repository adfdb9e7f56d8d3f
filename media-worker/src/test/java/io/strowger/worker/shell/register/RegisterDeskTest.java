package io.strowger.worker.shell.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.worker.core.auth.DigestAuthority;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.auth.Users;
import io.strowger.worker.core.registration.RegisterInbox.Admission;
import io.strowger.worker.core.registration.RegisterRequest;
import io.strowger.worker.core.registration.Registrations;
import io.strowger.worker.core.sip.Digest;
import io.strowger.worker.core.sip.DigestChallenge;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipWire;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegisterDeskTest {
    private static final CommunicationUser ALICE = new CommunicationUser("8:acs:home_alice");
    private static final Digest.Credentials RIGHT = new Digest.Credentials("alice", "wonderland");
    private final Users users =
            new Users(
                    List.of(
                            new SipUser(ALICE, "alice", "wonderland"),
                            new SipUser(
                                    new CommunicationUser("8:acs:home_bob"), "bob", "builder")));
    private final Registrations registrations = new Registrations(InstantSource.system());
    private final MemoryStore store = new MemoryStore(registrations);
    private final Replies replies = new Replies();
    private final Telemetry telemetry = new Telemetry();
    private final AtomicLong steadyNs = new AtomicLong();
    private final AtomicLong exchanges = new AtomicLong();
    private final RegisterDesk desk =
            new RegisterDesk(
                    users,
                    new DigestAuthority(
                            users.all(), new byte[32], new AtomicLong()::incrementAndGet),
                    registrations,
                    new RegisterDesk.Outside(
                            replies, store, InstantSource.system(), steadyNs::get, "here"),
                    new RegisterMeters(telemetry));

    @AfterEach
    void close() {
        desk.close();
        telemetry.close();
    }

    private static RegisterRequest request(
            String toUser, long cseq, @Nullable String authorization, String... contacts) {
        return new RegisterRequest(
                toUser,
                "call@phone",
                cseq,
                List.of(contacts),
                "300",
                authorization,
                Set.of(),
                "203.0.113.9:31337",
                "udp");
    }

    private SipReply take(RegisterRequest request) throws InterruptedException {
        desk.take(request, exchanges.incrementAndGet());
        return replies.next();
    }

    private String authorization(Digest.Credentials who) throws InterruptedException {
        DigestChallenge challenge =
                DigestChallenge.parse(
                                false,
                                values(take(request("alice", 1, null)), "WWW-Authenticate")
                                        .getFirst())
                        .orElseThrow();
        SipRequest shape =
                new SipRequest(
                        "REGISTER",
                        "sip:strowger",
                        "",
                        "",
                        "",
                        1,
                        List.of(),
                        null,
                        List.of(),
                        null);
        return Digest.answer(challenge, who, shape, "c0ffee", 1).value();
    }

    private static List<String> values(SipReply reply, String name) {
        return reply.headers().stream()
                .filter(line -> line.name().equals(name))
                .map(HeaderLine::value)
                .toList();
    }

    @Test
    void challengesThenKeepsThenListsTheContact() throws Exception {
        SipReply asked = take(request("alice", 1, null, "<sip:alice@10.0.0.7>"));
        SipReply kept = take(request("alice", 2, authorization(RIGHT), "<sip:alice@10.0.0.7>"));

        assertEquals(401, asked.status());
        assertEquals(2, values(asked, "WWW-Authenticate").size());
        assertEquals(200, kept.status());
        assertEquals(List.of("<sip:alice@10.0.0.7>;expires=300"), values(kept, "Contact"));
        assertTrue(desk.isPhone("203.0.113.9:31337"));
    }

    @Test
    void refusesAWrongPasswordAndAnotherUsersAddressAlike() throws Exception {
        String wrong = authorization(new Digest.Credentials("alice", "guess"));
        String bobs = authorization(new Digest.Credentials("bob", "builder"));

        assertEquals(403, take(request("alice", 2, wrong, "<sip:x@10.0.0.7>")).status());
        assertEquals(403, take(request("alice", 2, bobs, "<sip:x@10.0.0.7>")).status());
        assertEquals(List.of(), registrations.of(ALICE));
    }

    @Test
    void says200OnlyWhenTheStoreHasIt() throws Exception {
        String authorization = authorization(RIGHT);
        store.holds = true;

        desk.take(request("alice", 2, authorization, "<sip:alice@10.0.0.7>"), 99);
        Eventually.holds("written", Duration.ofSeconds(5), () -> store.heldBack() == 1);
        SipReply early = replies.peek();
        store.letGo();

        assertNull(early);
        assertEquals(200, replies.next().status());
    }

    @Test
    void says503WhenTheStoreFailsAndServesTheNextOne() throws Exception {
        store.fails = true;
        SipReply failed = take(request("alice", 2, authorization(RIGHT), "<sip:alice@10.0.0.7>"));
        store.fails = false;
        SipReply kept = take(request("alice", 3, authorization(RIGHT), "<sip:alice@10.0.0.7>"));

        assertEquals(503, failed.status());
        assertEquals(List.of("5"), values(failed, "Retry-After"));
        assertEquals(200, kept.status());
    }

    @Test
    void aSecondRegisterOfAUserSeesWhatTheFirstChanged() throws Exception {
        String first = authorization(RIGHT);
        String second = authorization(RIGHT);
        store.holds = true;

        desk.take(request("alice", 2, first, "<sip:alice@10.0.0.7>"), 98);
        Eventually.holds("written", Duration.ofSeconds(5), () -> store.heldBack() == 1);
        desk.take(request("alice", 3, second, "<sip:alice@10.0.0.8>"), 99);
        store.holds = false;
        store.letGo();
        SipReply one = replies.next();
        SipReply two = replies.next();

        assertEquals(98, one.exchange());
        assertEquals(1, values(one, "Contact").size());
        assertEquals(99, two.exchange());
        assertEquals(2, values(two, "Contact").size());
    }

    @Test
    void anExtensionThatItDoesNotKnowIsNamed() throws Exception {
        RegisterRequest plain = request("alice", 1, null);
        RegisterRequest path =
                new RegisterRequest(
                        "alice",
                        plain.sipCallId(),
                        1,
                        List.of(),
                        null,
                        null,
                        Set.of("path"),
                        plain.source(),
                        "udp");

        SipReply reply = take(path);

        assertEquals(420, reply.status());
        assertEquals(List.of("path"), values(reply, "Unsupported"));
    }

    @Test
    void stopsAFloodPerSourceWhoeverItIsAbout() {
        int taken = 0;
        for (int i = 0; i < 500; i++) {
            taken += desk.admission(request("alice", i, null)) == Admission.TAKE ? 1 : 0;
        }
        Admission stranger = desk.admission(request("eve", 1, null));
        Admission oneMore = desk.admission(request("bob", 1, null));
        steadyNs.addAndGet(1_000_000_000L);
        Admission later = desk.admission(request("bob", 1, null));

        assertEquals(50, taken);
        assertEquals(Admission.DROP, stranger);
        assertEquals(Admission.DROP, oneMore);
        assertEquals(Admission.TAKE, later);
        assertTrue(
                telemetry
                        .scrape()
                        .contains("strowger_sip_registers_total{outcome=\"dropped\"} 452"),
                telemetry.scrape());
    }

    private static final class Replies implements SipWire {
        private final BlockingQueue<SipReply> all = new LinkedBlockingQueue<>();

        SipReply next() throws InterruptedException {
            SipReply reply = all.poll(10, TimeUnit.SECONDS);
            if (reply == null) {
                throw new AssertionError("no reply");
            }
            return reply;
        }

        @Nullable SipReply peek() {
            return all.peek();
        }

        @Override
        public void reply(SipReply reply) {
            all.add(reply);
        }

        @Override
        public void send(SipRequest request) {
            throw new AssertionError(request);
        }

        @Override
        public void sendAck(SipRequest ack) {
            throw new AssertionError(ack);
        }

        @Override
        public void cancel(String sipCallId) {
            throw new AssertionError(sipCallId);
        }

        @Override
        public void replyAgain(long exchange) {
            throw new AssertionError(exchange);
        }
    }
}
