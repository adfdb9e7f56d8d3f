package io.strowger.worker.core.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Calls that come in, until their ACK.
class LegOfferedTest {
    @Test
    void saysAtOnceThatItTries() {
        LegScenario leg = new LegScenario();

        leg.give(
                LegScenario.arrival(
                        LegScenario.incoming(leg, 1, "z9hG4bK1", LegScenario.PHONE_SDP, null)));

        assertEquals(List.of(100), leg.replies());
        assertInstanceOf(LegAct.Reply.class, leg.acts.getFirst());
    }

    @Test
    void reportsWhoCallsAndSaysNothingYet() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP);

        MediaEvent.LegOffered offered = leg.fact(MediaEvent.LegOffered.class);
        assertEquals("4:+15550100002", offered.from().rawId());
        assertEquals("4:+15550100001", offered.to().rawId());
        assertEquals("main", offered.trunk());
        assertEquals(List.of(), leg.replies());
    }

    @Test
    void ringsOnceWhenTold() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP);

        leg.give(new LegInput.SayRinging()).give(new LegInput.SayRinging());

        assertEquals(List.of(180), leg.replies());
        assertEquals("us0", leg.reply().toTag());
        assertTrue(hasHeader(leg.reply(), "X-Server-Call-Id"));
    }

    @Test
    void keepsRingingForProxiesAndGivesUpAtLast() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP);
        leg.give(new LegInput.SayRinging());

        leg.fire(LegTimer.RINGING_AGAIN);
        assertEquals(List.of(180, 180), leg.replies());
        for (int minute = 0; minute < 10; minute++) {
            leg.fire(LegTimer.RINGING_AGAIN);
        }

        assertEquals(480, leg.reply().status());
        leg.assertEnded(Cause.NO_ANSWER, 480);
    }

    @Test
    void answersAndIsUpOnceTheCallerKnows() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP);

        leg.answer();
        assertEquals(List.of(200), leg.replies());
        assertEquals(1, leg.acts(LegAct.Connect.class).size());
        assertEquals(1, leg.facts.size(), "not answered before the ACK");
        leg.ask("ACK", 1, null);

        DialogRecord dialog = leg.fact(MediaEvent.LegAnswered.class).dialog();
        assertEquals("call0@phone", dialog.sipCallId());
        assertEquals("us0", dialog.localTag());
        assertEquals("phone", dialog.remoteTag());
        assertEquals("<sip:+15550100001@192.0.2.1>", dialog.localUri());
        assertEquals("\"Ada\" <sip:+15550100002@192.0.2.9>", dialog.remoteUri());
        assertEquals("sip:phone@192.0.2.9:5062", dialog.remoteTarget());
        assertEquals(
                List.of("<sip:proxy1.example;lr>", "<sip:proxy2.example;lr>"), dialog.routeSet());
        assertEquals(0, dialog.localCSeq());
        assertEquals(1, dialog.remoteCSeq());
        assertTrue(hasHeader(leg.reply(), "X-Server-Call-Id"));
        assertInstanceOf(LegState.Talking.class, leg.state);
    }

    @Test
    void hangsUpAnAnsweredCallerAlongItsRoute() {
        LegScenario leg = LegScenario.answered();

        leg.hangUp();

        SipRequest bye = leg.sent("BYE").getFirst();
        assertEquals("sip:phone@192.0.2.9:5062", bye.requestUri());
        assertEquals(1, bye.cseq());
        assertEquals("<sip:+15550100001@192.0.2.1>;tag=us0", bye.from());
        assertEquals(List.of("<sip:proxy1.example;lr>", "<sip:proxy2.example;lr>"), bye.routes());
        leg.assertEnded(Cause.LOCAL_HANG_UP, 200);
        assertEquals(1, leg.acts(LegAct.ReleaseTrunk.class).size());
    }

    @Test
    void repeatsItsAnswerUntilTheAckAndThenEndsTheDialog() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP).answer();

        for (int i = 0; i < 20; i++) {
            leg.fire(LegTimer.ANSWER_AGAIN);
        }

        assertEquals(10, leg.acts(LegAct.ReplyAgain.class).size());
        assertEquals(1, leg.sent("BYE").size());
        leg.assertEnded(Cause.UNREACHABLE, 200);
    }

    @Test
    void answersALateCopyOfTheInviteWithTheSameWords() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP).answer();
        SipReply first = leg.reply();

        leg.hear(
                new SipSignal.InviteRepeated(
                        LegScenario.incoming(leg, 1, "z9hG4bK1", LegScenario.PHONE_SDP, null)));

        assertEquals(first.to(leg.exchanges()), leg.reply());
    }

    @Test
    void refusesACopyThatCameAnotherWay() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP);

        leg.hear(
                new SipSignal.InviteRepeated(
                        LegScenario.incoming(leg, 1, "z9hG4bK2", LegScenario.PHONE_SDP, null)));

        assertEquals(List.of(482), leg.replies());
        assertEquals(1, leg.facts.size());
    }

    @Test
    void hangsUpOnlyAfterTheAck() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP).answer();

        leg.hangUp();
        assertEquals(0, leg.sent("BYE").size());
        leg.ask("ACK", 1, null);

        assertEquals(1, leg.sent("BYE").size());
        leg.assertEnded(Cause.LOCAL_HANG_UP, 200);
        assertFalse(leg.facts.stream().anyMatch(MediaEvent.LegAnswered.class::isInstance));
    }

    @Test
    void rejectsAsTold() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP);

        leg.give(new LegInput.Reject(486, "Busy Here"));

        assertEquals(486, leg.reply().status());
        assertEquals("Busy Here", leg.reply().reason());
        leg.assertEnded(Cause.LOCAL_HANG_UP, 486);
        assertEquals(1, leg.acts(LegAct.Forget.class).size());
    }

    @Test
    void endsWhenTheCallerGivesUp() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP);

        leg.ask("CANCEL", 1, null);

        assertEquals(List.of(200, 487), leg.replies());
        leg.assertEnded(Cause.REMOTE_HANG_UP, 487);
    }

    @Test
    void isNotCancelledByAnotherCall() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP);

        leg.ask("CANCEL", 2, null);

        assertEquals(List.of(481), leg.replies());
        assertFalse(LegMachine.isOver(leg.state));
    }

    @Test
    void isNotCancelledOnceAnswered() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP).answer();

        leg.ask("CANCEL", 1, null).ask("ACK", 1, null);

        assertEquals(List.of(200, 200), leg.replies());
        assertInstanceOf(LegState.Talking.class, leg.state);
    }

    @Test
    void hangsUpAnOfferedCall() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP);

        leg.hangUp();

        assertEquals(List.of(487), leg.replies());
        leg.assertEnded(Cause.LOCAL_HANG_UP, 487);
    }

    @Test
    void refusesWhenNobodyDecides() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP);
        assertTrue(leg.acts.contains(new LegAct.Schedule(LegTimer.OFFER, Duration.ofSeconds(10))));

        leg.fire(LegTimer.OFFER);

        assertEquals(List.of(503), leg.replies());
        assertTrue(hasHeader(leg.reply(), "Retry-After"));
        leg.assertEnded(Cause.NO_ANSWER, 503);
    }

    @Test
    void refusesWhenNoPortIsFree() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP);

        leg.give(new LegInput.Answer(false)).give(new LegInput.MediaRefused());

        assertEquals(List.of(503), leg.replies());
        leg.assertEnded(Cause.NO_CAPACITY, 503);
    }

    @Test
    void offersWhenTheCallerDoesNot() {
        LegScenario leg = LegScenario.offered(null);

        leg.answer();
        assertTrue(leg.answeredSdp().contains("m=audio 30000 RTP/AVP"));
        assertEquals(0, leg.acts(LegAct.Connect.class).size());
        leg.ask("ACK", 1, LegScenario.PHONE_SDP);

        assertEquals(1, leg.acts(LegAct.Connect.class).size());
        assertEquals(
                LegScenario.PHONE_SDP, leg.fact(MediaEvent.LegAnswered.class).dialog().remoteSdp());
        assertEquals(2, leg.facts.size());
    }

    @Test
    void endsACallWhoseAckBringsNoAnswer() {
        LegScenario leg = LegScenario.offered(null).answer();

        leg.ask("ACK", 1, null);

        assertEquals(1, leg.sent("BYE").size());
        leg.assertEnded(Cause.UNREACHABLE, 200);
    }

    @Test
    void agreesToTheCallersSessionTimer() {
        LegScenario leg =
                LegScenario.arriving(
                        LegScenario.incoming(
                                new LegScenario(),
                                1,
                                "z9hG4bK1",
                                LegScenario.PHONE_SDP,
                                "300;refresher=uas"));

        leg.answer().ask("ACK", 1, null);

        assertTrue(
                leg.reply()
                        .headers()
                        .contains(new HeaderLine("Session-Expires", "300;refresher=uas")));
        assertTrue(
                leg.acts.contains(
                        new LegAct.Schedule(LegTimer.SESSION_REFRESH, Duration.ofSeconds(150))));
    }

    @Test
    void isPutOnHoldLikeAnyOther() {
        LegScenario leg = LegScenario.answered();

        leg.ask("INVITE", 2, LegScenario.PHONE_SDP + "a=sendonly\r\n").ask("ACK", 2, null);

        assertTrue(leg.fact(MediaEvent.LegUpdated.class).onHoldByPeer());
        assertNotNull(leg.reply().sdp());
    }

    @Test
    void isPutOnHoldEvenBeforeTheAckArrives() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP).answer();

        leg.ask("INVITE", 2, LegScenario.PHONE_SDP + "a=sendonly\r\n")
                .ask("ACK", 1, null)
                .ask("ACK", 2, null);

        assertInstanceOf(MediaEvent.LegAnswered.class, leg.facts.get(1));
        assertTrue(((MediaEvent.LegUpdated) leg.facts.get(2)).onHoldByPeer());
        assertEquals(List.of(200, 200), leg.replies());
    }

    @Test
    void hangsUpACallerWhoseNextRequestOvertakesItsAck() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP).answer().hangUp();

        leg.ask("INVITE", 2, LegScenario.PHONE_SDP);

        assertEquals(List.of(200, 491), leg.replies());
        assertEquals(1, leg.sent("BYE").size());
        leg.assertEnded(Cause.LOCAL_HANG_UP, 200);
    }

    @Test
    void endsWhenTheCallerHangsUpBeforeItsAckArrives() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP).answer();

        leg.ask("BYE", 2, null);

        assertEquals(List.of(200, 200), leg.replies());
        leg.assertEnded(Cause.REMOTE_HANG_UP, 200);
    }

    private static boolean hasHeader(SipReply reply, String name) {
        return reply.headers().stream().anyMatch(line -> line.name().equals(name));
    }
}
