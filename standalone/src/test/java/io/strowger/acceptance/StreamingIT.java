package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.StreamReceiver;
import io.strowger.testsupport.StreamReceiver.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls that are streamed to a WebSocket server and spoken into by it: real phones that hum.
class StreamingIT extends PeopleStage {
    private static final double APP_HZ = 1700;
    private static final int LOUD = 8000;
    private StreamReceiver application;

    @BeforeEach
    void listen() throws Exception {
        application = StreamReceiver.start();
    }

    @AfterEach
    void stopListening() throws Exception {
        application.close();
    }

    private String call(String path, String options, String... numbers) throws Exception {
        return streamedCall(
                path,
                "mediaStreamingOptions",
                application.uri("/audio" + path),
                "\"contentType\":\"audio\"," + options,
                numbers);
    }

    private Session session() {
        Eventually.holds("the stream is connected", SOON, () -> !application.sessions().isEmpty());
        return application.sessions().getFirst();
    }

    /// Waits until somebody's last half second has that tone.
    private static void awaitTone(
            Session session, @Nullable String who, int sampleRate, double hz) {
        Eventually.holds(
                SOON,
                () -> amplitude(session, who, sampleRate, hz) > 2500,
                () -> hz + " Hz of " + who + " in " + session.frames("AudioData").size());
    }

    private static double amplitude(
            Session session, @Nullable String who, int sampleRate, double hz) {
        short[] samples = session.samples(who);
        int from = Math.max(0, samples.length - sampleRate / 2);
        return ToneDetector.amplitude(
                samples, from, samples.length, hz * Tones.SAMPLE_RATE / sampleRate);
    }

    private static short[] tone(int sampleRate, double hz, int seconds) {
        short[] samples = new short[sampleRate * seconds];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (LOUD * Math.sin(2 * Math.PI * hz * i / sampleRate));
        }
        return samples;
    }

    private String subscriptionState(String connection) throws Exception {
        return stage.request("GET", "/calling/callConnections/" + connection + V2026, "", 200)
                .path("mediaStreamingSubscription")
                .path("state")
                .asText();
    }

    private static JsonNode update(JsonNode event) {
        return event.path("mediaStreamingUpdate");
    }

    @Test
    void anApplicationHearsAPhoneSpeaksToItFallsSilentAndStops() throws Exception {
        int before = ann.phone.calls().size();
        String connection =
                call(
                        "/talk",
                        """
                        "audioChannelType":"mixed","startMediaStreaming":true,
                        "enableBidirectional":true,"enableDtmfTones":true\
                        """,
                        ANN);
        ann.awaitAnswered(before);
        JsonNode started = stage.awaitEvent("/talk", "MediaStreamingStarted");
        assertEquals("call", started.path("operationContext").asText());
        assertEquals(
                "{\"contentType\":\"Audio\",\"mediaStreamingStatus\":\"mediaStreamingStarted\","
                        + "\"mediaStreamingStatusDetails\":\"subscriptionStarted\"}",
                update(started).toString());
        assertEquals("active", subscriptionState(connection));
        Session session = session();
        assertEquals(connection, session.header("x-ms-call-connection-id"));
        assertEquals(
                started.path("correlationId").asText(), session.header("x-ms-call-correlation-id"));
        awaitTone(session, null, 16_000, ann.toneHz);

        session.say(tone(16_000, APP_HZ, 4));
        session.say(tone(16_000, APP_HZ, 4));
        ann.awaitHears(APP_HZ);
        assertEquals(
                0,
                amplitude(session, null, 16_000, APP_HZ),
                300,
                "the application does not hear itself");
        ann.call().press("5");
        Eventually.holds("the key", SOON, () -> !session.frames("DtmfData").isEmpty());
        session.send("{\"Kind\":\"StopAudio\",\"AudioData\":null,\"StopAudio\":{}}");
        Eventually.holds("the application is silent", SOON, () -> !ann.hears(APP_HZ));
        assertTrue(ann.heardMs(APP_HZ) < 7000, "it was cut");

        stage.act(connection, ":stopMediaStreaming", "{\"operationContext\":\"enough\"}", 202);
        JsonNode stopped = stage.awaitEvent("/talk", "MediaStreamingStopped");
        assertEquals("enough", stopped.path("operationContext").asText());
        assertEquals(
                "subscriptionStopped",
                update(stopped).path("mediaStreamingStatusDetails").asText());
        Eventually.holds("the stream is closed", SOON, session::isClosed);
        assertEquals(1000, session.closeStatus());
        assertEquals("inactive", subscriptionState(connection));
        stage.act(connection, ":stopMediaStreaming", "{}", 400);
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/talk", "CallDisconnected");
        stage.assertGapFree("/talk");
    }

    @Test
    void voicesCanBeToldApartAndAReceiverThatStallsHurtsNobody() throws Exception {
        int annBefore = ann.phone.calls().size();
        int benBefore = ben.phone.calls().size();
        String connection =
                call(
                        "/apart",
                        "\"audioChannelType\":\"unmixed\",\"audioFormat\":\"pcm24KMono\"",
                        ANN,
                        BEN);
        ann.awaitAnswered(annBefore);
        ben.awaitAnswered(benBefore);
        ann.awaitHears(ben.toneHz);
        assertEquals("inactive", subscriptionState(connection));
        stage.act(connection, ":startMediaStreaming", "{\"operationContext\":\"apart\"}", 202);
        JsonNode started = stage.awaitEvent("/apart", "MediaStreamingStarted");
        assertEquals("apart", started.path("operationContext").asText());
        Session session = session();
        awaitTone(session, "4:" + ANN, 24_000, ann.toneHz);
        awaitTone(session, "4:" + BEN, 24_000, ben.toneHz);
        assertOnly(session, "4:" + ANN, ann.toneHz, ben.toneHz);
        assertOnly(session, "4:" + BEN, ben.toneHz, ann.toneHz);
        session.say(tone(24_000, APP_HZ, 1));

        session.stall();
        for (int halfSecond = 0; halfSecond < 6; halfSecond++) {
            assertTrue(ann.hears(ben.toneHz), "Ann hears Ben");
            assertTrue(ben.hears(ann.toneHz), "Ben hears Ann");
        }

        assertFalse(ann.hears(APP_HZ), "the stream is of one direction");
        session.goOn();
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/apart", "MediaStreamingStopped");
        stage.awaitEvent("/apart", "CallDisconnected");
        Eventually.holds("the stream is closed", SOON, session::isClosed);
    }

    /// Of a few frames that begin anywhere, a neighbouring tone is never quite zero.
    private static void assertOnly(Session session, String who, double own, double other) {
        double heard = amplitude(session, who, 24_000, own);
        double strange = amplitude(session, who, 24_000, other);
        assertTrue(strange < heard / 8, strange + " beside " + heard);
    }

    @Test
    void aStreamThatIsRefusedFailsAndTheCallGoesOn() throws Exception {
        application.refuse(401);
        int before = ann.phone.calls().size();
        String connection =
                call(
                        "/refused",
                        "\"audioChannelType\":\"mixed\",\"startMediaStreaming\":true",
                        ANN);
        ann.awaitAnswered(before);

        JsonNode failed = stage.awaitEvent("/refused", "MediaStreamingFailed");

        assertEquals(401, failed.path("resultInformation").path("code").asInt());
        assertEquals(
                "authenticationFailure",
                update(failed).path("mediaStreamingStatusDetails").asText());
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/refused", "CallDisconnected");
    }

    @Test
    void whereNothingUnderstandsSpeechTranscriptionFails() throws Exception {
        int before = ann.phone.calls().size();
        String connection =
                stage.request(
                                "POST",
                                "/calling/callConnections" + V2026,
                                """
                                {"targets":[{"kind":"phoneNumber","phoneNumber":{"value":"%s"}}],
                                 "sourceCallerIdNumber":{"value":"+15550100000"},"callbackUri":"%s",
                                 "transcriptionOptions":{"transportType":"websocket",
                                   "transportUrl":"%s","locale":"en-US"}}\
                                """
                                        .formatted(
                                                ANN,
                                                stage.receiver.uri("/deaf"),
                                                application.uri("/words")),
                                201)
                        .path("callConnectionId")
                        .asText();
        ann.awaitAnswered(before);
        stage.awaitEvent("/deaf", "CallConnected");

        stage.act(connection, ":startTranscription", "{\"operationContext\":\"words\"}", 202);

        JsonNode failed = stage.awaitEvent("/deaf", "TranscriptionFailed");
        assertEquals("words", failed.path("operationContext").asText());
        assertEquals(405, failed.path("resultInformation").path("code").asInt());
        assertEquals(8522, failed.path("resultInformation").path("subCode").asInt());
        assertEquals(
                "{\"transcriptionStatus\":\"transcriptionFailed\","
                        + "\"transcriptionStatusDetails\":\"speechServicesConnectionError\"}",
                failed.path("transcriptionUpdate").toString());
        assertTrue(application.sessions().isEmpty());
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/deaf", "CallDisconnected");
    }
}
