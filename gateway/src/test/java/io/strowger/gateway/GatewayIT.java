package io.strowger.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Refused;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.kafka.Topics;
import io.strowger.gateway.SignedClient.Response;
import io.strowger.testsupport.Records;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The gateway over real HTTP and a real broker; the test decides about calls.
class GatewayIT extends GatewayStage {
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

    @Test
    void saysWhoseKeySignedAndPassesTheRefusalOfACallTooManyOn() {
        gateway.orchestrator.answers(
                request -> new Refused(CallError.TOO_MANY_REQUESTS, "as many as it may"));

        Response response = client.post("/calling/callConnections" + V, CREATE);
        String first = gateway.orchestrator.last().application();
        client.with(RunningGateway.SECOND_KEY).post("/calling/callConnections" + V, CREATE);
        String second = gateway.orchestrator.last().application();

        assertEquals(429, response.status(), response.raw().body());
        assertEquals("TooManyRequests", response.errorCode());
        assertEquals("1", response.header("Retry-After"));
        assertNotEquals(first, second);
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
        "POST,/calling/callConnections/ID:startTranscription?api-version=2024-09-15,400,2025-05-15",
        "POST,/calling/serverCalls/x/recordings?api-version=2021-08-30-preview,404,not found",
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
        try (var consumer = Records.reader(gateway.kafka, Topics.CALL_REPLIES.deadLetterName())) {
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
