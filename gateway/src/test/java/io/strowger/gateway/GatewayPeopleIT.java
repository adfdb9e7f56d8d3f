package io.strowger.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.call.CallCommand;
import io.strowger.gateway.SignedClient.Response;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is asked about people, over real HTTP and a real broker; the test decides about calls.
class GatewayPeopleIT extends GatewayStage {
    private static final String V = "?api-version=2026-03-12";

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
                "CONNECTION:startMediaStreaming | {'operationContext':'c'} | 202 | ",
                "CONNECTION:stopMediaStreaming | {} | 202 | ",
                "CONNECTION:startTranscription | {'locale':'en-US'} | 202 | ",
                "CONNECTION:updateTranscription | {'locale':'de-DE'} | 202 | ",
                "CONNECTION:stopTranscription | {} | 202 | ",
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
}
