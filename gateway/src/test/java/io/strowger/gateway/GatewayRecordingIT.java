package io.strowger.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.gateway.SignedClient.Response;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is asked about recordings, over real HTTP and a real broker, in both API lines.
class GatewayRecordingIT extends GatewayStage {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "POST | /calling/serverCalls/CALL/recordings?api-version=2021-08-30-preview | {'recordingStateCallbackUri':'https://app.example/s','recordingContentType':'audio'} | 200 | {'recordingId':'ID'}",
                "POST | /calling/serverCalls/CALL/recordings?api-version=2021-06-15-preview | {} | 200 | {'recordingId':'ID'}",
                "GET | /calling/serverCalls/CALL/recordings/ID?api-version=2021-08-30-preview | | 200 | {'recordingState':'inactive'}",
                "POST | /calling/serverCalls/CALL/recordings/ID/:pause?api-version=2021-08-30-preview | | 200 | ",
                "POST | /calling/serverCalls/CALL/recordings/ID/:resume?api-version=2021-08-30-preview | | 200 | ",
                "DELETE | /calling/serverCalls/CALL/recordings/ID?api-version=2021-08-30-preview | | 200 | ",
                "POST | /calling/recordings?api-version=2023-03-06 | {'callLocator':{'kind':'serverCallLocator','serverCallId':'CALL'}} | 200 | {'recordingId':'ID','recordingState':'active'}",
                "POST | /calling/recordings?api-version=2026-03-12 | {'callConnectionId':'CONNECTION'} | 200 | {'recordingId':'ID','recordingState':'active','recordingKind':'azureCommunicationServices'}",
                "GET | /calling/recordings/ID?api-version=2024-04-15 | | 200 | {'recordingId':'ID','recordingState':'inactive','recordingKind':'azureCommunicationServices'}",
                "POST | /calling/recordings/ID:pause?api-version=2023-03-06 | | 202 | ",
                "POST | /calling/recordings/ID:resume?api-version=2026-03-12 | | 202 | ",
                "DELETE | /calling/recordings/ID?api-version=2023-03-06 | | 204 | ",
            })
    void servesRecordings(
            String method,
            String path,
            @Nullable String body,
            int status,
            @Nullable String answer) {
        Response response = client.send(method, named(path), named(body), Map.of());

        assertEquals(status, response.status(), response.raw().body());
        assertEquals(call, gateway.orchestrator.last().command().call());
        assertEquals(named(answer), response.raw().body());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/calling/recordings/nonsense?api-version=2023-03-06",
        "GET,/calling/recordings/AAAAAAAAAAAAAAAAAAAAAQ?api-version=2023-03-06",
        "DELETE,/calling/serverCalls/OTHER/recordings/ID?api-version=2021-08-30-preview",
        "POST,/calling/recordings/CALL:pause?api-version=2023-03-06",
    })
    void knowsNoRecordingThatItNeverMade(String method, String path) {
        String other = gateway.ids.newCall(new Random(2)).toString();

        Response response = client.send(method, named(path).replace("OTHER", other), "", Map.of());

        assertEquals(404, response.status());
        assertTrue(response.raw().body().contains("8522"), response.raw().body());
        assertEquals(List.of(), gateway.orchestrator.requests());
    }

    @Test
    void theSameRequestStartsOneRecording() {
        String body = named("{'callLocator':{'serverCallId':'CALL'}}");
        Map<String, String> repeatable =
                Map.of(
                        "Repeatability-Request-ID",
                        "6f1c8a52-3f67-4f6e-9a54-2f1d7a5f0c11",
                        "Repeatability-First-Sent",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.now(ZoneOffset.UTC)));
        String path = "/calling/recordings?api-version=2026-03-12";

        client.send("POST", path, body, repeatable);
        client.send("POST", path, body, repeatable);

        assertEquals(
                1,
                gateway.orchestrator.requests().stream()
                        .map(request -> request.commandId())
                        .distinct()
                        .count());
    }

    private static String named(@Nullable String text) {
        return text == null
                ? ""
                : text.replace('\'', '"')
                        .replace("CALL", call.toString())
                        .replace("CONNECTION", call.connection(1).toString())
                        .replace("ID", call.recording(1).toString());
    }
}
