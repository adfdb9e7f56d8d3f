package io.strowger.worker.core.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Transfers that the peer asks for.
class LegReferralTest {
    private static final String NUMBER = "<sip:+15550100003@192.0.2.9;user=phone>";

    @Test
    void acceptsAndNotifiesAtOnce() {
        LegScenario leg = LegScenario.answered();

        leg.askRefer(2, NUMBER);

        assertEquals(List.of(202), leg.replies());
        SipRequest notice = leg.sent("NOTIFY").getFirst();
        assertEquals("SIP/2.0 100 Trying\r\n", notice.sdp());
        assertEquals(1, notice.cseq());
        assertTrue(notice.headers().contains(new HeaderLine("Event", "refer;id=2")));
        assertTrue(
                notice.headers()
                        .contains(new HeaderLine("Content-Type", "message/sipfrag;version=2.0")));
        assertEquals("4:+15550100003", leg.fact(MediaEvent.TransferAsked.class).target().rawId());
    }

    @Test
    void tellsHowTheTransferGoesUntilItsEnd() {
        LegScenario leg = LegScenario.answered().askRefer(2, NUMBER);

        leg.give(new LegInput.Notify(180, "Ringing"))
                .give(new LegInput.Notify(200, "OK"))
                .give(new LegInput.Notify(200, "OK"));

        List<SipRequest> notices = leg.sent("NOTIFY");
        assertEquals(3, notices.size());
        assertEquals("SIP/2.0 180 Ringing\r\n", notices.get(1).sdp());
        assertEquals("SIP/2.0 200 OK\r\n", notices.get(2).sdp());
        assertTrue(
                notices.get(2)
                        .headers()
                        .contains(
                                new HeaderLine(
                                        "Subscription-State", "terminated;reason=noresource")));
        assertEquals(List.of(1L, 2L, 3L), notices.stream().map(SipRequest::cseq).toList());
    }

    @Test
    void countsNotifiesInTheDialog() {
        LegScenario leg = LegScenario.answered().askRefer(2, NUMBER);

        leg.hangUp();

        assertEquals(2, leg.sent("BYE").getFirst().cseq());
    }

    @Test
    void takesOneTransferAtATime() {
        LegScenario leg = LegScenario.answered().askRefer(2, NUMBER);

        leg.askRefer(3, NUMBER);
        leg.give(new LegInput.Notify(486, "Busy Here"));
        leg.askRefer(4, NUMBER);

        assertEquals(List.of(202, 491, 202), leg.replies());
    }

    @ParameterizedTest
    @CsvSource({
        "sip:bob@strowger.example, 8:acs:r_bob",
        "<tel:+1-555-0100-003;phone-context=example>, 4:+15550100003",
        "<sip:%2B15550100003@192.0.2.9>, 4:+15550100003",
        "\"Ada <x>\" <sip:0301234@192.0.2.9;method=INVITE>, 4:0301234"
    })
    void readsWhomTheCallGoesTo(String referTo, String rawId) {
        LegScenario leg = LegScenario.answered().askRefer(2, referTo);

        assertEquals(rawId, leg.fact(MediaEvent.TransferAsked.class).target().rawId());
    }

    @ParameterizedTest
    @CsvSource({
        ", 400",
        "<sip:carol@192.0.2.9>, 400",
        "nonsense, 400",
        "<https://example.org/>, 400",
        "<sip:+15550100003@192.0.2.9;method=BYE>, 400",
        "<sip:+15550100003@192.0.2.9?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>, 501"
    })
    void refusesWhatItCannotDo(String referTo, int status) {
        LegScenario leg = LegScenario.answered().askRefer(2, referTo);

        assertEquals(List.of(status), leg.replies());
        assertEquals(List.of(), leg.facts);
        assertEquals(List.of(), leg.sent("NOTIFY"));
    }

    @Test
    void mayOvertakeTheAck() {
        LegScenario leg = LegScenario.offered(LegScenario.PHONE_SDP).answer();

        leg.askRefer(2, NUMBER).ask("ACK", 1, null);
        for (int i = 0; i < 20; i++) {
            leg.fire(LegTimer.ANSWER_AGAIN);
        }

        assertEquals(List.of(200, 202), leg.replies());
        assertInstanceOf(MediaEvent.LegAnswered.class, leg.facts.get(1));
        assertInstanceOf(MediaEvent.TransferAsked.class, leg.facts.get(2));
        assertEquals(3, leg.facts.size());
    }

    @Test
    void worksInCallsOfOurOwnToo() {
        LegScenario leg = LegScenario.talking().askRefer(1, NUMBER);

        assertEquals(List.of(202), leg.replies());
        assertEquals(2, leg.sent("NOTIFY").getFirst().cseq());
    }

    @Test
    void stopsWhenThePeerKnowsNothingOfIt() {
        LegScenario leg = LegScenario.answered().askRefer(2, NUMBER);

        leg.hear(
                new SipSignal.ResponseArrived(
                        LegScenario.response(leg.lastSent(), 481, "phone", null)));
        leg.give(new LegInput.Notify(200, "OK"));

        assertEquals(1, leg.sent("NOTIFY").size());
    }

    @Test
    void authenticatesItsNotify() {
        LegScenario leg = LegScenario.answered().askRefer(2, NUMBER);

        leg.challenge(407, false, "n1");

        assertEquals(2, leg.sent("NOTIFY").size());
        assertEquals(2, leg.sent("NOTIFY").getLast().cseq());
    }

    @Test
    void staysUpWhenANotifyIsLost() {
        LegScenario leg = LegScenario.answered().askRefer(2, NUMBER);

        leg.hear(new SipSignal.RequestFailed("call0@phone", "NOTIFY", 1, "no answer to it"));

        assertTrue(!LegMachine.isOver(leg.state));
    }
}
