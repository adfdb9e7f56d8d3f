package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneCall.State;
import io.strowger.phone.PhoneSettings;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.WebhookReceiver;
import io.strowger.testsupport.WebhookReceiver.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// People who call in, come and go, are muted, held, transferred: by the API of today, with phones
/// behind trunks and phones that register. Who hears whom is told by tones.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleIT {
    private static final String ANN = "+15550100001";
    private static final String BEN = "+25550100002";
    private static final String CLEO = "+35550100003";
    private static final String BUSY = "+45550100004";
    private static final String APPLICATION = "+15550199000";
    private static final String INCOMING = "/incoming";
    private Person ann;
    private Person ben;
    private Person cleo;
    private Person bob;
    private io.strowger.phone.Phone busy;
    private Stage stage;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        WebhookReceiver receiver = WebhookReceiver.start();
        receiver.answer(PeopleIT::confirm);
        ann = Person.atTrunk("ann", 440);
        ben = Person.atTrunk("ben", 660);
        cleo = Person.atTrunk("cleo", 880);
        busy =
                io.strowger.phone.Phone.start(
                        PhoneSettings.listening("127.0.0.1", 0).withReject(486));
        stage =
                Stage.open(
                        data,
                        Map.of(
                                "+1", ann.phone.address(),
                                "+2", ben.phone.address(),
                                "+3", cleo.phone.address(),
                                "+4", busy.address()),
                        Map.of(
                                "STROWGER_USERS",
                                PeerToPeerStoryIT.USERS,
                                "STROWGER_APPLICATIONS",
                                "[{name: clinic, incomingCallUrl: \""
                                        + receiver.uri(INCOMING)
                                        + "\"}]",
                                "STROWGER_NUMBERS",
                                "[{number: \"" + APPLICATION + "\", application: clinic}]",
                                "STROWGER_CALLS_INCOMINGRINGTIMEOUT",
                                "3s",
                                "STROWGER_MEDIA_TIMEOUTS_RTP",
                                "2s"),
                        receiver);
        bob = Person.registered("bob", 1100, stage.platform().sipPort());
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
        List.of(ann, ben, cleo, bob).forEach(Person::close);
        busy.close();
    }

    /// The handshake of a new subscriber.
    private static Answer confirm(WebhookReceiver.Request request) {
        String mark = "\"validationCode\":\"";
        int at = request.body().indexOf(mark);
        if (at < 0) {
            return Answer.status(200);
        }
        String code = request.body().substring(at + mark.length(), at + mark.length() + 36);
        return new Answer(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"validationResponse\":\"" + code + "\"}");
    }

    // Calls in

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

    // Groups

    private String group(String callback) throws Exception {
        String connection =
                stage.request(
                                "POST",
                                "/calling/callConnections" + V2026,
                                """
                                {"targets":[{"phoneNumber":{"value":"%s"}},{"phoneNumber":{"value":"%s"}}],
                                 "sourceCallerIdNumber":{"value":"+15550100000"},"callbackUri":"%s"}\
                                """
                                        .formatted(ANN, BEN, stage.receiver.uri(callback)),
                                201)
                        .path("callConnectionId")
                        .asText();
        stage.awaitEvent(callback, "ParticipantsUpdated", data -> size(data) == 2);
        return connection;
    }

    private static int size(JsonNode data) {
        return data.path("participants").size();
    }

    private static Optional<JsonNode> participant(JsonNode data, String number) {
        for (JsonNode one : data.path("participants")) {
            if (one.path("identifier").path("rawId").asText().equals("4:" + number)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private void end(String connection, String callback) throws Exception {
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent(callback, "CallDisconnected");
        stage.assertGapFree(callback);
    }

    private static String target(String number) {
        return "\"targetParticipant\":{\"phoneNumber\":{\"value\":\"" + number + "\"}}";
    }

    private void add(String connection, String number, String context) throws Exception {
        JsonNode added =
                stage.act(
                        connection,
                        "/participants:add",
                        """
                        {"participantToAdd":{"phoneNumber":{"value":"%s"}},
                         "sourceCallerIdNumber":{"value":"+15550100000"},"operationContext":"%s"}\
                        """
                                .formatted(number, context),
                        202);
        assertEquals(
                "4:" + number, added.path("participant").path("identifier").path("rawId").asText());
    }

    @Test
    void threePeopleTalkAndOneIsTakenOutAgain() throws Exception {
        String connection = group("/group");
        ann.awaitHears(ben.toneHz);

        add(connection, CLEO, "third");
        JsonNode added = stage.awaitEvent("/group", "AddParticipantSucceeded");
        assertEquals("third", added.path("operationContext").asText());
        ann.awaitHears(cleo.toneHz);
        ben.awaitHears(cleo.toneHz);
        cleo.awaitHears(ann.toneHz);
        JsonNode listed =
                stage.request(
                        "GET",
                        "/calling/callConnections/" + connection + "/participants" + V2026,
                        "",
                        200);
        assertEquals(3, listed.path("value").size());
        stage.act(
                connection,
                "/participants:remove",
                "{\"participantToRemove\":{\"phoneNumber\":{\"value\":\"" + CLEO + "\"}}}",
                202);
        stage.awaitEvent("/group", "RemoveParticipantSucceeded");
        assertTrue(cleo.call().awaitState(State.ENDED, SOON), "cleo is out");
        ann.awaitHears(ben.toneHz);
        end(connection, "/group");
    }

    @Test
    void whoIsMutedIsNotHeardAndWhoIsOnHoldHearsMusicOnly() throws Exception {
        String connection = group("/quiet");
        ann.awaitHears(ben.toneHz);
        ben.awaitHears(ann.toneHz);

        stage.act(
                connection,
                "/participants:mute",
                "{\"targetParticipants\":[{\"phoneNumber\":{\"value\":\"" + BEN + "\"}}]}",
                200);
        stage.awaitEvent(
                "/quiet",
                "ParticipantsUpdated",
                data -> participant(data, BEN).orElseThrow().path("isMuted").asBoolean());
        Eventually.holds("ben is silent", SOON, () -> !ann.hears(ben.toneHz));
        assertTrue(ben.hears(ann.toneHz), "who is muted hears the others");

        stage.act(
                connection,
                ":hold",
                "{"
                        + target(ANN)
                        + ",\"playSourceInfo\":{\"kind\":\"file\",\"file\":{\"uri\":\""
                        + stage.tone(1300, 500)
                        + "\"}}}",
                200);
        ann.awaitHears(1300);
        Eventually.holds("ann is away", SOON, () -> !ben.hears(ann.toneHz));
        stage.act(connection, ":unhold", "{" + target(ANN) + "}", 200);
        ben.awaitHears(ann.toneHz);
        Eventually.holds("the music ends", SOON, () -> !ann.hears(1300));
        end(connection, "/quiet");
    }

    @Test
    void onePersonIsPlayedToAndAskedWhileTheOthersTalk() throws Exception {
        String connection = group("/menu");

        stage.act(
                connection,
                ":play",
                """
                {"playSources":[{"kind":"file","file":{"uri":"%s"}}],
                 "playTo":[{"phoneNumber":{"value":"%s"}}]}\
                """
                        .formatted(stage.tone(1700, 1000), BEN),
                202);
        stage.awaitEvent("/menu", "PlayCompleted");
        assertTrue(ben.heardMs(1700) >= 800, "ben heard it");
        assertTrue(ann.heardMs(1700) < 100, "ann did not");
        stage.act(
                connection,
                ":recognize",
                """
                {"recognizeInputType":"dtmf","recognizeOptions":{%s,
                 "initialSilenceTimeoutInSeconds":15,"dtmfOptions":{"maxTonesToCollect":2}}}\
                """
                        .formatted(target(BEN)),
                202);
        ann.call().press("9");
        ben.call().press("42");
        JsonNode recognized = stage.awaitEvent("/menu", "RecognizeCompleted");
        assertEquals("[\"four\",\"two\"]", recognized.path("dtmfResult").path("tones").toString());
        end(connection, "/menu");
    }

    @Test
    void everyKeyIsToldAndKeysAreSent() throws Exception {
        String connection = group("/keys");

        stage.act(
                connection,
                ":startContinuousDtmfRecognition",
                "{" + target(BEN) + ",\"operationContext\":\"keys\"}",
                200);
        Eventually.holds("keys are pressed", SOON, () -> ben.call().state() == State.ANSWERED);
        ben.call().press("5#");
        JsonNode first = stage.awaitEvent("/keys", "ContinuousDtmfRecognitionToneReceived");
        stage.awaitEvent(
                "/keys",
                "ContinuousDtmfRecognitionToneReceived",
                data -> data.path("tone").asText().equals("pound"));
        assertEquals("five", first.path("tone").asText());
        assertEquals(1, first.path("sequenceId").asInt());
        assertEquals("keys", first.path("operationContext").asText());
        stage.act(connection, ":stopContinuousDtmfRecognition", "{" + target(BEN) + "}", 200);
        stage.awaitEvent("/keys", "ContinuousDtmfRecognitionStopped");
        stage.act(
                connection,
                ":sendDtmfTones",
                "{" + target(ANN) + ",\"tones\":[\"one\",\"two\",\"pound\"]}",
                202);
        stage.awaitEvent("/keys", "SendDtmfTonesCompleted");
        assertTrue(
                ann.call().await(call -> call.keysHeard().equals("12#"), SOON),
                () -> "ann heard " + ann.call().keysHeard());
        assertEquals("", ben.call().keysHeard());
        end(connection, "/keys");
    }

    @Test
    void whoIsBusyIsNotAddedAndAnInvitationIsTakenBack() throws Exception {
        String connection = group("/invite");

        add(connection, BUSY, "busy");
        JsonNode failed = stage.awaitEvent("/invite", "AddParticipantFailed");
        assertEquals(560486, failed.path("resultInformation").path("subCode").asInt());
        assertEquals("busy", failed.path("operationContext").asText());
        stage.act(
                connection,
                "/participants:add",
                "{\"participantToAdd\":{\"phoneNumber\":{\"value\":\""
                        + ANN
                        + "\"}},"
                        + "\"sourceCallerIdNumber\":{\"value\":\"+15550100000\"}}",
                400);
        end(connection, "/invite");
    }

    @Test
    void aSecondApplicationJoinsByTheServerCallIdAndTheFirstLeaves() throws Exception {
        String first = group("/first");
        String serverCallId =
                stage.request("GET", "/calling/callConnections/" + first + V2026, "", 200)
                        .path("serverCallId")
                        .asText();

        JsonNode joined =
                stage.request(
                        "POST",
                        "/calling/callConnections:connect" + V2026,
                        """
                        {"callLocator":{"kind":"serverCallLocator","serverCallId":"%s"},
                         "callbackUri":"%s","operationContext":"second"}\
                        """
                                .formatted(serverCallId, stage.receiver.uri("/second")),
                        200);
        stage.awaitEvent("/second", "CallConnected");
        stage.awaitEvent("/second", "ParticipantsUpdated", data -> size(data) == 2);
        stage.request("DELETE", "/calling/callConnections/" + first + V2026, "", 204);
        stage.awaitEvent("/first", "CallDisconnected");
        ann.awaitHears(ben.toneHz);

        end(joined.path("callConnectionId").asText(), "/second");
        assertTrue(ann.call().awaitState(State.ENDED, SOON), "the second ended it for all");
    }

    @Test
    void aPhoneThatVanishesIsMissedAndTheOthersGoOn() throws Exception {
        String connection = group("/vanish");
        ann.awaitHears(ben.toneHz);
        ben.call().loseMedia();

        stage.awaitEvent(
                "/vanish", "ParticipantsUpdated", data -> participant(data, BEN).isEmpty());
        assertEquals(State.ANSWERED, ann.call().state());
        end(connection, "/vanish");
    }

    // Transfer

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
