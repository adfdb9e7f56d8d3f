package io.strowger.worker.core.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaEvent.LegReleased;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.media.sdp.Direction;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A leg is given away, and carried on elsewhere.
class LegMoveTest {
    @Test
    void isGivenAwayWithoutAWord() {
        LegScenario leg = LegScenario.answered();

        leg.give(new LegInput.Release());

        DialogRecord dialog = leg.fact(MediaEvent.LegReleased.class).dialog();
        assertEquals("call0@phone", dialog.sipCallId());
        assertEquals(1, leg.facts.size());
        assertEquals(List.of(), leg.acts(LegAct.Send.class));
        assertEquals(1, leg.acts(LegAct.CloseMedia.class).size());
        assertTrue(LegMachine.isOver(leg.state));
    }

    @Test
    void leavesThePeersRequestsToTheNextOwnerButForItsEnd() {
        LegScenario leg = LegScenario.answered().give(new LegInput.Release());

        leg.ask("INVITE", 2, LegScenario.PHONE_SDP).ask("BYE", 3, null);

        assertEquals(List.of(200), leg.replies());
        assertEquals(1, leg.facts.size());
    }

    @Test
    void endsWhenItWasNotUp() {
        LegScenario ringing = LegScenario.offered(LegScenario.PHONE_SDP);

        ringing.give(new LegInput.Release());

        ringing.assertEnded(Cause.LOCAL_HANG_UP, 487);
        LegScenario calling = LegScenario.calling();
        calling.respond(180).give(new LegInput.Release()).respond(487);
        calling.assertEnded(Cause.LOCAL_HANG_UP, 487);
    }

    @Test
    void tellsThePeerWhereItIsNow() {
        LegScenario leg = adopted();

        SipRequest invite = leg.sent("INVITE").getFirst();
        assertEquals(1_001, invite.cseq());
        assertEquals("<sip:strowger@192.0.2.1:5060>", invite.contact());
        assertEquals("<sip:+15550100001@192.0.2.1>;tag=us0", invite.from());
        assertTrue(String.valueOf(invite.sdp()).contains("m=audio 31000 "));
        assertTrue(String.valueOf(invite.sdp()).contains("o=strowger 77 3 "), invite.sdp());
    }

    @Test
    void isUpOnceThePeerAgrees() {
        LegScenario leg = adopted();

        answer(leg, 200);

        DialogRecord dialog = leg.fact(MediaEvent.LegAnswered.class).dialog();
        assertEquals(1_001, dialog.localCSeq());
        assertEquals(1, leg.facts.size());
        assertEquals(1, leg.acts(LegAct.SendAck.class).size());
        assertEquals(List.of(Direction.SENDRECV, Direction.SENDRECV), directions(leg));
        assertInstanceOf(LegState.Talking.class, leg.state);
    }

    @Test
    void endsWhenThePeerKnowsTheDialogNoMore() {
        LegScenario leg = adopted();

        answer(leg, 481);

        leg.assertEnded(Cause.UNREACHABLE, 481);
        assertEquals(0, leg.sent("BYE").size());
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 488, 603})
    void endsWithAByeWhenThePeerDoesNotAgree(int status) {
        LegScenario leg = adopted();

        answer(leg, status);

        assertEquals(1_002, leg.sent("BYE").getFirst().cseq());
        leg.assertEnded(Cause.UNREACHABLE, status);
    }

    @Test
    void endsWhenThePeerIsSilent() {
        LegScenario leg = adopted();

        leg.hear(new SipSignal.RequestFailed("call0@phone", "INVITE", 1_001, "no answer to it"));

        leg.assertEnded(Cause.UNREACHABLE, 0);
    }

    @Test
    void asksAgainAfterAGlare() {
        LegScenario leg = adopted();

        answer(leg, 491);
        leg.fire(LegTimer.SESSION_REFRESH);
        answer(leg, 200);

        assertEquals(
                List.of(1_001L, 1_002L),
                leg.sent("INVITE").stream().map(SipRequest::cseq).toList());
        assertEquals(1, leg.facts.size());
        assertInstanceOf(MediaEvent.LegAnswered.class, leg.facts.getFirst());
    }

    @ParameterizedTest
    @ValueSource(ints = {491, 500, 503, 504})
    void asksAgainUntilThePeerHasGivenUpWhatHangsAtTheLastOwner(int status) {
        LegScenario leg = adopted();

        for (int i = 0; i < 40; i++) {
            answer(leg, status);
            leg.fire(LegTimer.SESSION_REFRESH);
        }

        assertEquals(41, leg.sent("INVITE").size());
        assertEquals(List.of(), leg.facts);
        answer(leg, status);
        leg.assertEnded(Cause.UNREACHABLE, status);
    }

    @Test
    void isHeardBeforeThePeerHasAnswered() {
        LegScenario talking = LegScenario.talking();
        talking.give(new LegInput.Release());
        LegReleased released = (LegReleased) talking.facts.getFirst();
        LegScenario leg = LegScenario.released();

        leg.give(
                        new LegInput.Adopt(
                                LegScenario.basis(),
                                released.dialog(),
                                ToneReports.of(false),
                                false,
                                LegScenario.MAIN,
                                new AttemptIds("call0@phone", "", "cnonce")))
                .give(new LegInput.MediaOpened(31_000));

        LegAct.Connect connect =
                leg.acts.stream()
                        .filter(LegAct.Connect.class::isInstance)
                        .map(LegAct.Connect.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertEquals("192.0.2.9", connect.audio().remoteAddress());
        assertEquals(4000, connect.audio().remotePort());
        assertEquals(List.of(), leg.facts);
    }

    @Test
    void onlyListensToAPeerThatIsServedElsewhereUntilItHasAnswered() {
        LegScenario leg = LegScenario.released();
        leg.give(adoption(true)).give(new LegInput.MediaOpened(31_000));
        assertEquals(List.of(Direction.RECVONLY), directions(leg));

        answer(leg, 200);

        assertEquals(List.of(Direction.RECVONLY, Direction.SENDRECV), directions(leg));
        assertInstanceOf(MediaEvent.LegAnswered.class, leg.facts.getFirst());
        leg.fire(LegTimer.STILL_SERVED);
        assertEquals(2, directions(leg).size());
    }

    @Test
    void speaksToAPeerThatIsServedNoMoreAndHasNotAnswered() {
        LegScenario leg = LegScenario.released();
        leg.give(adoption(true)).give(new LegInput.MediaOpened(31_000));
        answer(leg, 491);

        leg.fire(LegTimer.STILL_SERVED);

        assertEquals(List.of(Direction.RECVONLY, Direction.SENDRECV), directions(leg));
        assertEquals(List.of(), leg.facts);
        leg.fire(LegTimer.SESSION_REFRESH);
        answer(leg, 200);
        assertInstanceOf(MediaEvent.LegAnswered.class, leg.facts.getFirst());
    }

    private static List<Direction> directions(LegScenario leg) {
        return leg.acts.stream()
                .filter(LegAct.Connect.class::isInstance)
                .map(act -> ((LegAct.Connect) act).audio().direction())
                .toList();
    }

    @Test
    void isUpWhenThePeersOwnReinviteComesFirst() {
        LegScenario leg = adopted();
        answer(leg, 491);

        leg.ask("INVITE", 9, LegScenario.PHONE_SDP).ask("ACK", 9, null);
        leg.fire(LegTimer.SESSION_REFRESH);

        assertEquals(1, leg.facts.size());
        assertInstanceOf(MediaEvent.LegAnswered.class, leg.facts.getFirst());
        assertEquals(1, leg.sent("INVITE").size());
    }

    @Test
    void authenticatesItsReinvite() {
        LegScenario leg = adopted();

        leg.challenge(407, false, "n1");
        answer(leg, 200);

        assertEquals(2, leg.sent("INVITE").size());
        assertEquals(1, leg.facts.size());
        assertInstanceOf(MediaEvent.LegAnswered.class, leg.facts.getFirst());
    }

    @Test
    void hangsUpWithoutMedia() {
        LegScenario leg = new LegScenario();
        leg.give(adoption()).give(new LegInput.MediaRefused());

        assertEquals(1, leg.sent("BYE").size());
        leg.assertEnded(Cause.NO_CAPACITY, 0);
        assertFalse(leg.facts.stream().anyMatch(MediaEvent.LegAnswered.class::isInstance));
    }

    private static LegScenario adopted() {
        LegScenario leg = LegScenario.released();
        return leg.give(adoption()).give(new LegInput.MediaOpened(31_000));
    }

    private static LegInput adoption() {
        return adoption(false);
    }

    private static LegInput adoption(boolean stillServed) {
        return adoption(stillServed, "udp");
    }

    @Test
    void waitsForAPhoneWhoseConnectionIsGone() {
        LegScenario leg = LegScenario.released();
        leg.give(adoption(false, "tls")).give(new LegInput.MediaOpened(31_000));

        unconnected(leg);
        assertEquals(List.of(), leg.facts);
        leg.fire(LegTimer.SESSION_REFRESH);
        unconnected(leg);
        leg.fire(LegTimer.SESSION_REFRESH);
        answer(leg, 200);

        assertEquals(3, leg.sent("INVITE").size());
        assertInstanceOf(MediaEvent.LegAnswered.class, leg.facts.getFirst());
    }

    @Test
    void endsWhenThePhoneDoesNotConnectAgain() {
        LegScenario leg = LegScenario.released();
        leg.give(adoption(false, "tcp")).give(new LegInput.MediaOpened(31_000));
        unconnected(leg);

        leg.fire(LegTimer.ATTEMPT);

        leg.assertEnded(Cause.UNREACHABLE, 0);
    }

    @Test
    void endsWhenADatagramIsNotAnswered() {
        LegScenario leg = adopted();

        unconnected(leg);

        leg.assertEnded(Cause.UNREACHABLE, 0);
    }

    private static void unconnected(LegScenario leg) {
        SipRequest invite = leg.sent("INVITE").getLast();
        leg.hear(
                new SipSignal.RequestFailed(
                        invite.sipCallId(), "INVITE", invite.cseq(), "not reachable"));
    }

    private static LegInput adoption(boolean stillServed, String transport) {
        return new LegInput.Adopt(
                LegScenario.basis(),
                new DialogRecord(
                        "call0@phone",
                        "us0",
                        "phone",
                        "<sip:+15550100001@192.0.2.1>",
                        "<sip:+15550100002@192.0.2.9>",
                        "sip:phone@192.0.2.9:5062",
                        List.of(),
                        0,
                        1,
                        transport,
                        "192.0.2.9:5060",
                        "v=0\r\no=- 77 2 IN IP4 192.0.2.8\r\ns=-\r\nc=IN IP4 192.0.2.8\r\nt=0 0\r\n"
                                + "m=audio 30000 RTP/AVP 0 101\r\n"
                                + "a=rtpmap:101 telephone-event/8000\r\n",
                        LegScenario.PHONE_SDP),
                ToneReports.of(false),
                stillServed,
                LegScenario.MAIN,
                new AttemptIds("call0@phone", "", "cnonce"));
    }

    private static void answer(LegScenario leg, int status) {
        leg.hear(
                new SipSignal.ResponseArrived(
                        LegScenario.response(
                                leg.sent("INVITE").getLast(),
                                status,
                                "phone",
                                LegScenario.PHONE_SDP)));
    }
}
