package io.strowger.worker.core.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.worker.core.route.Callee;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.NextHop;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user's phone is sent, and by which way.
class UserLegTest {
    private static final String HOP = NextHop.route("203.0.113.9:31337", "udp");
    private static final Trunk PHONE =
            new Trunk(
                    "contact 1",
                    NextHop.of(HOP).orElseThrow(),
                    List.of(),
                    List.of(),
                    null,
                    0,
                    0,
                    false,
                    SrtpPolicy.OFF,
                    new Callee(
                            "sip:alice@10.0.0.7:5062;line=1",
                            "<sip:alice@sip.example>",
                            List.of(HOP)));

    private static LegScenario calling(@Nullable Identifier caller) {
        LegScenario scenario = new LegScenario();
        scenario.give(
                new LegInput.Ring(
                        new LegPlan(
                                new ServerCallId(7, 0),
                                new MediaCommand.Dial(
                                        new LegId(1),
                                        new Identifier.CommunicationUser("8:acs:home_alice"),
                                        caller,
                                        null,
                                        Duration.ofSeconds(30),
                                        false,
                                        Map.of()),
                                30_000,
                                new LocalParty("192.0.2.1", 5060),
                                LegTimings.standard())));
        return scenario.grant(PHONE);
    }

    @Test
    void theInviteNamesTheContactAndTheUserAndGoesWhereThePhoneIs() {
        SipRequest invite = calling(null).invite();

        assertEquals("sip:alice@10.0.0.7:5062;line=1", invite.requestUri());
        assertEquals("<sip:alice@sip.example>", invite.to());
        assertEquals(List.of(HOP), invite.routes());
        assertEquals("<sip:strowger@192.0.2.1:5060>", invite.contact());
    }

    @ParameterizedTest(name = "{0} is shown as {1}")
    @CsvSource(
            nullValues = "-",
            value = {"4:+15550100002, +15550100002", "8:acs:home_bob, strowger", "-, strowger"})
    void aCallerIsShownByNumber(@Nullable String rawId, String shown) {
        Identifier caller = rawId == null ? null : Identifier.ofRawId(rawId);

        String from = calling(caller).invite().from();

        assertTrue(from.startsWith("<sip:" + shown + "@192.0.2.1>"), from);
    }

    @Test
    void aCallerWhoIsAUserIsShownByName() {
        String from = calling(new Identifier.CommunicationUser("bob")).invite().from();

        assertTrue(from.startsWith("<sip:bob@192.0.2.1>"), from);
    }

    @Test
    void theRestOfTheDialogGoesTheSameWayThoughThePhoneNamesAnAddressBehindItsNat() {
        LegScenario scenario = calling(null);
        IncomingResponse ok =
                LegScenario.response(scenario.invite(), 200, "phone", LegScenario.PHONE_SDP);

        scenario.hear(new SipSignal.ResponseArrived(ok.reachedBy(List.of(HOP))));
        scenario.hangUp();

        List<String> way = List.of(HOP, "<sip:proxy2.example;lr>", "<sip:proxy1.example;lr>");
        assertEquals(way, scenario.acts(LegAct.SendAck.class).getFirst().ack().routes());
        assertEquals(way, scenario.sent("BYE").getFirst().routes());
    }
}
