package io.strowger.worker.core.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegTalkingTest {
    private static final String HOLD = LegScenario.PHONE_SDP + "a=sendonly\r\n";

    @Test
    void sendsByeAlongTheRouteSet() {
        LegScenario leg = LegScenario.talking();

        leg.hangUp();

        SipRequest bye = leg.sent("BYE").getFirst();
        assertEquals("sip:phone@192.0.2.9:5062", bye.requestUri());
        assertEquals(2, bye.cseq());
        assertEquals(List.of("<sip:proxy2.example;lr>", "<sip:proxy1.example;lr>"), bye.routes());
        leg.assertEnded(Cause.LOCAL_HANG_UP, 200);
    }

    @Test
    void answersTheByeOfThePeer() {
        LegScenario leg = LegScenario.talking();

        leg.ask("BYE", 1, null);

        assertEquals(List.of(200), leg.replies());
        leg.assertEnded(Cause.REMOTE_HANG_UP, 200);
        assertEquals(0, leg.sent("BYE").size());
    }

    @Test
    void answersByesThatCross() {
        LegScenario leg = LegScenario.talking().hangUp();

        leg.ask("BYE", 1, null);

        assertEquals(List.of(200), leg.replies());
        leg.assertEnded(Cause.LOCAL_HANG_UP, 200);
    }

    @Test
    void authenticatesItsBye() {
        LegScenario leg = LegScenario.talking().hangUp();

        leg.challenge(407, false, "n9").challenge(407, false, "n10");

        assertEquals(2, leg.sent("BYE").size());
        assertEquals(3, leg.sent("BYE").getLast().cseq());
    }

    @Test
    void goesOnHoldAndComesBack() {
        LegScenario leg = LegScenario.talking();

        leg.ask("INVITE", 1, HOLD).ask("ACK", 1, null);
        leg.ask("INVITE", 2, LegScenario.PHONE_SDP).ask("ACK", 2, null);

        List<MediaEvent.LegUpdated> updates =
                leg.facts.stream().map(fact -> (MediaEvent.LegUpdated) fact).toList();
        assertTrue(updates.get(0).onHoldByPeer());
        assertFalse(updates.get(1).onHoldByPeer());
        assertEquals(List.of(200, 200), leg.replies());
        assertTrue(leg.answeredSdp().contains("a=recvonly"));
        assertEquals(2, updates.get(1).dialog().remoteCSeq());
    }

    @Test
    void takesTheHoldOfOldPhones() {
        LegScenario leg = LegScenario.talking();

        leg.ask(
                "INVITE",
                1,
                LegScenario.PHONE_SDP.replace("c=IN IP4 192.0.2.9", "c=IN IP4 0.0.0.0"));

        assertTrue(((MediaEvent.LegUpdated) leg.facts.getFirst()).onHoldByPeer());
    }

    @Test
    void repeatsItsAnswerUntilTheAck() {
        LegScenario leg = LegScenario.talking().ask("INVITE", 1, HOLD);

        leg.fire(LegTimer.ANSWER_AGAIN).fire(LegTimer.ANSWER_AGAIN);
        leg.ask("ACK", 1, null).fire(LegTimer.ANSWER_AGAIN);

        assertEquals(2, leg.acts(LegAct.ReplyAgain.class).size());
    }

    @Test
    void hangsUpWhenItsAnswerIsNeverAcknowledged() {
        LegScenario leg = LegScenario.talking().ask("INVITE", 1, HOLD);

        for (int i = 0; i < 20; i++) {
            leg.fire(LegTimer.ANSWER_AGAIN);
        }

        assertEquals(1, leg.sent("BYE").size());
        leg.assertEnded(Cause.UNREACHABLE, 200);
    }

    @Test
    void offersWhenAskedWithoutAnOfferAndReadsTheAnswerInTheAck() {
        LegScenario leg = LegScenario.talking();

        leg.ask("INVITE", 1, null);
        leg.ask("ACK", 1, HOLD);

        assertTrue(leg.answeredSdp().contains("m=audio"));
        assertTrue(((MediaEvent.LegUpdated) leg.facts.getLast()).onHoldByPeer());
    }

    @Test
    void refusesAnOfferWhileItsOwnIsNotAnswered() {
        LegScenario leg = LegScenario.talking().ask("INVITE", 1, null);

        leg.ask("UPDATE", 2, HOLD);
        leg.ask("ACK", 1, LegScenario.PHONE_SDP);
        leg.ask("UPDATE", 3, HOLD);

        assertEquals(List.of(200, 491, 200), leg.replies());
    }

    @Test
    void keepsTheSessionWhenAnOfferIsUnusable() {
        LegScenario leg = LegScenario.talking();

        leg.ask("INVITE", 1, "nonsense");

        assertEquals(List.of(488), leg.replies());
        assertEquals(List.of(), leg.facts);
        assertFalse(LegMachine.isOver(leg.state));
    }

    @Test
    void answersACopyOfTheReInviteLikeTheFirst() {
        LegScenario leg = LegScenario.talking();

        leg.ask("INVITE", 1, HOLD).ask("INVITE", 1, HOLD);

        assertEquals(List.of(200, 200), leg.replies());
        assertEquals(1, leg.facts.size());
    }

    @Test
    void refusesRequestsOutOfOrder() {
        LegScenario leg = LegScenario.talking().ask("INFO", 5, null);

        leg.ask("INFO", 4, null);

        assertEquals(List.of(200, 500), leg.replies());
    }

    @ParameterizedTest
    @CsvSource({
        "INFO, 200",
        "OPTIONS, 200",
        "UPDATE, 200",
        "REFER, 400",
        "MESSAGE, 405",
        "DANCE, 501"
    })
    void answersEveryMethod(String method, int status) {
        LegScenario leg = LegScenario.talking();

        leg.ask(method, 1, null);

        assertEquals(List.of(status), leg.replies());
        assertFalse(LegMachine.isOver(leg.state));
    }

    @Test
    void refusesExtensionsItDoesNotKnow() {
        LegScenario leg = LegScenario.talking();
        IncomingRequest plain = leg.request("INVITE", 1, HOLD);

        leg.hear(
                new SipSignal.RequestArrived(
                        new IncomingRequest(
                                plain.exchange(),
                                plain.sipCallId(),
                                plain.method(),
                                1,
                                plain.fromTag(),
                                plain.toTag(),
                                plain.contact(),
                                Set.of(),
                                Set.of("100rel"),
                                null,
                                HOLD,
                                plain.peer())));

        assertEquals(List.of(420), leg.replies());
    }

    @Test
    void knowsNothingOfAnotherTag() {
        LegScenario leg = LegScenario.talking();
        IncomingRequest plain = leg.request("BYE", 1, null);

        leg.hear(
                new SipSignal.RequestArrived(
                        new IncomingRequest(
                                plain.exchange(),
                                plain.sipCallId(),
                                "BYE",
                                1,
                                "stranger",
                                plain.toTag(),
                                null,
                                Set.of(),
                                Set.of(),
                                null,
                                null,
                                plain.peer())));

        assertEquals(List.of(481), leg.replies());
        assertFalse(LegMachine.isOver(leg.state));
    }

    @Test
    void refreshesTheSessionWhenItIsItsTurn() {
        LegScenario leg = answeredWithTimer("1800;refresher=uac");

        leg.fire(LegTimer.SESSION_REFRESH);
        leg.hear(
                new SipSignal.ResponseArrived(
                        LegScenario.response(leg.lastSent(), 200, "phone", LegScenario.PHONE_SDP)));

        assertTrue(
                leg.lastSent()
                        .headers()
                        .contains(new HeaderLine("Session-Expires", "1800;refresher=uac")));
        assertEquals(1, leg.acts(LegAct.SendAck.class).size());
        assertFalse(LegMachine.isOver(leg.state));
    }

    @Test
    void answersGlareAndWaitsItsOwnTurn() {
        LegScenario leg = answeredWithTimer("1800;refresher=uac").fire(LegTimer.SESSION_REFRESH);

        leg.ask("INVITE", 1, HOLD);
        leg.hear(
                new SipSignal.ResponseArrived(
                        LegScenario.response(leg.lastSent(), 491, "phone", null)));

        assertEquals(List.of(491), leg.replies());
        assertInstanceOf(LegAct.Schedule.class, leg.acts.getLast());
    }

    @ParameterizedTest
    @CsvSource({"481", "408"})
    void endsWhenThePeerForgotTheDialog(int status) {
        LegScenario leg = answeredWithTimer("1800;refresher=uac").fire(LegTimer.SESSION_REFRESH);

        leg.hear(
                new SipSignal.ResponseArrived(
                        LegScenario.response(leg.lastSent(), status, "phone", null)));

        leg.assertEnded(Cause.UNREACHABLE, status);
    }

    @Test
    void hangsUpWhenThePeerDoesNotRefresh() {
        LegScenario leg = answeredWithTimer("1800;refresher=uas");

        leg.fire(LegTimer.SESSION_EXPIRY);

        assertEquals(1, leg.sent("BYE").size());
        leg.assertEnded(Cause.MEDIA_LOST, 200);
    }

    private static LegScenario answeredWithTimer(String sessionExpires) {
        LegScenario leg = LegScenario.calling();
        IncomingResponse plain =
                LegScenario.response(leg.invite(), 200, "phone", LegScenario.PHONE_SDP);
        leg.hear(
                new SipSignal.ResponseArrived(
                        new IncomingResponse(
                                plain.sipCallId(),
                                plain.method(),
                                plain.cseq(),
                                200,
                                "OK",
                                plain.from(),
                                plain.to(),
                                plain.toTag(),
                                plain.contact(),
                                plain.recordRoutes(),
                                List.of(),
                                sessionExpires,
                                plain.sdp(),
                                plain.peer())));
        leg.acts.clear();
        leg.facts.clear();
        return leg;
    }
}
