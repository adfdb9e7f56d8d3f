package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.Digest.Credentials;
import io.strowger.worker.core.sip.SipUri;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What else a far end can do to a call, with SIPp as the far end.
@Isolated
@Tag("interop")
class SippFaultsIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final LegId LEG = new LegId(1);
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 480, 486, 603})
    void endsARefusedLegAndAsksNoOtherTrunk(int status) throws Exception {
        Script refuses = Script.called().respond(status).receive("ACK");
        try (Sipp phone = new Sipp(folder, refuses);
                DatagramSocket spare = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                TestWorker worker = worker(phone.port, spare.getLocalPort())) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));

            LegEnd end = worker.next(MediaEvent.LegEnded.class).end();

            assertEquals(new LegEnd(Cause.REFUSED, status, "Status"), end);
            phone.assertFollowed();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void takesTheNextTrunkAfterAServerError(int status) throws Exception {
        Script fails = Script.called().respond(status).receive("ACK");
        try (Sipp first = new Sipp(folder, fails);
                Sipp second = new Sipp(folder, answersAndIsHungUp());
                TestWorker worker = worker(first.port, second.port)) {
            talkAndHangUp(worker);
            first.assertFollowed();
            second.assertFollowed();
        }
    }

    @Test
    void takesTheNextTrunkWhenOneIsSilent() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Sipp second = new Sipp(folder, answersAndIsHungUp());
                TestWorker worker = worker(silent.getLocalPort(), second.port)) {
            talkAndHangUp(worker);
            second.assertFollowed();
        }
    }

    @Test
    void endsAnAnswerThatCrossedItsCancel() throws Exception {
        Script races =
                Script.called()
                        .respond(180)
                        .receive("CANCEL")
                        .respond(200)
                        .respondTo("CSeq: 1 INVITE", "phone[call_number]", 200, Script.SDP)
                        .receive("ACK")
                        .receive("BYE")
                        .agree();
        try (Sipp phone = new Sipp(folder, races);
                TestWorker worker = worker(phone.port)) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));
            worker.next(MediaEvent.LegProgressed.class);
            worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(LEG));

            assertEquals(Cause.LOCAL_HANG_UP, worker.next(MediaEvent.LegEnded.class).end().cause());
            phone.assertFollowed();
        }
    }

    @Test
    void acknowledgesEachCopyOfTheAnswer() throws Exception {
        Script repeats =
                Script.called()
                        .respondWith(Script.SDP, 200)
                        .receive("ACK")
                        .answerAgain(Script.SDP)
                        .receive("ACK")
                        .ask("BYE", 1, "")
                        .expect(200);
        try (Sipp phone = new Sipp(folder, repeats);
                TestWorker worker = worker(phone.port)) {
            // The phone hangs up: a BYE of ours could overtake the second ACK.
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));
            phone.assertFollowed();
        }
    }

    @Test
    void endsTheSecondForkAndKeepsTheFirst() throws Exception {
        Script forks =
                Script.called()
                        .respondWith(Script.SDP, 200)
                        .receive("ACK", "To", "tag=phone")
                        .answerAsFork("fork", Script.SDP)
                        .receive("ACK", "To", "tag=fork")
                        .receive("BYE", "To", "tag=fork")
                        .agree()
                        .ask("BYE", 1, "")
                        .expect(200);
        try (Sipp phone = new Sipp(folder, forks);
                TestWorker worker = worker(phone.port)) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));

            worker.next(MediaEvent.LegAnswered.class);
            assertEquals(
                    Cause.REMOTE_HANG_UP, worker.next(MediaEvent.LegEnded.class).end().cause());
            phone.assertFollowed();
        }
    }

    @Test
    void followsTheRecordedRoute() throws Exception {
        String route = "Record-Route: <sip:[local_ip]:[local_port];lr;x=1>";
        Script routed =
                Script.called()
                        .respondWith(Script.SDP, 200, route, "Contact: <sip:p@192.0.2.77:5999>")
                        .receive("ACK", "Route", "lr;x=1")
                        .receive("BYE", "Route", "lr;x=1")
                        .agree();
        try (Sipp phone = new Sipp(folder, routed);
                TestWorker worker = worker(phone.port)) {
            talkAndHangUp(worker);
            phone.assertFollowed();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice-0x5630bad",
                "%20a%3Bb",
                "+15550100001;phone-context=x",
                "a&b=c+d$e,f;g?h/i",
                "user:pw"
            })
    void sendsToContactsWithOddUsers(String user) throws Exception {
        String contact =
                "Contact: \"o\\\"dd\" <sip:" + user + "@[local_ip]:[local_port]>;q=0.3;+x=\"y\"";
        Script odd =
                Script.called()
                        .respondWith(Script.SDP, 200, contact)
                        .receive("ACK")
                        .receive("BYE")
                        .agree();
        try (Sipp phone = new Sipp(folder, odd);
                TestWorker worker = worker(phone.port)) {
            talkAndHangUp(worker);
            phone.assertFollowed();
        }
    }

    @Test
    void reportsEarlyMediaAsProgress() throws Exception {
        Script early =
                Script.called()
                        .respondWith(Script.SDP, 183)
                        .pause(50)
                        .respondWith(Script.SDP, 200)
                        .receive("ACK")
                        .receive("BYE")
                        .agree();
        try (Sipp phone = new Sipp(folder, early);
                TestWorker worker = worker(phone.port)) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));

            assertEquals(183, worker.next(MediaEvent.LegProgressed.class).sipStatus());
            worker.next(MediaEvent.LegAnswered.class);
            worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(LEG));
            worker.next(MediaEvent.LegEnded.class);
            phone.assertFollowed();
        }
    }

    @Test
    void answersEveryRequestInsideTheDialog() throws Exception {
        Script asks =
                Script.called()
                        .respondWith(Script.SDP, 200)
                        .receive("ACK")
                        .ask("OPTIONS", 1, "")
                        .expect(200)
                        .ask("INFO", 2, "")
                        .expect(200)
                        .ask("UPDATE", 3, Script.SDP)
                        .expect(200)
                        .ask("REFER", 4, "", "Refer-To: <sip:x@192.0.2.1>")
                        .expect(400)
                        .ask("DANCE", 5, "")
                        .expect(501)
                        .ask("INFO", 6, "", "Require: 100rel")
                        .expect(420)
                        .ask("INFO", 2, "")
                        .expect(500)
                        .ask("INVITE", 7, "nonsense\n")
                        .expect(488)
                        .ask("ACK", 7, "")
                        .ask("BYE", 8, "")
                        .expect(200);
        try (Sipp phone = new Sipp(folder, asks);
                TestWorker worker = worker(phone.port)) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));

            worker.next(MediaEvent.LegAnswered.class);
            worker.next(MediaEvent.LegUpdated.class);
            assertEquals(
                    Cause.REMOTE_HANG_UP, worker.next(MediaEvent.LegEnded.class).end().cause());
            phone.assertFollowed();
        }
    }

    @Test
    void offersInItsAnswerToAReInviteWithoutAnOffer() throws Exception {
        Script asks =
                Script.called()
                        .respondWith(Script.SDP, 200)
                        .receive("ACK")
                        .ask("INVITE", 1, "")
                        .expect(200)
                        .ask("ACK", 1, Script.SDP + "a=sendonly\n")
                        .receive("BYE")
                        .agree();
        try (Sipp phone = new Sipp(folder, asks);
                TestWorker worker = worker(phone.port)) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));
            worker.next(MediaEvent.LegAnswered.class);

            assertTrue(worker.next(MediaEvent.LegUpdated.class).onHoldByPeer());
            worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(LEG));
            worker.next(MediaEvent.LegEnded.class);
            phone.assertFollowed();
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "'v=0\n'", "'nonsense\n'", "'m=audio 9 RTP/AVP 18\n'"})
    void endsAnAnswerThatMakesNoSense(String sdp) throws Exception {
        Script odd = Script.called().respondWith(sdp, 200).receive("ACK").receive("BYE").agree();
        try (Sipp phone = new Sipp(folder, odd);
                TestWorker worker = worker(phone.port)) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));

            LegEnd end = worker.next(MediaEvent.LegEnded.class).end();

            assertEquals(Cause.UNREACHABLE, end.cause());
            assertTrue(!end.reason().isEmpty());
            phone.assertFollowed();
        }
    }

    @Test
    void signsInAtATrunkThatAsksForIt() throws Exception {
        String challenge = "Proxy-Authenticate: Digest realm=\"t\",nonce=\"n1\",qop=\"auth\"";
        String proof = "username=\"user\", realm=\"t\", nonce=\"n1\"";
        Script asks =
                Script.called()
                        .respond(407, challenge)
                        .receive("ACK")
                        .receive("INVITE", "Proxy-Authorization", proof)
                        .respondWith(Script.SDP, 200)
                        .receive("ACK", "Proxy-Authorization", proof)
                        .receive("BYE")
                        .agree();
        try (Sipp phone = new Sipp(folder, asks);
                TestWorker worker = new TestWorker(List.of(signedIn(phone.port)))) {
            talkAndHangUp(worker);
            phone.assertFollowed();
        }
    }

    @Test
    void triesAWrongPasswordOnce() throws Exception {
        String challenge = "WWW-Authenticate: Digest realm=\"t\",nonce=\"n\",algorithm=SHA-256";
        Script refuses =
                Script.called()
                        .respond(401, challenge)
                        .receive("ACK")
                        .receive("INVITE", "Authorization", "algorithm=SHA-256")
                        .respond(401, challenge)
                        .receive("ACK");
        try (Sipp phone = new Sipp(folder, refuses);
                TestWorker worker = new TestWorker(List.of(signedIn(phone.port)))) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));

            LegEnd end = worker.next(MediaEvent.LegEnded.class).end();

            assertEquals(new LegEnd(Cause.REFUSED, 401, "Status"), end);
            phone.assertFollowed();
        }
    }

    @Test
    void callsOverTcp() throws Exception {
        try (Sipp phone = new Sipp(folder, answersAndIsHungUp(), "t1");
                TestWorker worker =
                        new TestWorker(List.of(trunk(phone.port, ";transport=tcp", null)))) {
            talkAndHangUp(worker);
            phone.assertFollowed();
        }
    }

    @Test
    void reportsATcpTrunkThatIsNotThere() throws Exception {
        int closed;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        try (TestWorker worker = new TestWorker(List.of(trunk(closed, ";transport=tcp", null)))) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));

            assertEquals(Cause.UNREACHABLE, worker.next(MediaEvent.LegEnded.class).end().cause());
        }
    }

    private static Script answersAndIsHungUp() {
        return Script.called().respondWith(Script.SDP, 200).receive("ACK").receive("BYE").agree();
    }

    private static void talkAndHangUp(TestWorker worker) throws InterruptedException {
        worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));
        worker.next(MediaEvent.LegAnswered.class);
        worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(LEG));
        assertEquals(Cause.LOCAL_HANG_UP, worker.next(MediaEvent.LegEnded.class).end().cause());
    }

    private static TestWorker worker(int... ports) throws java.io.IOException {
        List<Trunk> trunks = new java.util.ArrayList<>();
        for (int port : ports) {
            trunks.add(TestWorker.trunk("trunk" + trunks.size(), port));
        }
        return new TestWorker(trunks);
    }

    private static Trunk signedIn(int port) {
        return trunk(port, "", new Credentials("user", "secret"));
    }

    private static Trunk trunk(
            int port, String parameters, @org.jspecify.annotations.Nullable Credentials login) {
        return new Trunk(
                "main",
                SipUri.parse("sip:127.0.0.1:" + port + parameters).orElseThrow(),
                List.of(),
                List.of(),
                login,
                0,
                0,
                false);
    }
}
