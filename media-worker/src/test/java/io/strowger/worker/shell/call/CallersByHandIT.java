package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaReport;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.leg.LegTimings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Callers whose packets get lost, come twice, or come from where nobody calls.
class CallersByHandIT {
    private static final LegId CALLER = new LegId(1);
    private static final String NUMBER = "+15550100002";
    private static final int QUIET_MS = 300;
    private static final SipUser BOB =
            new SipUser(new Identifier.CommunicationUser("8:acs:r_bob"), "bob", "secret");
    private static final LegTimings HASTY =
            new LegTimings(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(50),
                    Duration.ofMillis(400),
                    Duration.ofSeconds(2));
    private TestWorker worker;
    private HandPhone phone;

    @BeforeEach
    void start() throws Exception {
        worker =
                new TestWorker(
                                List.of(TestWorker.trunk("main", 5060)),
                                10,
                                100,
                                HASTY,
                                List.of(BOB))
                        .receiving();
        phone = new HandPhone("127.0.0.1", worker.endpoint.port());
    }

    @AfterEach
    void stop() {
        phone.close();
        worker.close();
    }

    @Test
    void saysThatItTries() throws Exception {
        phone.invite(NUMBER, 1, "a", "");

        assertTrue(String.valueOf(phone.receive(5_000)).startsWith("SIP/2.0 100 Trying"));
    }

    @Test
    void repeatsItsAnswerUntilTheAck() throws Exception {
        phone.invite(NUMBER, 1, "a", "");
        worker.order(worker.next().call(), new MediaCommand.AnswerLeg(CALLER, false));

        String first = phone.expect("SIP/2.0 200");
        String second = phone.expect("SIP/2.0 200");
        phone.request("ACK", NUMBER, HandPhone.toTag(first), 1, "b", "", "");
        worker.next(MediaEvent.LegAnswered.class);

        assertEquals(first, second);
        while (phone.receive(QUIET_MS) != null) {
            // One may have been on its way.
        }
        assertNull(phone.receive(2 * QUIET_MS));
    }

    @Test
    void endsADialogThatIsNeverAcknowledged() throws Exception {
        phone.invite(NUMBER, 1, "a", "");
        worker.order(worker.next().call(), new MediaCommand.AnswerLeg(CALLER, false));

        phone.agree(phone.expect("BYE "));

        assertEquals(
                LegEnd.Cause.UNREACHABLE, worker.next(MediaEvent.LegEnded.class).end().cause());
    }

    @Test
    void answersAnInviteThatComesAgainLateWithTheSameWords() throws Exception {
        phone.invite(NUMBER, 1, "a", "");
        worker.order(worker.next().call(), new MediaCommand.AnswerLeg(CALLER, false));
        String first = phone.expect("SIP/2.0 200");

        phone.invite(NUMBER, 1, "a", "");
        String second = phone.expect("SIP/2.0 200");

        assertEquals(HandPhone.toTag(first), HandPhone.toTag(second));
        phone.request("ACK", NUMBER, HandPhone.toTag(first), 1, "b", "", "");
        worker.next(MediaEvent.LegAnswered.class);
    }

    @Test
    void makesOneCallOfAnInviteThatCameTwoWays() throws Exception {
        phone.invite(NUMBER, 1, "a", "");
        worker.next(MediaEvent.LegOffered.class);

        phone.invite(NUMBER, 1, "other-way", "");

        phone.expect("SIP/2.0 482");
        assertEquals(0, worker.reportsWaiting());
        assertEquals(1, worker.host.callCount());
    }

    @Test
    void makesOneCallOfAnInviteThatCameTwice() throws Exception {
        phone.invite(NUMBER, 1, "a", "");
        phone.invite(NUMBER, 1, "a", "");
        MediaReport first = worker.next();
        phone.invite(NUMBER, 1, "a", "");
        worker.order(first.call(), new MediaCommand.RejectLeg(CALLER, 603, "Decline"));

        phone.expect("SIP/2.0 603");
        worker.next(MediaEvent.LegEnded.class);
        assertEquals(0, worker.reportsWaiting());
    }

    @Test
    void takesACallerWhoTriesAgain() throws Exception {
        phone.invite(NUMBER, 1, "a", "");
        worker.order(worker.next().call(), new MediaCommand.RejectLeg(CALLER, 503, "Not Now"));
        String refusal = phone.expect("SIP/2.0 503");
        worker.next(MediaEvent.LegEnded.class);
        phone.request("ACK", NUMBER, HandPhone.toTag(refusal), 1, "a", "", "");

        phone.invite(NUMBER, 2, "b", "");

        worker.next(MediaEvent.LegOffered.class);
    }

    @Test
    void hidesTheCallerWhoWantsIt() throws Exception {
        phone.invite(
                "anonymous",
                1,
                "a",
                "Privacy: id\nP-Asserted-Identity: \"Ada\" <sip:+15550100009@127.0.0.1>\n");

        MediaEvent.LegOffered offered = worker.next(MediaEvent.LegOffered.class);

        assertEquals(new Identifier.PhoneNumber("anonymous"), offered.from());
        assertNull(offered.callerDisplayName());
    }

    @Test
    void believesWhatTheTrunkAsserts() throws Exception {
        phone.invite(
                "alice", 1, "a", "P-Asserted-Identity: \"Ada\" <sip:+15550100009@127.0.0.1>\n");

        MediaEvent.LegOffered offered = worker.next(MediaEvent.LegOffered.class);

        assertEquals(new Identifier.PhoneNumber("+15550100009"), offered.from());
        assertEquals("Ada", offered.callerDisplayName());
    }

    @Test
    void asksStrangersWhoCallForAPassword() throws Exception {
        try (HandPhone stranger = new HandPhone("127.0.0.2", worker.endpoint.port())) {
            stranger.invite(NUMBER, 1, "a", "");

            stranger.expect("SIP/2.0 401");
            assertNull(stranger.receive(QUIET_MS));
            assertEquals(0, worker.reportsWaiting());
        }
    }

    @Test
    void saysNothingToStrangersWhereThereAreNoUsers() throws Exception {
        try (TestWorker trunksAlone =
                        new TestWorker(List.of(TestWorker.trunk("main", 5060))).receiving();
                HandPhone stranger = new HandPhone("127.0.0.2", trunksAlone.endpoint.port())) {
            stranger.invite(NUMBER, 1, "a", "");

            assertNull(stranger.receive(QUIET_MS));
            assertEquals(1, trunksAlone.endpoint.meters().droppedRequests());
        }
    }

    @Test
    void takesUsersFromAnywhereWhoKnowOnlyMd5() throws Exception {
        try (HandPhone bob = new HandPhone("127.0.0.2", worker.endpoint.port())) {
            bob.invite("bob", 1, "a", "");
            String challenge = bob.expect("SIP/2.0 401");
            bob.request("ACK", "bob", HandPhone.toTag(challenge), 1, "a", "", "");
            Matcher md5 =
                    Pattern.compile(
                                    "WWW-Authenticate: Digest realm=\"strowger\", *nonce=\"([^\"]+)\", *algorithm=MD5.*")
                            .matcher(challenge);
            assertTrue(md5.find(), challenge);
            bob.invite("bob", 2, "b", authorization(md5.group(1), "secret"));

            MediaEvent.LegOffered offered = worker.next(MediaEvent.LegOffered.class);

            assertEquals(new Identifier.CommunicationUser("8:acs:r_bob"), offered.from());
            assertNull(offered.trunk());
        }
    }

    @Test
    void challengesOnceForEachPacketSoThatLiarsGainNothing() throws Exception {
        phone.invite("bob", 1, "a", "");
        String first = phone.expect("SIP/2.0 401");
        assertNull(phone.receive(2_000), "not repeated by itself");

        phone.invite("bob", 1, "a", "");
        String second = phone.expect("SIP/2.0 401");

        assertEquals(HandPhone.toTag(first), HandPhone.toTag(second));
    }

    @Test
    void knowsNothingOfACancelForNoCall() throws Exception {
        phone.request("CANCEL", NUMBER, "", 1, "a", "", "");

        phone.expect("SIP/2.0 481");
    }

    private static String authorization(String nonce, String password) throws Exception {
        String uri = "sip:+15550100001@127.0.0.1";
        String secret = md5("bob:strowger:" + password);
        String response = md5(secret + ":" + nonce + ":00000001:hand:auth:" + md5("INVITE:" + uri));
        return "Authorization: Digest username=\"bob\", realm=\"strowger\", nonce=\""
                + nonce
                + "\", uri=\""
                + uri
                + "\", response=\""
                + response
                + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"hand\"\n";
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("MD5")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
