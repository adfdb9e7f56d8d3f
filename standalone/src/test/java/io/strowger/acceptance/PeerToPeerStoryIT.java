package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2021;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneCall.State;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.Records;
import io.strowger.testsupport.WebhookReceiver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two people talk without any application; it learns the call's id, invites an expert, announces
/// something to all; everybody hangs up. Registered phones, real SIP and RTP.
class PeerToPeerStoryIT {
    private static final double ALICE_HZ = 440;
    private static final double BOB_HZ = 660;
    private static final double CAROL_HZ = 880;
    private static final double ANNOUNCEMENT_HZ = 1500;
    static final String USERS =
            """
            [{id: "8:acs:strowger_alice", sipUsername: alice, password: alice-secret},
             {id: "8:acs:strowger_bob", sipUsername: bob, password: bob-secret},
             {id: "8:acs:strowger_carol", sipUsername: carol, password: carol-secret}]\
            """;

    @Test
    void anExpertIsInvitedIntoTheCallOfTwoPeople(@TempDir Path data) throws Exception {
        WebhookReceiver receiver = WebhookReceiver.start();
        receiver.answer(PeopleStage::confirm);
        Map<String, String> settings =
                Map.of(
                        "STROWGER_USERS",
                        USERS,
                        "STROWGER_APPLICATIONS",
                        "[{name: clinic, eventsUrl: \"" + receiver.uri("/grid") + "\"}]");
        try (Stage stage = Stage.open(data, Map.of(), settings, receiver)) {
            int sip = stage.platform().sipPort();
            try (Person alice = Person.registered("alice", ALICE_HZ, sip);
                    Person bob = Person.registered("bob", BOB_HZ, sip);
                    Person carol = Person.registered("carol", CAROL_HZ, sip)) {
                tell(stage, alice, bob, carol);
            }
        }
    }

    private static void tell(Stage stage, Person alice, Person bob, Person carol) throws Exception {
        PhoneCall calling = alice.phone.call("sip:bob@127.0.0.1:" + stage.platform().sipPort());
        PhoneCall called = bob.awaitAnswered(0);
        assertTrue(calling.awaitState(State.ANSWERED, SOON), calling::endReason);
        String serverCallId = called.inviteHeader("X-Server-Call-Id").orElseThrow();
        alice.awaitHears(BOB_HZ);
        bob.awaitHears(ALICE_HZ);

        JsonNode invited =
                stage.request(
                        "POST",
                        "/calling/serverCalls/" + serverCallId + "/participants" + V2021,
                        """
                        {"participant":{"communicationUser":{"id":"8:acs:strowger_carol"}},
                         "operationContext":"expert","callbackUri":"%s"}\
                        """
                                .formatted(stage.receiver.uri("/expert")),
                        202);
        assertEquals("3", invited.path("participantId").asText());
        JsonNode added = stage.awaitEvent("/expert", "AddParticipantResult");
        assertEquals("completed", added.path("status").asText());
        assertEquals("expert", added.path("operationContext").asText());
        carol.awaitAnswered(0);
        assertEquals(serverCallId, carol.call().inviteHeader("X-Server-Call-Id").orElseThrow());
        assertEverybodyHearsTheOthers(List.of(alice, bob, carol));

        stage.request(
                "POST",
                "/calling/serverCalls/" + serverCallId + "/:playAudio" + V2021,
                """
                {"audioFileUri":"%s","operationContext":"announcement","callbackUri":"%s"}\
                """
                        .formatted(
                                stage.tone(ANNOUNCEMENT_HZ, 1500),
                                stage.receiver.uri("/announcement")),
                202);
        JsonNode played = stage.awaitEvent("/announcement", "PlayAudioResult");
        assertEquals("completed", played.path("status").asText());
        for (Person person : List.of(alice, bob, carol)) {
            Eventually.holds(
                    SOON,
                    () -> person.heardMs(ANNOUNCEMENT_HZ) >= 1000,
                    () -> person.name + " hears the announcement");
            System.out.println(
                    person.name
                            + " heard "
                            + person.heardMs(ANNOUNCEMENT_HZ)
                            + " ms of the announcement");
        }

        String recording =
                stage.request(
                                "POST",
                                "/calling/serverCalls/" + serverCallId + "/recordings" + V2021,
                                "{\"recordingStateCallbackUri\":\""
                                        + stage.receiver.uri("/recording")
                                        + "\"}",
                                200)
                        .path("recordingId")
                        .asText();
        stage.awaitEvent("/recording", "CallRecordingStateChanged");
        assertEverybodyHearsTheOthers(List.of(alice, bob, carol));

        alice.call().hangUp();
        bob.awaitHears(CAROL_HZ);
        bob.call().hangUp();
        assertTrue(carol.call().awaitState(State.ENDED, SOON), "nobody is left to talk to");
        CallRecord record = awaitRecord(stage, ServerCallId.parse(serverCallId));
        assertEquals(CallRecord.Direction.PEER_TO_PEER, record.direction());
        assertEquals("8:acs:strowger_alice", assertNotNullSource(record));
        assertEquals(3, record.legs().size());
        assertRecorded(stage, recording);
        stage.assertGapFree("/expert");
        System.out.println(
                "call record: " + record.direction() + ", " + record.legs().size() + " legs");
    }

    /// Nobody in the call asked for it, and all three are on it.
    private static void assertRecorded(Stage stage, String recording) throws Exception {
        JsonNode file =
                stage.awaitGridEvent(
                        "/grid",
                        "RecordingFileStatusUpdated",
                        event -> event.path("subject").asText().endsWith(recording));
        assertEquals("CallEnded", file.path("sessionEndReason").asText());
        String location =
                file.path("recordingStorageInfo")
                        .path("recordingChunks")
                        .path(0)
                        .path("contentLocation")
                        .asText();
        Recorded recorded = Recorded.of(stage.fetch("GET", location, Map.of()).body());
        for (double hz : new double[] {ALICE_HZ, BOB_HZ, CAROL_HZ}) {
            recorded.assertHas(0, hz, 1000);
            System.out.println(
                    "the recording has " + recorded.heardMs(0, hz) + " ms of " + (int) hz + " Hz");
        }
    }

    private static String assertNotNullSource(CallRecord record) {
        var source = record.source();
        assertNotNull(source);
        return source.rawId();
    }

    private static void assertEverybodyHearsTheOthers(List<Person> people) {
        for (Person listener : people) {
            for (Person speaker : people) {
                if (listener != speaker) {
                    listener.awaitHears(speaker.toneHz);
                }
            }
            for (Person speaker : people) {
                boolean heard = listener.hears(speaker.toneHz);
                System.out.println(
                        listener.name
                                + (heard ? " hears " : " does not hear ")
                                + speaker.name
                                + " ("
                                + (int) speaker.toneHz
                                + " Hz)");
                if (listener == speaker) {
                    assertFalse(heard, listener.name + " hears itself");
                } else {
                    assertTrue(heard, listener.name + " hears " + speaker.name);
                }
            }
        }
    }

    private static CallRecord awaitRecord(Stage stage, ServerCallId call) {
        List<CallRecord> found = new ArrayList<>();
        Eventually.holds(
                "the call's record",
                SOON,
                () -> {
                    found.clear();
                    records(stage).stream()
                            .filter(record -> record.call().equals(call))
                            .forEach(found::add);
                    return !found.isEmpty();
                });
        return found.getFirst();
    }

    private static List<CallRecord> records(Stage stage) {
        return Records.all(stage.platform().kafka(), Topics.CALL_RECORDS);
    }
}
