package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier;
import io.strowger.testsupport.Eventually;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.route.BanRules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Scanners are not listened to for a while; trunks always are.
class BannedSourcesIT {
    private static final int OFFENCES = 5;
    private static final int QUIET_MS = 300;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final SipUser BOB = TestWorker.user("bob");
    private static final SipUser GUESSED =
            new SipUser(new Identifier.CommunicationUser("8:acs:home_bob"), "bob", "guessed");
    private TestWorker worker;

    @BeforeEach
    void start() throws IOException {
        worker =
                TestWorker.banning(
                        new BanRules(OFFENCES, Duration.ofSeconds(30), Duration.ofSeconds(2)),
                        List.of(BOB));
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void whoKeepsAskingAsAStrangerIsNotHeardForAWhileEvenWithARightPassword() throws IOException {
        try (RawPhone scanner = phone("127.0.0.2")) {
            assertChallenged(scanner);
            for (int i = 0; i < OFFENCES; i++) {
                scanner.send(scanner.request("OPTIONS", "nobody"));
            }
            awaitBanned(1);

            scanner.send(register(scanner));

            assertNull(scanner.receive(QUIET_MS), "answered although banned");
            Eventually.holds("the ban ends", SOON, () -> worker.endpoint.bannedSources() == 0);
            assertChallenged(scanner);
        }
    }

    @Test
    void whoKeepsGuessingPasswordsIsNotHeardForAWhile() throws IOException {
        try (RawPhone guesser = phone("127.0.0.3");
                RawPhone other = phone("127.0.0.4")) {
            for (int i = 0; i < OFFENCES; i++) {
                assertTrue(
                        String.valueOf(guesser.register(GUESSED, contact(guesser), 60))
                                .startsWith("SIP/2.0 403"));
            }
            awaitBanned(1);

            guesser.send(register(guesser));

            assertNull(guesser.receive(QUIET_MS), "answered although banned");
            assertChallenged(other);
        }
    }

    @Test
    void aTrunkIsNeverBanned() throws IOException {
        try (RawPhone trunk = phone("127.0.0.1")) {
            for (int i = 0; i < 3 * OFFENCES; i++) {
                trunk.register(GUESSED, contact(trunk), 60);
            }

            assertEquals(0, worker.endpoint.bannedSources());
            assertChallenged(trunk);
        }
    }

    @Test
    void aHouseWithAPhoneIsNotBannedForAnotherOneInIt() throws IOException {
        try (RawPhone right = phone("127.0.0.5");
                RawPhone wrong = phone("127.0.0.5")) {
            assertTrue(
                    String.valueOf(right.register(BOB, contact(right), 60))
                            .startsWith("SIP/2.0 200"));
            for (int i = 0; i < 2 * OFFENCES; i++) {
                wrong.register(GUESSED, contact(wrong), 60);
            }

            assertEquals(0, worker.endpoint.bannedSources());
            assertChallenged(wrong);
        }
    }

    private RawPhone phone(String host) throws IOException {
        return RawPhone.udp(host, worker.endpoint.port());
    }

    private void awaitBanned(int sources) {
        Eventually.holds("a ban", SOON, () -> worker.endpoint.bannedSources() == sources);
    }

    private static String contact(RawPhone phone) {
        return "<sip:bob@192.0.2.55:" + phone.port() + ">";
    }

    private static String register(RawPhone phone) {
        return phone.request("REGISTER", "bob", "Contact: " + contact(phone), "Expires: 60");
    }

    private static void assertChallenged(RawPhone phone) throws IOException {
        phone.send(register(phone));
        String answer = phone.receive(3_000);
        assertNotNull(answer, "no answer");
        assertTrue(answer.startsWith("SIP/2.0 401"), answer);
    }
}
