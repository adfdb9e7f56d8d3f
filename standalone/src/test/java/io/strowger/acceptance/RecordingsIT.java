package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2021;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.testsupport.Eventually;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls that are recorded: real phones that hum, files fetched as an application does.
class RecordingsIT extends PeopleStage {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A call of Ann and Ben, who hear each other.
    private String connect(String path) throws Exception {
        int annBefore = ann.phone.calls().size();
        int benBefore = ben.phone.calls().size();
        String connection =
                stage.request(
                                "POST",
                                "/calling/callConnections" + V2026,
                                """
                                {"targets":[{"kind":"phoneNumber","phoneNumber":{"value":"%s"}},
                                            {"kind":"phoneNumber","phoneNumber":{"value":"%s"}}],
                                 "sourceCallerIdNumber":{"value":"+15550100000"},"callbackUri":"%s"}\
                                """
                                        .formatted(ANN, BEN, stage.receiver.uri(path)),
                                201)
                        .path("callConnectionId")
                        .asText();
        ann.awaitAnswered(annBefore);
        ben.awaitAnswered(benBefore);
        ann.awaitHears(ben.toneHz);
        ben.awaitHears(ann.toneHz);
        return connection;
    }

    private String serverCall(String connection) throws Exception {
        return stage.request("GET", "/calling/callConnections/" + connection + V2026, "", 200)
                .path("serverCallId")
                .asText();
    }

    private JsonNode startRecording(String connection, String path, String further)
            throws Exception {
        return stage.request(
                "POST",
                "/calling/recordings" + V2026,
                """
                {"callConnectionId":"%s","recordingStateCallbackUri":"%s"%s}\
                """
                        .formatted(connection, stage.receiver.uri(path), further),
                200);
    }

    private JsonNode awaitFile(String recording) {
        return stage.awaitGridEvent(
                INCOMING,
                "RecordingFileStatusUpdated",
                event -> event.path("subject").asText().endsWith("/recordingId/" + recording));
    }

    private static JsonNode chunk(JsonNode file) {
        return file.path("recordingStorageInfo").path("recordingChunks").path(0);
    }

    private byte[] content(JsonNode file) throws Exception {
        HttpResponse<byte[]> got =
                stage.fetch("GET", chunk(file).path("contentLocation").asText(), Map.of());
        assertEquals(200, got.statusCode());
        return got.body();
    }

    private void awaitState(String path, String recording, String state, int times) {
        Eventually.holds(
                SOON,
                () ->
                        stage.events(path).stream()
                                        .map(event -> event.path("data"))
                                        .filter(data ->
                                                data.path("recordingId").asText().equals(recording)
                                                        && data.path("state")
                                                                .asText()
                                                                .equals(state))
                                        .count()
                                >= times,
                () -> state + " for the " + times + ". time; so far " + stage.events(path));
    }

    private void humFor(double seconds) {
        int from = ann.call().heard().length;
        Eventually.holds(
                SOON,
                () -> ann.call().heard().length >= from + seconds * 8000,
                () -> "the call goes on");
    }

    @Test
    void aCallIsRecordedPausedFetchedInPartsAndDeleted() throws Exception {
        String connection = connect("/mixed");
        JsonNode started = startRecording(connection, "/mixed-state", "");
        String recording = started.path("recordingId").asText();
        assertEquals("active", started.path("recordingState").asText());
        awaitState("/mixed-state", recording, "active", 1);
        humFor(1.5);
        stage.request("POST", "/calling/recordings/" + recording + ":pause" + V2026, "", 202);
        awaitState("/mixed-state", recording, "inactive", 1);
        humFor(1.0);
        assertEquals(
                "inactive",
                stage.request("GET", "/calling/recordings/" + recording + V2026, "", 200)
                        .path("recordingState")
                        .asText());
        stage.request("POST", "/calling/recordings/" + recording + ":resume" + V2026, "", 202);
        awaitState("/mixed-state", recording, "active", 2);
        humFor(1.0);
        stage.request("DELETE", "/calling/recordings/" + recording + V2026, "", 204);
        awaitState("/mixed-state", recording, "inactive", 2);

        JsonNode file = awaitFile(recording);
        byte[] content = content(file);
        Recorded recorded = Recorded.of(content);
        assertEquals(1, recorded.channels().length);
        assertEquals(
                file.path("recordingDurationMs").asLong(), recorded.durationMs(), 1, "duration");
        recorded.assertHas(0, ann.toneHz, 2000);
        recorded.assertHas(0, ben.toneHz, 2000);
        JsonNode metadata =
                JSON.readTree(
                        stage.fetch("GET", chunk(file).path("metadataLocation").asText(), Map.of())
                                .body());
        assertEquals(1, metadata.path("pauseResumeIntervals").size(), metadata::toString);
        long pausedMs = metadata.path("pauseResumeIntervals").path(0).path("duration").asLong();
        assertTrue(pausedMs >= 900 && pausedMs < 6000, () -> "paused " + pausedMs + " ms");
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)),
                metadata.path("sha256").asText());
        assertPartsAndDeletion(file, content);
        stage.act(connection, ":terminate", "", 204);
        System.out.println(
                "mixed: "
                        + recorded.durationMs()
                        + " ms, "
                        + recorded.heardMs(0, ann.toneHz)
                        + " ms of ann, "
                        + recorded.heardMs(0, ben.toneHz)
                        + " ms of ben, paused "
                        + pausedMs
                        + " ms");
    }

    private void assertPartsAndDeletion(JsonNode file, byte[] content) throws Exception {
        String url = chunk(file).path("contentLocation").asText();
        HttpResponse<byte[]> part = stage.fetch("GET", url, Map.of("Range", "bytes=100-199"));
        assertEquals(206, part.statusCode());
        assertEquals(
                "bytes 100-199/" + content.length,
                part.headers().firstValue("Content-Range").orElse(""));
        assertEquals(
                HexFormat.of().formatHex(Arrays.copyOfRange(content, 100, 200)),
                HexFormat.of().formatHex(part.body()));
        HttpResponse<byte[]> beyond =
                stage.fetch("GET", url, Map.of("Range", "bytes=" + content.length + "-"));
        assertEquals(416, beyond.statusCode());

        String delete = chunk(file).path("deleteLocation").asText();
        assertEquals(200, stage.fetch("DELETE", delete, Map.of()).statusCode());
        HttpResponse<byte[]> gone = stage.fetch("GET", url, Map.of());
        assertEquals(404, gone.statusCode());
        assertTrue(
                JSON.readTree(new String(gone.body(), StandardCharsets.UTF_8)).has("message"),
                "a JSON error");
    }

    @Test
    void everyParticipantHasAChannelWhenUnmixed() throws Exception {
        String connection = connect("/unmixed");
        String recording =
                startRecording(
                                connection,
                                "/unmixed-state",
                                """
                                ,"recordingChannelType":"unmixed","recordingFormatType":"wav",
                                "audioChannelParticipantOrdering":[{"rawId":"4:%s"},{"rawId":"4:%s"}]\
                                """
                                        .formatted(BEN, ANN))
                        .path("recordingId")
                        .asText();
        humFor(2);
        stage.act(connection, ":terminate", "", 204); // it ends with the call

        JsonNode file = awaitFile(recording);
        assertEquals("CallEnded", file.path("sessionEndReason").asText());
        assertEquals("Unmixed", file.path("recordingChannelType").asText());
        Recorded recorded = Recorded.of(content(file));
        assertEquals(2, recorded.channels().length);
        recorded.assertHas(0, ben.toneHz, 1500);
        recorded.assertHasNot(0, ann.toneHz);
        recorded.assertHas(1, ann.toneHz, 1500);
        recorded.assertHasNot(1, ben.toneHz);
        System.out.println(
                "unmixed: channel 0 has "
                        + recorded.heardMs(0, ben.toneHz)
                        + " ms of ben, channel 1 "
                        + recorded.heardMs(1, ann.toneHz)
                        + " ms of ann, of "
                        + recorded.durationMs());
    }

    @Test
    void severalRecordingsOfOneCallOneOfThemAsMp3InThe2021Line() throws Exception {
        String connection = connect("/both");
        String calling = "/calling/serverCalls/" + serverCall(connection) + "/recordings";
        String first =
                stage.request(
                                "POST",
                                calling + V2021,
                                """
                                {"recordingStateCallbackUri":"%s","recordingFormatType":"mp3"}\
                                """
                                        .formatted(stage.receiver.uri("/mp3-state")),
                                200)
                        .path("recordingId")
                        .asText();
        String second = startRecording(connection, "/wav-state", "").path("recordingId").asText();
        stage.awaitEvent("/mp3-state", "CallRecordingStateChanged");
        humFor(1.5);
        assertEquals(
                "active",
                stage.request("GET", calling + "/" + first + V2021, "", 200)
                        .path("recordingState")
                        .asText());
        stage.request("DELETE", calling + "/" + first + V2021, "", 200);

        JsonNode mp3 = awaitFile(first);
        assertEquals("Mp3", mp3.path("recordingFormatType").asText());
        byte[] content = content(mp3);
        assertEquals(0xFF, content[0] & 0xFF, "an MPEG frame");
        assertEquals(0xE0, content[1] & 0xE0, "an MPEG frame");
        assertEquals(
                "active",
                stage.request("GET", "/calling/recordings/" + second + V2026, "", 200)
                        .path("recordingState")
                        .asText());
        stage.act(connection, ":terminate", "", 204);
        Recorded.of(content(awaitFile(second))).assertHas(0, ann.toneHz, 1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'recordingContentType':'audioVideo' | audio only",
                "'recordingFormatType':'mp4' | audio only",
                "'recordingChannelType':'unmixed','recordingFormatType':'mp3' | must be wav",
            })
    void refusesWhatIsNoAudio(String field, String message) throws Exception {
        String connection = connect("/refused");

        JsonNode refused =
                stage.request(
                        "POST",
                        "/calling/recordings" + V2026,
                        "{\"callConnectionId\":\""
                                + connection
                                + "\","
                                + field.replace('\'', '"')
                                + "}",
                        400);

        String said = refused.path("error").path("message").asText();
        assertTrue(said.contains(message), said);
        stage.act(connection, ":terminate", "", 204);
    }

    @Test
    void knowsWhichCallsCanBeRecorded() throws Exception {
        String connection = connect("/over");
        String call = serverCall(connection);
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/over", "CallDisconnected");

        JsonNode over =
                stage.request(
                        "POST",
                        "/calling/recordings" + V2026,
                        "{\"callLocator\":{\"serverCallId\":\"" + call + "\"}}",
                        400);
        assertEquals("8528", over.path("error").path("code").asText());
        JsonNode unknown =
                stage.request("POST", "/calling/recordings/" + call + ":pause" + V2026, "", 404);
        assertEquals("8522", unknown.path("error").path("code").asText());
        assertFalse(unknown.path("error").path("message").asText().isEmpty());
    }
}
