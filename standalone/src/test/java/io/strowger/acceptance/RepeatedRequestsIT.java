package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.gateway.GatewayService;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneCall.State;
import io.strowger.runtime.auth.HttpDate;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.standalone.client.ApiClient;
import io.strowger.standalone.platform.Contexts;
import io.strowger.testsupport.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every repeatable request comes twice, the second time at a gateway that was started later, as
/// after a restart: both answers are the same, and what was asked for happens once.
class RepeatedRequestsIT extends PeopleStage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONNECTIONS = "/calling/callConnections";
    private static final String ID = "Repeatability-Request-ID";
    private static final String FIRST_SENT = "Repeatability-First-Sent";
    private ServiceContext context;
    private GatewayService later;
    private ApiClient laterApi;

    @BeforeAll
    void startAnotherGateway(@TempDir Path other) throws Exception {
        Settings settings =
                SettingsLoader.load(
                        null,
                        Stage.environment(
                                other,
                                Map.of(),
                                Map.of(
                                        "STROWGER_HTTP_TLS_PORT",
                                        "-1",
                                        "STROWGER_GATEWAY_REPLYPARTITION",
                                        "1")));
        context = Contexts.open(settings, stage.platform().kafka().bootstrapServers());
        later = new GatewayService(context, router -> {});
        later.start();
        Eventually.holds("the gateway is ready", SOON, context.health()::isReady);
        laterApi =
                new ApiClient(
                        URI.create("http://127.0.0.1:" + later.httpPort() + "/"),
                        stage.platform().accessKey(),
                        HttpClient.newHttpClient(),
                        InstantSource.system());
    }

    @AfterAll
    void stopTheOtherGateway() throws Exception {
        later.stop();
        context.telemetry().close();
    }

    private JsonNode twice(String path, String body, int expected) throws Exception {
        Map<String, String> headers = laterApi.repeatable();
        HttpResponse<String> first = stage.send("POST", path + V2026, body, headers);
        HttpResponse<String> again = laterApi.send("POST", path + V2026, body, headers);

        assertEquals(expected, first.statusCode(), () -> path + ": " + first.body());
        assertEquals(expected, again.statusCode(), () -> path + ": " + again.body());
        assertEquals(first.body(), again.body());
        for (HttpResponse<String> answer : List.of(first, again)) {
            assertEquals(
                    "accepted", answer.headers().firstValue("Repeatability-Result").orElse("none"));
        }
        return first.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(first.body());
    }

    private JsonNode twiceIn(String connection, String action, String body, int expected)
            throws Exception {
        return twice(CONNECTIONS + "/" + connection + action, body, expected);
    }

    private static String phone(String number) {
        return "{\"phoneNumber\":{\"value\":\"" + number + "\"}}";
    }

    private static String user(String name) {
        return "{\"communicationUser\":{\"id\":\"8:acs:strowger_" + name + "\"}}";
    }

    private String create(String number, String callback) throws Exception {
        String connection =
                twice(
                                CONNECTIONS,
                                """
                                {"targets":[%s],"sourceCallerIdNumber":{"value":"+15550100000"},"callbackUri":"%s"}\
                                """
                                        .formatted(phone(number), stage.receiver.uri(callback)),
                                201)
                        .path("callConnectionId")
                        .asText();
        stage.awaitEvent(callback, "CallConnected");
        return connection;
    }

    private void end(String connection, String callback) throws Exception {
        twiceIn(connection, ":terminate", "", 204);
        stage.awaitEvent(callback, "CallDisconnected");
    }

    /// Asserts that each was told once, by a callback that is told no more.
    private void assertOnce(String callback, String... types) {
        List<String> told = stage.types(callback);
        for (String type : types) {
            assertEquals(1, Collections.frequency(told, type), () -> type + " in " + told);
        }
    }

    @Test
    void aCallIsPlacedJoinedRecordedAndEndedOnce() throws Exception {
        int before = ann.phone.calls().size();

        String connection = create(ANN, "/one");
        String serverCallId =
                stage.awaitEvent("/one", "CallConnected").path("serverCallId").asText();
        String locator =
                "\"callLocator\":{\"kind\":\"serverCallLocator\",\"serverCallId\":\""
                        + serverCallId
                        + "\"}";
        twice(
                CONNECTIONS + ":connect",
                "{" + locator + ",\"callbackUri\":\"" + stage.receiver.uri("/joined") + "\"}",
                200);
        stage.awaitEvent("/joined", "CallConnected");
        twiceIn(
                connection,
                ":sendDtmfTones",
                "{\"targetParticipant\":" + phone(ANN) + ",\"tones\":[\"one\",\"two\"]}",
                202);
        stage.awaitEvent("/one", "SendDtmfTonesCompleted");
        twice(
                "/calling/recordings",
                "{"
                        + locator
                        + ",\"recordingStateCallbackUri\":\""
                        + stage.receiver.uri("/recorded")
                        + "\"}",
                200);
        stage.awaitEvent("/recorded", "RecordingStateChanged");
        end(connection, "/one");
        stage.awaitEvent("/joined", "CallDisconnected");
        stage.awaitEvent(
                "/recorded",
                "RecordingStateChanged",
                data -> data.path("state").asText().equals("inactive"));

        assertEquals(before + 1, ann.phone.calls().size());
        assertEquals("12", ann.call().keysHeard());
        assertOnce("/one", "CallConnected", "SendDtmfTonesCompleted", "CallDisconnected");
        assertOnce("/joined", "CallConnected", "CallDisconnected");
        assertEquals(
                List.of("RecordingStateChanged", "RecordingStateChanged"),
                stage.types("/recorded"));
    }

    @Test
    void peopleComeAreMutedAndGoOnce() throws Exception {
        int before = ben.phone.calls().size();
        String connection = create(ANN, "/people");

        twiceIn(
                connection,
                "/participants:add",
                "{\"participantToAdd\":"
                        + phone(BEN)
                        + ",\"sourceCallerIdNumber\":{\"value\":\"+15550100000\"}}",
                202);
        stage.awaitEvent("/people", "AddParticipantSucceeded");
        twiceIn(
                connection,
                "/participants:mute",
                "{\"targetParticipants\":[" + phone(BEN) + "]}",
                200);
        String invitation =
                stage.act(
                                connection,
                                "/participants:add",
                                "{\"participantToAdd\":"
                                        + phone(AWAY)
                                        + ",\"sourceCallerIdNumber\":{\"value\":\"+15550100000\"}}",
                                202)
                        .path("invitationId")
                        .asText();
        twiceIn(
                connection,
                "/participants:cancelAddParticipant",
                "{\"invitationId\":\"" + invitation + "\"}",
                202);
        stage.awaitEvent("/people", "CancelAddParticipantSucceeded");
        twiceIn(
                connection,
                "/participants:remove",
                "{\"participantToRemove\":" + phone(BEN) + "}",
                202);
        stage.awaitEvent("/people", "RemoveParticipantSucceeded");
        String other = create(CLEO, "/other");
        twiceIn(
                connection,
                "/participants:moveHere",
                "{\"targetParticipants\":[" + phone(CLEO) + "],\"fromCall\":\"" + other + "\"}",
                202);
        stage.awaitEvent("/people", "MoveParticipantSucceeded");
        stage.awaitEvent("/other", "CallDisconnected");
        end(connection, "/people");

        assertEquals(before + 1, ben.phone.calls().size());
        assertOnce(
                "/people",
                "AddParticipantSucceeded",
                "CancelAddParticipantSucceeded",
                "RemoveParticipantSucceeded",
                "MoveParticipantSucceeded",
                "CallDisconnected");
    }

    @Test
    void aCallIsTransferredOnce() throws Exception {
        int before = bob.phone.calls().size();
        String connection = create(ANN, "/transferred");

        twiceIn(
                connection,
                ":transferToParticipant",
                "{\"targetParticipant\":" + user("bob") + "}",
                202);
        stage.awaitEvent("/transferred", "CallDisconnected");
        bob.awaitAnswered(before);
        bob.call().hangUp();

        assertEquals(before + 1, bob.phone.calls().size());
        assertOnce("/transferred", "CallTransferAccepted", "CallDisconnected");
    }

    @Test
    void callsToTheNumberAreAnsweredRefusedAndPassedOnOnce() throws Exception {
        int before = bob.phone.calls().size();

        PhoneCall answered = callsIn();
        twice(
                CONNECTIONS + ":answer",
                "{"
                        + incomingContext()
                        + ",\"callbackUri\":\""
                        + stage.receiver.uri("/answered")
                        + "\"}",
                200);
        stage.awaitEvent("/answered", "CallConnected");
        answered.hangUp();
        stage.awaitEvent("/answered", "CallDisconnected");
        PhoneCall refused = callsIn();
        twice(
                CONNECTIONS + ":reject",
                "{" + incomingContext() + ",\"callRejectReason\":\"busy\"}",
                204);
        Eventually.holds("the caller is refused", SOON, () -> refused.state() == State.ENDED);
        PhoneCall passedOn = callsIn();
        twice(
                CONNECTIONS + ":redirect",
                "{" + incomingContext() + ",\"target\":" + user("bob") + "}",
                204);
        bob.awaitAnswered(before);
        passedOn.hangUp();

        assertEquals(486, refused.endStatus());
        assertEquals(before + 1, bob.phone.calls().size());
        assertOnce("/answered", "CallConnected", "CallDisconnected");
    }

    @Test
    void aRefusalIsKeptAndAnotherRequestWithTheSameIdIsRefused() throws Exception {
        String connection = create(ANN, "/refused");
        String mute = CONNECTIONS + "/" + connection + "/participants:mute" + V2026;
        String body = "{\"targetParticipants\":[" + phone(BEN) + "]}";
        Map<String, String> headers = laterApi.repeatable();

        HttpResponse<String> absent = stage.send("POST", mute, body, headers);
        twiceIn(
                connection,
                "/participants:add",
                "{\"participantToAdd\":"
                        + phone(BEN)
                        + ",\"sourceCallerIdNumber\":{\"value\":\"+15550100000\"}}",
                202);
        stage.awaitEvent("/refused", "AddParticipantSucceeded");
        HttpResponse<String> again = laterApi.send("POST", mute, body, headers);
        HttpResponse<String> other = laterApi.send("POST", mute, body.replace(BEN, ANN), headers);
        twiceIn(connection, "/participants:mute", body, 200);
        end(connection, "/refused");

        assertEquals(404, absent.statusCode(), absent.body());
        assertEquals(404, again.statusCode(), again.body());
        assertEquals(absent.body(), again.body());
        assertEquals(412, other.statusCode(), other.body());
        assertEquals("rejected", other.headers().firstValue("Repeatability-Result").orElse("none"));
    }

    private static Stream<ApiOperation> repeatable() {
        return Arrays.stream(ApiOperation.values()).filter(ApiOperation::repeatable);
    }

    private static String date(Duration fromNow) {
        return HttpDate.format(Instant.now().plus(fromNow));
    }

    @ParameterizedTest
    @MethodSource("repeatable")
    void whatIsNoPairIsRefusedByEachRepeatableOperation(ApiOperation operation) throws Exception {
        String id = UUID.randomUUID().toString();
        String path =
                operation
                                .template()
                                .toString()
                                .replaceAll("\\{callConnectionId}", UUID.randomUUID().toString())
                        + V2026;
        Map<Map<String, String>, Integer> expected =
                Map.of(
                        Map.of(ID, id), 400,
                        Map.of(FIRST_SENT, date(Duration.ZERO)), 400,
                        Map.of(ID, id, FIRST_SENT, "yesterday"), 400,
                        Map.of(ID, id, FIRST_SENT, date(Duration.ofHours(1))), 400,
                        Map.of(ID, id, FIRST_SENT, date(Duration.ofDays(-30))), 412);

        for (var pair : expected.entrySet()) {
            HttpResponse<String> answer = stage.send("POST", path, "{}", pair.getKey());
            assertEquals(pair.getValue(), answer.statusCode(), () -> pair + ": " + answer.body());
            assertEquals(
                    pair.getValue() == 412 ? "rejected" : "none",
                    answer.headers().firstValue("Repeatability-Result").orElse("none"));
        }
    }

    private PhoneCall callsIn() throws Exception {
        int before = incoming().size();
        PhoneCall call =
                ann.phone.call("sip:" + APPLICATION + "@127.0.0.1:" + stage.platform().sipPort());
        Eventually.holds("an incoming call is told", SOON, () -> incoming().size() > before);
        return call;
    }

    private List<JsonNode> incoming() {
        return stage.events(INCOMING).stream()
                .filter(event -> event.path("eventType").asText().endsWith(".IncomingCall"))
                .toList();
    }

    private String incomingContext() {
        return "\"incomingCallContext\":\""
                + incoming().getLast().path("data").path("incomingCallContext").asText()
                + "\"";
    }
}
