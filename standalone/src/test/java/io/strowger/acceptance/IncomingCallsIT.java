package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneCall.State;
import io.strowger.testsupport.Eventually;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Calls to a number of an application: answered, refused, passed on, given up; and transferred
/// once they are up.
class IncomingCallsIT extends PeopleStage {
    private PhoneCall callsIn() {
        return ann.phone.call("sip:" + APPLICATION + "@127.0.0.1:" + stage.platform().sipPort());
    }

    private List<JsonNode> incoming() {
        return stage.events(INCOMING).stream()
                .filter(event -> event.path("eventType").asText().endsWith(".IncomingCall"))
                .toList();
    }

    private JsonNode awaitIncoming(int before) {
        Eventually.holds("an incoming call is told", SOON, () -> incoming().size() > before);
        return incoming().getLast();
    }

    private void incomingAct(String action, JsonNode event, String more, int expected)
            throws Exception {
        stage.request(
                "POST",
                "/calling/callConnections:" + action + V2026,
                "{\"incomingCallContext\":\""
                        + event.path("data").path("incomingCallContext").asText()
                        + "\""
                        + more
                        + "}",
                expected);
    }

    @Test
    void anApplicationAnswersACallToItsNumber() throws Exception {
        int before = incoming().size();
        PhoneCall call = callsIn();

        JsonNode event = awaitIncoming(before);
        assertTrue(call.awaitState(State.RINGING, SOON), "the caller hears ringing");
        JsonNode data = event.path("data");
        assertEquals("4:" + APPLICATION, data.path("to").path("rawId").asText());
        assertEquals("phoneNumber", data.path("from").path("kind").asText());
        assertEquals("1", event.path("metadataVersion").asText());
        JsonNode answered =
                stage.request(
                        "POST",
                        "/calling/callConnections:answer" + V2026,
                        """
                        {"incomingCallContext":"%s","callbackUri":"%s","operationContext":"in"}\
                        """
                                .formatted(
                                        data.path("incomingCallContext").asText(),
                                        stage.receiver.uri("/answered")),
                        200);
        assertEquals(APPLICATION, answered.path("answeredFor").path("value").asText());
        JsonNode connected = stage.awaitEvent("/answered", "CallConnected");
        assertEquals("in", connected.path("operationContext").asText());
        assertEquals(data.path("serverCallId").asText(), connected.path("serverCallId").asText());
        assertTrue(call.awaitState(State.ANSWERED, SOON), "the caller is answered");
        stage.play(answered.path("callConnectionId").asText(), stage.tone(1500, 1000), false);
        stage.awaitEvent("/answered", "PlayCompleted");
        assertTrue(ann.heardMs(1500) >= 800, "the caller heard the prompt");
        incomingAct("reject", event, "", 400);

        call.hangUp();
        stage.awaitEvent("/answered", "CallDisconnected");
        stage.assertGapFree("/answered");
    }

    @Test
    void theApplicationConfirmedThatItWantsIncomingCalls() {
        Eventually.holds(
                "the handshake",
                SOON,
                () ->
                        stage.receiver.requests().stream()
                                .anyMatch(one ->
                                        "SubscriptionValidation"
                                                .equals(one.headers().get("aeg-event-type"))));
    }

    @Test
    void anApplicationRefusesACallAsBusy() throws Exception {
        int before = incoming().size();
        PhoneCall call = callsIn();

        incomingAct("reject", awaitIncoming(before), ",\"callRejectReason\":\"busy\"", 204);

        assertTrue(call.awaitState(State.ENDED, SOON), "the caller is refused");
        assertEquals(486, call.endStatus());
    }

    @Test
    void aCallThatTheApplicationDoesNotAnswerEnds() throws Exception {
        int before = incoming().size();
        PhoneCall call = callsIn();
        JsonNode event = awaitIncoming(before);

        assertTrue(call.awaitState(State.ENDED, SOON), "nobody answers");

        assertEquals(480, call.endStatus());
        incomingAct("reject", event, "", 400);
    }

    @Test
    void anApplicationPassesACallOnToAUser() throws Exception {
        int before = incoming().size();
        int calls = bob.phone.calls().size();
        PhoneCall call = callsIn();

        incomingAct(
                "redirect",
                awaitIncoming(before),
                ",\"target\":{\"communicationUser\":{\"id\":\"8:acs:strowger_bob\"}}",
                204);

        bob.awaitAnswered(calls);
        assertTrue(call.awaitState(State.ANSWERED, SOON), "the caller is put through");
        ann.awaitHears(bob.toneHz);
        bob.awaitHears(ann.toneHz);
        call.hangUp();
        assertTrue(bob.call().awaitState(State.ENDED, SOON), "both are gone");
    }

    @Test
    void aNumberOfNobodyIsNotFound() throws Exception {
        PhoneCall call = ann.phone.call("sip:+15550777@127.0.0.1:" + stage.platform().sipPort());

        assertTrue(call.awaitState(State.ENDED, SOON), "refused");
        assertEquals(404, call.endStatus());
    }

    @Test
    void aCallIsTransferredAndTheApplicationLeaves() throws Exception {
        int calls = bob.phone.calls().size();
        String connection = stage.create(ANN, "/transfer");
        stage.awaitEvent("/transfer", "CallConnected");

        stage.act(
                connection,
                ":transferToParticipant",
                "{\"targetParticipant\":{\"phoneNumber\":{\"value\":\""
                        + BUSY
                        + "\"}},\"operationContext\":\"first\"}",
                202);
        JsonNode failed = stage.awaitEvent("/transfer", "CallTransferFailed");
        assertEquals("first", failed.path("operationContext").asText());
        assertEquals(
                "connected",
                stage.request("GET", "/calling/callConnections/" + connection + V2026, "", 200)
                        .path("callConnectionState")
                        .asText());
        stage.act(
                connection,
                ":transferToParticipant",
                "{\"targetParticipant\":{\"communicationUser\":{\"id\":\"8:acs:strowger_bob\"}}}",
                202);
        JsonNode accepted = stage.awaitEvent("/transfer", "CallTransferAccepted");
        assertEquals("4:" + ANN, accepted.path("transferee").path("rawId").asText());
        stage.awaitEvent("/transfer", "CallDisconnected");

        bob.awaitAnswered(calls);
        ann.awaitHears(bob.toneHz);
        bob.awaitHears(ann.toneHz);
        bob.call().hangUp();
        assertTrue(ann.call().awaitState(State.ENDED, SOON), "both are gone");
        stage.assertGapFree("/transfer");
    }
}
