package io.strowger.worker.core.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegCallingTest {
    @Test
    void invitesWithNumberOfferAndCallId() {
        LegScenario leg = LegScenario.calling();

        SipRequest invite = leg.invite();

        assertEquals("sip:+15550100001@main.example:5060", invite.requestUri());
        assertEquals("<sip:+15550100002@192.0.2.1>;tag=us1", invite.from());
        assertEquals("<sip:strowger@192.0.2.1:5060>", invite.contact());
        assertNotNull(invite.sdp());
        assertTrue(
                invite.headers().stream().anyMatch(line -> line.name().equals("X-Server-Call-Id")));
    }

    @Test
    void reportsAnAnswerAfterAckAndMedia() {
        LegScenario leg = LegScenario.calling().respond(180);

        leg.respond(200);

        List<LegAct> order =
                leg.acts.stream()
                        .filter(act ->
                                act instanceof LegAct.SendAck || act instanceof LegAct.Connect)
                        .toList();
        assertInstanceOf(LegAct.SendAck.class, order.get(0));
        assertInstanceOf(LegAct.Connect.class, order.get(1));
        MediaEvent.LegAnswered answered =
                assertInstanceOf(MediaEvent.LegAnswered.class, leg.facts.getLast());
        assertEquals(
                List.of("<sip:proxy2.example;lr>", "<sip:proxy1.example;lr>"),
                answered.dialog().routeSet());
        assertEquals("sip:phone@192.0.2.9:5062", answered.dialog().remoteTarget());
        assertEquals(1, answered.dialog().localCSeq());
        assertEquals(-1, answered.dialog().remoteCSeq());
    }

    @Test
    void acknowledgesEachCopyOfTheAnswer() {
        LegScenario leg = LegScenario.calling().respond(200);

        leg.respond(200);

        List<LegAct.SendAck> acks = leg.acts(LegAct.SendAck.class);
        assertEquals(2, acks.size());
        assertEquals(acks.get(0), acks.get(1));
        assertEquals("sip:phone@192.0.2.9:5062", acks.get(0).ack().requestUri());
        assertEquals(0, leg.sent("BYE").size());
    }

    @Test
    void endsASecondForkWithAckAndOneBye() {
        LegScenario leg = LegScenario.calling().respond(200);
        SipSignal fork =
                new SipSignal.ResponseArrived(
                        LegScenario.response(leg.invite(), 200, "other", LegScenario.PHONE_SDP));

        leg.hear(fork).hear(fork);

        assertEquals(3, leg.acts(LegAct.SendAck.class).size());
        assertEquals(1, leg.sent("BYE").size());
        assertTrue(leg.sent("BYE").getFirst().to().endsWith("tag=other"));
        assertFalse(LegMachine.isOver(leg.state));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 403, 404, 480, 486, 603, 606})
    void reportsARefusalAndTriesNoOtherTrunk(int status) {
        LegScenario leg = LegScenario.calling().respond(180);

        leg.respond(status);

        leg.assertEnded(Cause.REFUSED, status);
        assertEquals(1, leg.acts(LegAct.SeekTrunk.class).size());
        assertEquals(1, leg.acts(LegAct.ReleaseTrunk.class).size());
    }

    @Test
    void triesTheNextTrunkAfterAServerError() {
        LegScenario leg = LegScenario.calling();

        leg.respond(503);
        leg.grant(LegScenario.SPARE).respond(200);

        assertEquals(java.util.Set.of("main"), leg.acts(LegAct.SeekTrunk.class).getLast().tried());
        assertEquals("call2@us", leg.invite().sipCallId());
        assertInstanceOf(MediaEvent.LegAnswered.class, leg.facts.getLast());
    }

    @Test
    void reportsTheLastServerErrorWhenNoTrunkIsLeft() {
        LegScenario leg = LegScenario.calling().respond(503);

        leg.give(new LegInput.TrunkRefused(Cause.NO_ROUTE, "none left"));

        leg.assertEnded(Cause.REFUSED, 503);
    }

    @Test
    void triesTheNextTrunkWhenOneIsSilent() {
        LegScenario leg = LegScenario.calling();

        leg.fire(LegTimer.ATTEMPT);

        assertEquals(2, leg.acts(LegAct.SeekTrunk.class).size());
        assertEquals(List.of(), leg.facts);
    }

    @Test
    void cancelsASilentTrunkThatSpeaksUpLate() {
        LegScenario leg = LegScenario.calling().fire(LegTimer.ATTEMPT);
        SipRequest first = leg.invite();
        leg.grant(LegScenario.SPARE);

        leg.hear(new SipSignal.ResponseArrived(LegScenario.response(first, 180, "late", null)));

        assertEquals(List.of(new LegAct.Cancel("call1@us")), leg.acts(LegAct.Cancel.class));
    }

    @Test
    void reportsAnUnreachableTrunkWithoutStatus() {
        LegScenario leg = LegScenario.calling();

        leg.hear(new SipSignal.RequestFailed("call1@us", "INVITE", 1, "no answer to it"));
        leg.give(new LegInput.TrunkRefused(Cause.NO_ROUTE, "none left"));

        leg.assertEnded(Cause.UNREACHABLE, 0);
    }

    @Test
    void waitsForAProvisionalResponseBeforeItCancels() {
        LegScenario leg = LegScenario.calling();

        leg.hangUp();
        assertEquals(0, leg.acts(LegAct.Cancel.class).size());
        leg.respond(180).respond(487);

        assertEquals(1, leg.acts(LegAct.Cancel.class).size());
        leg.assertEnded(Cause.LOCAL_HANG_UP, 487);
    }

    @Test
    void endsAnAnswerThatCrossedItsCancel() {
        LegScenario leg = LegScenario.calling().respond(180).hangUp();

        leg.respond(200);

        assertEquals(1, leg.acts(LegAct.Cancel.class).size());
        assertEquals(1, leg.acts(LegAct.SendAck.class).size());
        assertEquals(1, leg.sent("BYE").size());
        leg.assertEnded(Cause.LOCAL_HANG_UP, 487);
        assertEquals(0, leg.acts(LegAct.Connect.class).size());
    }

    @Test
    void cancelsByItselfWhenNobodyAnswers() {
        LegScenario leg = LegScenario.calling().respond(180);

        leg.fire(LegTimer.RING).respond(487);

        assertEquals(1, leg.acts(LegAct.Cancel.class).size());
        leg.assertEnded(Cause.NO_ANSWER, 487);
    }

    @Test
    void endsWithoutTheFarEndWhenACancelIsIgnored() {
        LegScenario leg = LegScenario.calling().respond(180).hangUp();

        leg.fire(LegTimer.CANCEL_GUARD).respond(200);

        leg.assertEnded(Cause.LOCAL_HANG_UP, 487);
        assertEquals(1, leg.sent("BYE").size());
    }

    @Test
    void answersAChallengeOnce() {
        LegScenario leg = LegScenario.calling();

        leg.challenge(407, false, "n1").challenge(407, false, "n2");

        assertEquals(2, leg.sent("INVITE").size());
        assertEquals(2, leg.invite().cseq());
        leg.assertEnded(Cause.REFUSED, 407);
    }

    @Test
    void answersOnceMoreWhenTheNonceWasStale() {
        LegScenario leg = LegScenario.calling();

        leg.challenge(401, false, "n1").challenge(401, true, "n2").challenge(401, true, "n3");

        assertEquals(3, leg.sent("INVITE").size());
        leg.assertEnded(Cause.REFUSED, 401);
    }

    @Test
    void repeatsItsCredentialsInTheAck() {
        LegScenario leg = LegScenario.calling().challenge(407, false, "n1");

        leg.respond(200);

        SipRequest ack = leg.acts(LegAct.SendAck.class).getFirst().ack();
        assertEquals(2, ack.cseq());
        assertEquals("Proxy-Authorization", ack.headers().getFirst().name());
    }

    @Test
    void refusesAChallengeWithoutCredentials() {
        LegScenario leg = LegScenario.calling().respond(500).grant(LegScenario.SPARE);

        leg.challenge(401, false, "n1");

        leg.assertEnded(Cause.REFUSED, 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "v=0\r\n",
                "v=0\r\no=p 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
                        + "m=audio 4000 RTP/AVP 9\r\n",
                "v=0\r\no=p 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
                        + "m=audio 0 RTP/AVP 0\r\n"
            })
    void endsAnAnswerThatMakesNoSense(String sdp) {
        LegScenario leg = LegScenario.calling();

        leg.hear(
                new SipSignal.ResponseArrived(
                        LegScenario.response(leg.invite(), 200, "phone", sdp)));

        assertEquals(1, leg.acts(LegAct.SendAck.class).size());
        assertEquals(1, leg.sent("BYE").size());
        leg.assertEnded(Cause.UNREACHABLE, 200);
    }

    @Test
    void reportsEachProgressOnce() {
        LegScenario leg = LegScenario.calling();

        leg.respond(100).respond(180).respond(180).respond(183);

        assertEquals(
                List.of(180, 183),
                leg.facts.stream()
                        .map(fact -> ((MediaEvent.LegProgressed) fact).sipStatus())
                        .toList());
    }
}
