package io.strowger.worker.core.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Re-INVITEs that meet (RFC 3261 14).
class LegGlareTest {
    @Test
    void refusesThePeersReinviteWhileItsOwnIsOut() {
        LegScenario leg = refreshing(LegScenario.talking(), 1);

        leg.ask("INVITE", 2, LegScenario.PHONE_SDP);
        leg.ask("UPDATE", 3, LegScenario.PHONE_SDP);

        assertEquals(List.of(491, 491), leg.replies());
    }

    @Test
    void waitsLongerWhenTheCallIdIsOurs() {
        Duration ours = waitAfterGlare(refreshing(LegScenario.talking(), 1));
        Duration theirs = waitAfterGlare(refreshing(LegScenario.answered(), 2));

        assertTrue(ours.toMillis() >= 2_100 && ours.toMillis() <= 4_000, ours.toString());
        assertTrue(theirs.toMillis() >= 0 && theirs.toMillis() <= 2_000, theirs.toString());
        assertEquals(0, ours.toMillis() % 10);
        assertEquals(0, theirs.toMillis() % 10);
    }

    @Test
    void asksAgainAfterTheWait() {
        LegScenario leg = refreshing(LegScenario.talking(), 1);
        long first = leg.lastSent().cseq();
        refuse(leg);

        leg.fire(LegTimer.SESSION_REFRESH);

        assertEquals(first + 1, leg.lastSent().cseq());
        assertEquals("INVITE", leg.lastSent().method());
    }

    @Test
    void putsItsReinviteOffWhileThePeersIsNotAcknowledged() {
        LegScenario leg = refreshing(LegScenario.talking(), 1);
        refuse(leg);
        leg.ask("INVITE", 2, LegScenario.PHONE_SDP);
        int sent = leg.sent("INVITE").size();

        leg.fire(LegTimer.SESSION_REFRESH);

        assertEquals(sent, leg.sent("INVITE").size());
        leg.ask("ACK", 2, null).fire(LegTimer.SESSION_REFRESH);
        assertEquals(sent + 1, leg.sent("INVITE").size());
    }

    @Test
    void acknowledgesAReinviteThatWasAnsweredTwice() {
        LegScenario leg = refreshing(LegScenario.answered(), 2);
        SipRequest refresh = leg.lastSent();

        for (int i = 0; i < 2; i++) {
            leg.hear(
                    new SipSignal.ResponseArrived(
                            LegScenario.response(refresh, 200, "phone", LegScenario.PHONE_SDP)));
        }

        assertEquals(2, leg.acts(LegAct.SendAck.class).size());
        assertEquals(0, leg.sent("BYE").size());
    }

    /// A leg whose refresh is out, with the acts until then forgotten but for it.
    private static LegScenario refreshing(LegScenario leg, long cseq) {
        leg.hear(new SipSignal.RequestArrived(withTimer(leg.request("UPDATE", cseq, null))));
        leg.acts.clear();
        leg.fire(LegTimer.SESSION_REFRESH);
        return leg;
    }

    private static IncomingRequest withTimer(IncomingRequest bare) {
        return new IncomingRequest(
                bare.exchange(),
                bare.sipCallId(),
                bare.method(),
                bare.cseq(),
                bare.fromTag(),
                bare.toTag(),
                bare.contact(),
                Set.of("timer"),
                Set.of(),
                "300;refresher=uas",
                null,
                bare.peer());
    }

    private static void refuse(LegScenario leg) {
        leg.hear(
                new SipSignal.ResponseArrived(
                        LegScenario.response(leg.lastSent(), 491, "phone", null)));
    }

    private static Duration waitAfterGlare(LegScenario leg) {
        refuse(leg);
        return leg.acts(LegAct.Schedule.class).stream()
                .filter(act -> act.timer() == LegTimer.SESSION_REFRESH)
                .reduce((_, last) -> last)
                .orElseThrow()
                .after();
    }
}
