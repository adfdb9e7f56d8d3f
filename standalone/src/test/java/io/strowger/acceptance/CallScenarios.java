package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.NUMBER;
import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2021;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.media.tone.ToneDetector;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneCall.State;
import io.strowger.phone.PhoneSettings;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.WebhookReceiver.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Calls to the built-in phone, on whatever broker the subclass brings.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CallScenarios {
    private static final PhoneSettings ANY = PhoneSettings.listening("127.0.0.1", 0);
    private static final String BUSY = "+25550100001";
    private static final String AWAY = "+35550100001";
    private Phone phone;
    private Phone busy;
    private Phone away;
    private Stage stage;

    /// Settings that name the broker; none: the embedded one.
    abstract Map<String, String> broker();

    /// Where the services run: in this process, unless the subclass has another place.
    Stage open(Path data, Map<String, String> phones, Map<String, String> settings)
            throws Exception {
        return Stage.open(data, phones, settings);
    }

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        Map<String, String> settings = new HashMap<>(broker());
        settings.put("STROWGER_CALLS_RINGTIMEOUT", "2s");
        phone = Phone.start(ANY);
        busy = Phone.start(ANY.withReject(486));
        away = Phone.start(ANY.withAnswerAfter(null));
        stage =
                open(
                        data,
                        Map.of("+1", phone.address(), "+2", busy.address(), "+3", away.address()),
                        settings);
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
        phone.close();
        busy.close();
        away.close();
    }

    @Test
    void aPromptIsHeardAndAKeyIsRecognized() throws Exception {
        String connection = stage.create(NUMBER, "/reminder");
        stage.awaitEvent("/reminder", "CallConnected");
        PhoneCall call = latest(phone);

        stage.act(
                connection,
                ":recognize",
                """
                {"recognizeInputType":"dtmf","operationContext":"confirm",
                 "playPrompt":{"kind":"file","file":{"uri":"%s"}},
                 "recognizeOptions":{"targetParticipant":{"rawId":"4:%s"},
                   "interruptPrompt":true,"initialSilenceTimeoutInSeconds":10,
                   "dtmfOptions":{"maxTonesToCollect":2,"stopTones":["pound"]}}}\
                """
                        .formatted(stage.tone(440, 1000), NUMBER),
                202);
        assertTrue(call.await(c -> ToneDetector.heardMs(c.heard(), 440) >= 800, SOON));
        call.press("17");
        JsonNode recognized = stage.awaitEvent("/reminder", "RecognizeCompleted");
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/reminder", "CallDisconnected");

        assertEquals("[\"one\",\"seven\"]", recognized.path("dtmfResult").path("tones").toString());
        assertEquals("confirm", recognized.path("operationContext").asText());
        assertEquals(8531, recognized.path("resultInformation").path("subCode").asInt());
        assertTrue(call.awaitState(State.ENDED, SOON));
        assertEquals(
                List.of(
                        "CallConnected",
                        "ParticipantsUpdated",
                        "PlayStarted",
                        "RecognizeCompleted",
                        "CallDisconnected"),
                stage.types("/reminder"));
        stage.assertGapFree("/reminder");
    }

    @Test
    void aBusyNumberFailsTheCall() throws Exception {
        stage.create(BUSY, "/busy");

        JsonNode failed = stage.awaitEvent("/busy", "CreateCallFailed");

        assertEquals(486, failed.path("resultInformation").path("code").asInt());
        assertEquals(560486, failed.path("resultInformation").path("subCode").asInt());
        assertEquals(List.of("CreateCallFailed"), stage.types("/busy"));
    }

    @Test
    void aNumberThatNobodyAnswersIsCancelled() throws Exception {
        stage.create(AWAY, "/away");

        JsonNode failed = stage.awaitEvent("/away", "CreateCallFailed");

        assertEquals(560487, failed.path("resultInformation").path("subCode").asInt());
        assertEquals(
                "cancelled by the far end",
                away.awaitCall(call -> call.state() == State.ENDED, SOON).endReason());
    }

    @Test
    void aNumberWithoutARouteFailsTheCall() throws Exception {
        stage.create("+995550100001", "/nowhere");

        JsonNode failed = stage.awaitEvent("/nowhere", "CreateCallFailed");

        assertEquals(511532, failed.path("resultInformation").path("subCode").asInt());
    }

    @Test
    void theFarEndHangsUp() throws Exception {
        stage.create(NUMBER, "/hangup");
        stage.awaitEvent("/hangup", "CallConnected");

        latest(phone).hangUp();

        JsonNode over = stage.awaitEvent("/hangup", "CallDisconnected");
        assertEquals(200, over.path("resultInformation").path("code").asInt());
        assertEquals(560000, over.path("resultInformation").path("subCode").asInt());
    }

    @Test
    void aLoopedPromptPlaysUntilItIsCancelled() throws Exception {
        String connection = stage.create(NUMBER, "/loop");
        stage.awaitEvent("/loop", "CallConnected");
        PhoneCall call = latest(phone);

        stage.play(connection, stage.tone(700, 400), true);
        assertTrue(call.await(c -> ToneDetector.heardMs(c.heard(), 700) >= 1500, SOON));
        stage.act(connection, ":cancelAllMediaOperations", "", 202);

        JsonNode canceled = stage.awaitEvent("/loop", "PlayCanceled");
        assertEquals(8508, canceled.path("resultInformation").path("subCode").asInt());
        int heardMs = ToneDetector.heardMs(call.heard(), 700);
        long packets = call.packetsReceived();
        assertTrue(call.await(c -> c.packetsReceived() >= packets + 25, SOON));
        assertTrue(ToneDetector.heardMs(call.heard(), 700) <= heardMs + 200);
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/loop", "CallDisconnected");
    }

    @Test
    void promptsPlayOneAfterTheOtherAndAnInterruptingOneAtOnce() throws Exception {
        String connection = stage.create(NUMBER, "/queue");
        stage.awaitEvent("/queue", "CallConnected");
        PhoneCall call = latest(phone);

        stage.play(connection, stage.tone(500, 300), false);
        stage.play(connection, stage.tone(900, 60_000), false);
        stage.awaitEvent("/queue", "PlayCompleted");
        assertTrue(call.await(c -> ToneDetector.heardMs(c.heard(), 900) >= 200, SOON));
        stage.act(
                connection,
                ":play",
                """
                {"playSources":[{"kind":"file","file":{"uri":"%s"}}],
                 "interruptCallMediaOperation":true,"operationContext":"third"}\
                """
                        .formatted(stage.tone(1300, 300)),
                202);

        stage.awaitEvent("/queue", "PlayCanceled");
        stage.awaitEvent(
                "/queue",
                "PlayCompleted",
                data -> data.path("operationContext").asText().equals("third"));
        assertTrue(ToneDetector.heardMs(call.heard(), 500) >= 200);
        assertTrue(call.await(c -> ToneDetector.heardMs(c.heard(), 1300) >= 200, SOON));
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/queue", "CallDisconnected");
    }

    @Test
    void promptsThatAreMissingOrNoAudioFailWithTheirReason() throws Exception {
        String connection = stage.create(NUMBER, "/bad");
        stage.awaitEvent("/bad", "CallConnected");

        stage.play(connection, stage.prompts.uri("missing.wav"), false);
        JsonNode missing = stage.awaitEvent("/bad", "PlayFailed");
        stage.play(
                connection,
                stage.prompts.put("text.wav", "no audio".getBytes(StandardCharsets.UTF_8)),
                false);
        JsonNode noAudio =
                stage.awaitEvent(
                        "/bad",
                        "PlayFailed",
                        data -> data.path("resultInformation").path("subCode").asInt() == 8535);

        assertEquals(8536, missing.path("resultInformation").path("subCode").asInt());
        assertEquals(0, noAudio.path("failedPlaySourceIndex").asInt(-1));
        stage.act(connection, ":terminate", "", 204);
        stage.awaitEvent("/bad", "CallDisconnected");
        stage.act(connection, ":play", "{\"playSources\":[]}", 400);
    }

    @Test
    void theLineOf2021SpeaksItsOwnWords() throws Exception {
        String connection =
                stage.request(
                                "POST",
                                "/calling/callConnections" + V2021,
                                """
                                {"source":{"communicationUser":{"id":"8:acs:app_1"}},
                                 "targets":[{"phoneNumber":{"value":"%s"}}],
                                 "alternateCallerId":{"value":"+15550100000"},
                                 "callbackUri":"%s","requestedMediaTypes":["audio"],
                                 "requestedCallEvents":["participantsUpdated","dtmfReceived"]}\
                                """
                                        .formatted(NUMBER, stage.receiver.uri("/old")),
                                201)
                        .path("callConnectionId")
                        .asText();
        String path = "/calling/callConnections/" + connection;
        stage.awaitEvent(
                "/old",
                "CallConnectionStateChanged",
                data -> data.path("callConnectionState").asText().equals("connected"));
        PhoneCall call = latest(phone);

        call.press("5#");
        stage.awaitEvent(
                "/old",
                "DtmfReceived",
                data -> data.path("toneInfo").path("tone").asText().equals("pound"));
        JsonNode playing =
                stage.request(
                        "POST",
                        path + "/:playAudio" + V2021,
                        """
                        {"audioFileUri":"%s","loop":true,"operationContext":"music"}\
                        """
                                .formatted(stage.tone(600, 500)),
                        202);
        assertEquals("running", playing.path("status").asText());
        assertTrue(call.await(c -> ToneDetector.heardMs(c.heard(), 600) >= 800, SOON));
        JsonNode cancelled =
                stage.request("POST", path + "/:cancelAllMediaOperations" + V2021, "{}", 200);
        JsonNode played = stage.awaitEvent("/old", "PlayAudioResult");
        stage.request("POST", path + "/:hangup" + V2021, "", 202);
        stage.awaitEvent(
                "/old",
                "CallConnectionStateChanged",
                data -> data.path("callConnectionState").asText().equals("disconnected"));

        assertEquals("completed", cancelled.path("status").asText());
        assertEquals(8508, played.path("resultInfo").path("subcode").asInt());
        assertEquals("music", played.path("operationContext").asText());
        stage.assertGapFree("/old");
    }

    @Test
    void aReceiverThatWasDownGetsEverythingInOrderOnceItIsBack() throws Exception {
        stage.receiver.answer(
                request -> Answer.status(request.uri().getPath().equals("/down") ? 503 : 200));
        String connection = stage.create(NUMBER, "/down");
        Eventually.holds("a first try", SOON, () -> !stage.events("/down").isEmpty());
        stage.act(connection, ":terminate", "", 204);
        String other = stage.create(NUMBER, "/beside");
        stage.awaitEvent("/beside", "CallConnected");
        stage.act(other, ":terminate", "", 204);
        stage.awaitEvent("/beside", "CallDisconnected");
        assertEquals(1, stage.types("/down").stream().distinct().count());

        stage.receiver.answer(request -> Answer.status(200));

        stage.awaitEvent("/down", "CallDisconnected");
        stage.assertGapFree("/down");
    }

    @Test
    void aCallCanBeAskedAboutWhileItIsUpAndAfter() throws Exception {
        String connection = stage.create(NUMBER, "/ask");
        stage.awaitEvent("/ask", "CallConnected");
        String path = "/calling/callConnections/" + connection;

        JsonNode up = stage.request("GET", path + V2026, "", 200);
        JsonNode people = stage.request("GET", path + "/participants" + V2026, "", 200);
        JsonNode one =
                stage.request("GET", path + "/participants/4%3A%2B15550100001" + V2026, "", 200);
        stage.request("DELETE", path + V2026, "", 204);
        stage.awaitEvent("/ask", "CallDisconnected");
        JsonNode over = stage.request("GET", path + V2026, "", 200);

        assertEquals("connected", up.path("callConnectionState").asText());
        assertEquals(
                "4:" + NUMBER,
                people.path("value").path(0).path("identifier").path("rawId").asText());
        assertEquals("4:" + NUMBER, one.path("identifier").path("rawId").asText());
        assertEquals("disconnected", over.path("callConnectionState").asText());
        stage.act(connection, ":cancelAllMediaOperations", "", 400);
    }

    @Test
    void badRequestsGetTheErrorBodyOfTheContract() throws Exception {
        JsonNode malformed =
                stage.request("POST", "/calling/callConnections" + V2026, "{\"targets\":", 400);
        JsonNode version =
                stage.request("POST", "/calling/callConnections?api-version=2020-01-01", "{}", 400);
        JsonNode forged =
                stage.request(
                        "GET",
                        "/calling/callConnections/6f9619ff-8b86-d011-b42d-00c04fc964ff" + V2026,
                        "",
                        404);

        assertEquals("8523", malformed.path("error").path("code").asText());
        assertTrue(version.path("error").path("message").asText().contains("2026-03-12"));
        assertEquals("8522", forged.path("error").path("code").asText());
    }

    /// The newest call of a phone; tests of this class run one after another.
    private static PhoneCall latest(Phone phone) throws InterruptedException {
        PhoneCall call = phone.awaitCall(c -> c.state() == State.ANSWERED, SOON);
        assertTrue(call.await(c -> c.packetsReceived() > 0, Duration.ofSeconds(5)));
        return call;
    }
}
