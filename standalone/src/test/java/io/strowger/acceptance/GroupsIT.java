package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.phone.PhoneCall.State;
import io.strowger.testsupport.Eventually;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// People who come and go in a call of several, are muted, held, played to, asked, missed. Who
/// hears whom is told by tones.
class GroupsIT extends PeopleStage {
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
                data ->
                        participant(data, BEN)
                                .filter(one -> one.path("isMuted").asBoolean())
                                .isPresent());
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
    void whoIsBusyOrDoesNotAnswerIsNotAddedAndNobodyIsAddedTwice() throws Exception {
        String connection = group("/invite");

        add(connection, BUSY, "busy");
        JsonNode failed = stage.awaitEvent("/invite", "AddParticipantFailed");
        assertEquals(560486, failed.path("resultInformation").path("subCode").asInt());
        assertEquals("busy", failed.path("operationContext").asText());
        stage.act(
                connection,
                "/participants:add",
                invitation(AWAY, ",\"invitationTimeoutInSeconds\":1,\"operationContext\":\"away\""),
                202);
        JsonNode late =
                stage.awaitEvent(
                        "/invite",
                        "AddParticipantFailed",
                        data -> data.path("operationContext").asText().equals("away"));
        assertEquals(560487, late.path("resultInformation").path("subCode").asInt());
        stage.act(connection, "/participants:add", invitation(ANN, ""), 400);
        end(connection, "/invite");
    }

    @Test
    void anInvitationIsTakenBack() throws Exception {
        String connection = group("/back");

        String invitationId =
                stage.act(connection, "/participants:add", invitation(AWAY, ""), 202)
                        .path("invitationId")
                        .asText();
        JsonNode cancelling =
                stage.act(
                        connection,
                        "/participants:cancelAddParticipant",
                        "{\"invitationId\":\"" + invitationId + "\"}",
                        202);
        assertEquals(invitationId, cancelling.path("invitationId").asText());
        JsonNode cancelled = stage.awaitEvent("/back", "CancelAddParticipantSucceeded");
        assertEquals(invitationId, cancelled.path("invitationId").asText());
        assertEquals(5300, cancelled.path("resultInformation").path("subCode").asInt());
        end(connection, "/back");
    }

    private static String invitation(String number, String more) {
        return "{\"participantToAdd\":{\"phoneNumber\":{\"value\":\""
                + number
                + "\"}},\"sourceCallerIdNumber\":{\"value\":\"+15550100000\"}"
                + more
                + "}";
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

    @Test
    void oneMemberIsTransferredAndTalksToTheTargetAlone() throws Exception {
        int calls = bob.phone.calls().size();
        String connection = group("/part");

        stage.act(
                connection,
                ":transferToParticipant",
                "{\"targetParticipant\":{\"communicationUser\":{\"id\":\"8:acs:strowger_bob\"}},"
                        + "\"transferee\":{\"phoneNumber\":{\"value\":\""
                        + BEN
                        + "\"}}}",
                202);
        stage.awaitEvent("/part", "CallTransferAccepted");
        bob.awaitAnswered(calls);
        ben.awaitHears(bob.toneHz);
        bob.awaitHears(ben.toneHz);
        stage.awaitEvent(
                "/part",
                "ParticipantsUpdated",
                data -> size(data) == 1 && participant(data, ANN).isPresent());
        Eventually.holds("ann is alone", SOON, () -> !ann.hears(ben.toneHz));

        end(connection, "/part");
        assertEquals(State.ANSWERED, bob.call().state());
        ben.call().hangUp();
        assertTrue(bob.call().awaitState(State.ENDED, SOON), "both are gone");
    }

    @Test
    void aParticipantIsMovedFromOneCallToAnother() throws Exception {
        String here = group("/here");
        String there = stage.create(CLEO, "/there");
        stage.awaitEvent("/there", "CallConnected");

        JsonNode moving =
                stage.act(
                        here,
                        "/participants:moveHere",
                        """
                        {"targetParticipants":[{"phoneNumber":{"value":"%s"}}],
                         "fromCall":"%s","operationContext":"move"}\
                        """
                                .formatted(CLEO, there),
                        202);
        assertEquals(there, moving.path("fromCall").asText());
        JsonNode moved = stage.awaitEvent("/here", "MoveParticipantSucceeded");
        assertEquals("4:" + CLEO, moved.path("participant").path("rawId").asText());
        assertEquals("move", moved.path("operationContext").asText());
        stage.awaitEvent("/there", "CallDisconnected");
        ann.awaitHears(cleo.toneHz);
        cleo.awaitHears(ann.toneHz);
        cleo.awaitHears(ben.toneHz);
        end(here, "/here");
        assertTrue(cleo.call().awaitState(State.ENDED, SOON), "cleo is gone, too");
    }
}
