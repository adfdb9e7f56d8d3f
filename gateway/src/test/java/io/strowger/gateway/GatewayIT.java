package io.strowger.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallProperties;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.call.CallReply.Found;
import io.strowger.contracts.call.CallReply.Invited;
import io.strowger.contracts.call.CallReply.Moving;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.call.CallReply.Refused;
import io.strowger.contracts.call.CallReply.Roster;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.gateway.SignedClient.Response;
import io.strowger.gateway.shell.http.HttpLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The gateway over real HTTP and a real broker; the test decides about calls.
class GatewayIT {
    private static final String CREATE =
            """
            {"targets":[{"rawId":"4:+15550100001","phoneNumber":{"value":"+15550100001"}}],
             "sourceCallerIdNumber":{"value":"+15550100000"},"operationContext":"ctx",
             "callbackUri":"http://127.0.0.1:9/events?secret=1"}\
            """;
    private static final String PREVIEW_CREATE =
            """
            {"source":{"communicationUser":{"id":"8:acs:a_b"}},
             "targets":[{"phoneNumber":{"value":"+15550100001"}}],
             "alternateCallerId":{"value":"+15550100000"},"requestedMediaTypes":["audio"],
             "requestedCallEvents":["dtmfReceived"],"callbackUri":"http://127.0.0.1:9/events"}\
            """;
    private static final String PLAY =
            "{\"playSources\":[{\"kind\":\"file\",\"file\":{\"uri\":\"http://127.0.0.1:9/a.wav\"}}]}";
    private static final String RECOGNIZE =
            "{\"recognizeInputType\":\"dtmf\",\"recognizeOptions\":{\"targetParticipant\":{\"rawId\":\"4:+15550100001\"}}}";
    private static final String V = "?api-version=2026-03-12";
    private static final String V2021 = "?api-version=2021-08-30-preview";

    @TempDir static Path directory;
    private static RunningGateway gateway;
    private static SignedClient client;
    private static ServerCallId call;
    private static String connection;

    @BeforeAll
    static void start() throws Exception {
        gateway =
                new RunningGateway(
                        directory,
                        Map.of("STROWGER_GATEWAY_REPLYTIMEOUT", "PT2S"),
                        HttpLimits.usual(100_000));
        client = gateway.client();
        call = gateway.ids.newCall(new Random(1));
        connection = "/calling/callConnections/" + call.connection(1);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @BeforeEach
    void answerAsAnOrchestratorWould() {
        gateway.orchestrator.requests().clear();
        gateway.orchestrator.answers(GatewayIT::answer);
    }

    private static Answer answer(CallRequest request) {
        CallCommand command = request.command();
        Participant person =
                new Participant(new PhoneNumber("+15550100001"), new LegId(1), false, true);
        return switch (command) {
            case CallCommand.CreateCall create ->
                    new Described(
                            new CallProperties(
                                    create.connection(),
                                    ConnectionState.CONNECTING,
                                    create.targets(),
                                    create.source(),
                                    create.callerId(),
                                    create.sourceDisplayName(),
                                    create.callbackUri(),
                                    create.correlationId(),
                                    null,
                                    null));
            case CallCommand.DescribeCall describe ->
                    new Described(connected(describe.connection()));
            case CallCommand.Answer answer -> new Described(connected(answer.call().connection(2)));
            case CallCommand.Join join -> new Described(connected(join.call().connection(2)));
            case CallCommand.AddParticipant add ->
                    new Invited(person, add.operationId(), add.operationContext());
            case CallCommand.AddToCall add ->
                    new Invited(person, add.operationId(), add.operationContext());
            case CallCommand.CancelAddParticipant cancel ->
                    new Invited(person, cancel.invitationId(), cancel.operationContext());
            case CallCommand.MoveParticipants move ->
                    new Moving(List.of(person), move.from(), move.operationContext());
            case CallCommand.RemoveParticipant remove ->
                    new OperationStarted(remove.operationId(), remove.operationContext());
            case CallCommand.RemoveFromCall remove ->
                    new OperationStarted(remove.operationId(), null);
            case CallCommand.MuteParticipants mute ->
                    new OperationStarted(mute.operationId(), mute.operationContext());
            case CallCommand.SendDtmfTones send ->
                    new OperationStarted(send.operationId(), send.operationContext());
            case CallCommand.Transfer transfer ->
                    new OperationStarted(transfer.operationId(), transfer.operationContext());
            case CallCommand.PlayToCall play ->
                    new OperationStarted(play.operationId(), play.operationContext());
            case CallCommand.Hold _,
                    CallCommand.Unhold _,
                    CallCommand.StartContinuousDtmf _,
                    CallCommand.StopContinuousDtmf _,
                    CallCommand.Redirect _,
                    CallCommand.Reject _ ->
                    new Done();
            case CallCommand.ListParticipants _ -> new Roster(List.of(person));
            case CallCommand.GetParticipant _ -> new Found(person);
            case CallCommand.Play play ->
                    new OperationStarted(play.operationId(), play.operationContext());
            case CallCommand.Recognize recognize ->
                    new OperationStarted(recognize.operationId(), recognize.operationContext());
            case CallCommand.CancelAllMedia cancel ->
                    new OperationStarted(cancel.operationId(), cancel.operationContext());
            case CallCommand.HangUp _, CallCommand.Terminate _ -> new Done();
        };
    }

    private static CallProperties connected(CallConnectionId connection) {
        return new CallProperties(
                connection,
                ConnectionState.CONNECTED,
                List.of(new CommunicationUser("8:acs:a_b")),
                null,
                null,
                null,
                java.net.URI.create("http://127.0.0.1:9/events"),
                new UUID(3, 4),
                new CommunicationUser("8:acs:a_b"),
                new PhoneNumber("+15550100009"));
    }

    @Test
    void createsACallAndAnswersItsProperties() {
        Response response =
                client.send(
                        "POST",
                        "/calling/callConnections" + V,
                        CREATE,
                        Map.of("x-ms-client-request-id", "abc-1"));

        assertEquals(201, response.status(), response.raw().body());
        CallCommand.CreateCall create =
                assertInstanceOf(
                        CallCommand.CreateCall.class, gateway.orchestrator.last().command());
        assertEquals(List.of(new PhoneNumber("+15550100001")), create.targets());
        assertEquals("ctx", create.operationContext());
        assertEquals("http://127.0.0.1:9/events?secret=1", create.callbackUri().toString());
        assertTrue(gateway.ids.isGenuine(create.connection().call()));
        assertEquals(
                create.connection().toString(), response.body().path("callConnectionId").asText());
        assertEquals(
                create.connection().call().toString(),
                response.body().path("serverCallId").asText());
        assertEquals("connecting", response.body().path("callConnectionState").asText());
        assertEquals(
                "{\"kind\":\"phoneNumber\",\"rawId\":\"4:+15550100001\",\"phoneNumber\":{\"value\":\"+15550100001\"}}",
                response.body().path("targets").path(0).toString());
        assertEquals("abc-1", response.header("x-ms-client-request-id"));
        assertEquals(
                create.correlationId().toString(), response.header("X-Microsoft-Skype-Chain-ID"));
        assertEquals("application/json; charset=utf-8", response.header("Content-Type"));
    }

    @Test
    void createsACallOfThe2021LineAndAnswersItsId() {
        Response response = client.post("/calling/callConnections" + V2021, PREVIEW_CREATE);

        assertEquals(201, response.status(), response.raw().body());
        CallCommand.CreateCall create =
                assertInstanceOf(
                        CallCommand.CreateCall.class, gateway.orchestrator.last().command());
        assertEquals(
                Set.of(io.strowger.contracts.call.RequestedEvent.DTMF_RECEIVED),
                create.requestedEvents());
        assertEquals(
                "{\"callConnectionId\":\"" + create.connection() + "\"}", response.raw().body());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,'',200,DescribeCall",
        "DELETE,'',204,HangUp",
        "POST,:terminate,204,Terminate",
        "POST,:play,202,Play",
        "POST,:recognize,202,Recognize",
        "POST,:cancelAllMediaOperations,202,CancelAllMedia",
        "GET,/participants,200,ListParticipants",
        "GET,/participants/4%3A%2B15550100001,200,GetParticipant",
        "GET,/participants/4:+15550100001,200,GetParticipant",
    })
    void servesEachOperationOfTheCurrentLineWithItsExactStatus(
            String method, String path, int status, String command) {
        String body = path.equals(":play") ? PLAY : path.equals(":recognize") ? RECOGNIZE : "";

        Response response = client.send(method, connection + path + V, body, Map.of());

        assertEquals(status, response.status(), response.raw().body());
        CallRequest sent = gateway.orchestrator.last();
        assertEquals(command, sent.command().getClass().getSimpleName());
        assertEquals(call.connection(1), ((CallCommand.InCall) sent.command()).connection());
        if (sent.command() instanceof CallCommand.GetParticipant(var _, var wanted)) {
            assertEquals("4:+15550100001", wanted.rawId());
        }
        assertEquals(status == 200, !response.raw().body().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CONNECTION:transferToParticipant | {'targetParticipant':{'rawId':'8:acs:a_b'},'operationContext':'c'} | 202 | {'operationContext':'c'}",
                "CONNECTION/participants:add | {'participantToAdd':{'rawId':'8:acs:a_b'},'operationContext':'c'} | 202 | {'participant':{'identifier':{'kind':'phoneNumber','rawId':'4:+15550100001','phoneNumber':{'value':'+15550100001'}},'isMuted':false,'isOnHold':true},'invitationId':'ANY','operationContext':'c'}",
                "CONNECTION/participants:remove | {'participantToRemove':{'rawId':'8:acs:a_b'}} | 202 | {}",
                "CONNECTION/participants:mute | {'targetParticipants':[{'rawId':'8:acs:a_b'}],'operationContext':'c'} | 200 | {'operationContext':'c'}",
                "CONNECTION/participants:cancelAddParticipant | {'invitationId':'11111111-1111-4111-8111-111111111111'} | 202 | {'invitationId':'11111111-1111-4111-8111-111111111111'}",
                "CONNECTION:hold | {'targetParticipant':{'rawId':'8:acs:a_b'}} | 200 | ",
                "CONNECTION:unhold | {'targetParticipant':{'rawId':'8:acs:a_b'}} | 200 | ",
                "CONNECTION:startContinuousDtmfRecognition | {'targetParticipant':{'rawId':'8:acs:a_b'}} | 200 | ",
                "CONNECTION:stopContinuousDtmfRecognition | {'targetParticipant':{'rawId':'8:acs:a_b'}} | 200 | ",
                "CONNECTION:sendDtmfTones | {'targetParticipant':{'rawId':'8:acs:a_b'},'tones':['one']} | 202 | {}",
                "/calling/callConnections:redirect | {'incomingCallContext':'CONTEXT','target':{'rawId':'8:acs:a_b'}} | 204 | ",
                "/calling/callConnections:reject | {'incomingCallContext':'CONTEXT'} | 204 | ",
            })
    void servesWhatIsDoneWithPeople(String path, String body, int status, @Nullable String answer) {
        String context = gateway.contexts.seal(call, Instant.now().plusSeconds(30));
        String json = body.replace('\'', '"').replace("CONTEXT", context);

        Response response =
                client.send("POST", path.replace("CONNECTION", connection) + V, json, Map.of());

        assertEquals(status, response.status(), response.raw().body());
        assertEquals(call, gateway.orchestrator.last().command().call());
        String invitation =
                gateway.orchestrator.last().command() instanceof CallCommand.AddParticipant add
                        ? add.operationId().toString()
                        : "";
        assertEquals(
                answer == null ? "" : answer.replace('\'', '"').replace("ANY", invitation),
                response.raw().body());
    }

    @Test
    void answersAndJoinsCallsThatOthersBegan() {
        String context = gateway.contexts.seal(call, Instant.now().plusSeconds(30));

        Response answered =
                client.send(
                        "POST",
                        "/calling/callConnections:answer" + V,
                        "{\"incomingCallContext\":\""
                                + context
                                + "\",\"callbackUri\":\"http://127.0.0.1:9/e\"}",
                        Map.of());
        Response joined =
                client.send(
                        "POST",
                        "/calling/callConnections:connect" + V,
                        "{\"callLocator\":{\"kind\":\"serverCallLocator\",\"serverCallId\":\""
                                + call
                                + "\"},\"callbackUri\":\"http://127.0.0.1:9/e\"}",
                        Map.of());

        assertEquals(200, answered.status(), answered.raw().body());
        assertEquals("+15550100009", answered.body().path("answeredFor").path("value").asText());
        assertEquals(200, joined.status(), joined.raw().body());
        assertEquals(
                call.connection(2).toString(), joined.body().path("callConnectionId").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "/:hangup,202,HangUp,",
        "/:playAudio,202,Play,running",
        "/:cancelAllMediaOperations,200,CancelAllMedia,completed",
    })
    void servesEachOperationOfThe2021Line(
            String path, int status, String command, String operationStatus) {
        String body =
                path.equals("/:playAudio")
                        ? "{\"audioFileUri\":\"http://127.0.0.1:9/a.wav\",\"operationContext\":\"c\"}"
                        : "";

        Response response = client.post(connection + path + V2021, body);

        assertEquals(status, response.status(), response.raw().body());
        assertEquals(command, gateway.orchestrator.last().command().getClass().getSimpleName());
        assertEquals(
                operationStatus == null ? "" : operationStatus,
                response.body().path("status").asText());
    }

    @Test
    void hidesWhatAnOlderVersionDoesNotKnow() {
        Response older = client.get(connection + "/participants?api-version=2023-03-06");
        Response newer = client.get(connection + "/participants" + V);

        assertFalse(older.body().path("value").path(0).has("isOnHold"));
        assertTrue(newer.body().path("value").path(0).path("isOnHold").asBoolean());
    }

    @Test
    void takesBothAccessKeysAndNoOther() {
        assertEquals(200, client.get(connection + V).status());
        assertEquals(200, client.with(RunningGateway.SECOND_KEY).get(connection + V).status());
        assertEquals(401, client.with(new byte[32]).get(connection + V).status());
    }

    @Test
    void refusesWhoIsNotAuthenticatedWithoutACommand() {
        Response unsigned = client.unsigned(connection + V);
        Response otherBody =
                client.send(
                        "POST",
                        connection + ":play" + V,
                        PLAY + " ",
                        client.signature("POST", connection + ":play" + V, PLAY));

        assertEquals(401, unsigned.status());
        assertEquals("Denied", unsigned.errorCode());
        assertEquals("HMAC-SHA256", unsigned.header("WWW-Authenticate"));
        assertEquals(401, otherBody.status(), otherBody.raw().body());
        assertEquals(List.of(), gateway.orchestrator.requests());
    }

    @Test
    void refusesForgedIdsWithoutACommand() {
        Response random = client.get("/calling/callConnections/" + UUID.randomUUID() + V);
        Response noGuid = client.get("/calling/callConnections/x" + V);

        assertEquals(404, random.status());
        assertEquals("8522", random.errorCode());
        assertEquals(404, noGuid.status());
        assertEquals(List.of(), gateway.orchestrator.requests());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/calling/callConnections/ID,400,api-version",
        "GET,/calling/callConnections/ID?api-version=2022-04-07-preview,400,not supported",
        "GET,/calling/callConnections/ID?api-version=2021-08-30-preview,400,from 2023-03-06",
        "POST,/calling/callConnections/ID/:hangup?api-version=2023-03-06,400,2021 previews",
        "POST,/calling/callConnections/ID:hold?api-version=2023-03-06,400,2024-09-15",
        "POST,/calling/callConnections/ID:hold?api-version=2026-03-12,400,not supported by this version",
        "POST,/calling/serverCalls/x/:join?api-version=2021-08-30-preview,400,not supported by this version",
        "PUT,/calling/callConnections/ID?api-version=2023-03-06,405,'DELETE, GET'",
        "POST,/calling/callConnections/ID:fly?api-version=2023-03-06,404,no operation",
        "GET,/calling/nothing?api-version=2023-03-06,404,no operation",
    })
    void saysWhatIsWrongWithTheAddress(String method, String target, int status, String message) {
        Response response =
                client.send(
                        method, target.replace("ID", call.connection(1).toString()), "", Map.of());

        assertEquals(status, response.status(), response.raw().body());
        assertTrue(response.errorMessage().contains(message), response.errorMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nonsense", "{} {}", "{\"a\":1,\"a\":2}", "\"text\"", "null"})
    void refusesBodiesThatAreNoJsonObject(String body) {
        Response response = client.post("/calling/callConnections" + V, body);

        assertEquals(400, response.status(), response.raw().body());
        assertEquals("8523", response.errorCode());
        assertEquals(List.of(), gateway.orchestrator.requests());
    }

    @Test
    void passesARefusalOnWithItsCode() {
        gateway.orchestrator.answers(
                request -> new Refused(CallError.CALL_NOT_ESTABLISHED, "not yet"));

        Response response = client.post(connection + ":play" + V, PLAY);

        assertEquals(400, response.status());
        assertEquals("8501", response.errorCode());
        assertEquals("not yet", response.errorMessage());
    }

    @Test
    void makesARetriedRequestTheSameCommand() {
        Map<String, String> headers =
                Map.of(
                        "Repeatability-Request-ID", UUID.randomUUID().toString(),
                        "Repeatability-First-Sent", SignedClient.now());

        Response first = client.send("POST", "/calling/callConnections" + V, CREATE, headers);
        Response again = client.send("POST", "/calling/callConnections" + V, CREATE, headers);
        client.with(RunningGateway.SECOND_KEY)
                .send("POST", "/calling/callConnections" + V, CREATE, headers);

        assertEquals("accepted", first.header("Repeatability-Result"));
        assertEquals(first.raw().body(), again.raw().body());
        CallRequest one = gateway.orchestrator.requests().get(0);
        CallRequest two = gateway.orchestrator.requests().get(1);
        CallRequest otherKey = gateway.orchestrator.requests().get(2);
        assertEquals(one.commandId(), two.commandId());
        assertNotNull(one.fingerprint());
        assertEquals(one.fingerprint(), two.fingerprint());
        assertNotEquals(one.commandId(), otherKey.commandId());
        assertNotEquals(one.command().call(), otherKey.command().call());
    }

    @Test
    void refusesRepeatabilityHeadersThatAreHalfOrOld() {
        String id = UUID.randomUUID().toString();
        Response half =
                client.send(
                        "POST",
                        "/calling/callConnections" + V,
                        CREATE,
                        Map.of("Repeatability-Request-ID", id));
        Response old =
                client.send(
                        "POST",
                        "/calling/callConnections" + V,
                        CREATE,
                        Map.of(
                                "Repeatability-Request-ID",
                                id,
                                "Repeatability-First-Sent",
                                SignedClient.ago(Duration.ofHours(25))));

        assertEquals(400, half.status());
        assertEquals(412, old.status());
        assertEquals("rejected", old.header("Repeatability-Result"));
        assertEquals(List.of(), gateway.orchestrator.requests());
    }

    @Test
    void saysTryAgainWhenNobodyAnswers() {
        gateway.orchestrator.writes(null);

        Response response = client.get(connection + V);

        assertEquals(503, response.status());
        assertEquals("1", response.header("Retry-After"));
    }

    @Test
    void putsAnUnreadableReplyIntoTheDeadLetters() {
        byte[] nonsense = ("nonsense " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
        gateway.orchestrator.writes(nonsense);

        Response response = client.get(connection + V);

        assertEquals(500, response.status());
        try (var consumer = gateway.kafka.assignedConsumer()) {
            TopicPartition letters = new TopicPartition(Topics.CALL_REPLIES.deadLetterName(), 0);
            consumer.assign(List.of(letters));
            consumer.seekToBeginning(List.of(letters));
            io.strowger.testsupport.Eventually.holds(
                    "the dead letter",
                    Duration.ofSeconds(10),
                    () -> {
                        for (var record : consumer.poll(Duration.ofMillis(50))) {
                            if (java.util.Arrays.equals(record.value(), nonsense)) {
                                return true;
                            }
                        }
                        return false;
                    });
        }
    }

    @Test
    void acceptsTheHostWithoutItsPortAsOneClientSignsIt() throws Exception {
        String target = connection + V;
        StringBuilder request =
                new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        client.signature("GET", target, "127.0.0.1", "", SignedClient.now())
                .forEach((name, value) -> request.append(name + ": " + value + "\r\n"));

        String response =
                RawConnection.exchange(
                        gateway.service.httpPort(), request + "Connection: close\r\n\r\n");

        assertTrue(response.startsWith("HTTP/1.1 200"), response);
    }

    @Test
    void publishesTheKeysOfItsTokens() {
        Response keys = client.unsigned("/calling/keys");
        Response acs = client.unsigned("/calling/.well-known/acsopenidconfiguration");
        Response openId = client.unsigned("/.well-known/openid-configuration");

        String issuer = "http://127.0.0.1:" + gateway.service.httpPort();
        assertEquals(
                gateway.context.secrets().tokenKeyId(),
                keys.body().path("keys").path(0).path("kid").asText());
        assertEquals(issuer, acs.body().path("issuer").asText());
        assertEquals(issuer + "/calling/keys", openId.body().path("jwks_uri").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/ready", "/openapi.json"})
    void servesWhatIsMountedBeside(String path) {
        assertEquals(200, client.unsigned(path).status());
    }

    @Test
    void timesRequestsByOperationAndOutcome() {
        client.get(connection + V);

        String metrics = gateway.context.telemetry().scrape();

        assertTrue(
                metrics.lines()
                        .anyMatch(line ->
                                line.startsWith("strowger_http_request_seconds_count")
                                        && line.contains("operation=\"get_call\"")
                                        && line.contains("outcome=\"done\"")),
                metrics);
    }
}
