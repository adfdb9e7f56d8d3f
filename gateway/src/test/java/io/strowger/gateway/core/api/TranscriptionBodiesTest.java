package io.strowger.gateway.core.api;

import static io.strowger.gateway.core.api.Bodies.CALL;
import static io.strowger.gateway.core.api.Bodies.assertRefused;
import static io.strowger.gateway.core.api.StreamBodies.ask;
import static io.strowger.gateway.core.api.StreamBodies.endpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.stream.TranscriptionOptions;
import io.strowger.contracts.stream.TranscriptionSpec;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptionBodiesTest {
    private static final StreamBodies BODIES = new StreamBodies("transcriptionOptions");
    private static final String FEW =
            "'transportType':'websocket','transportUrl':'wss://app.example/w?k=1','locale':'en-US'";
    private static final URI OWN = URI.create("https://app.example/op");

    private static @Nullable TranscriptionOptions ofCreate(ApiVersion version, String options)
            throws Exception {
        return BODIES.create(version, options).transcription();
    }

    @Test
    void takesDefaultsForWhatIsNotSaid() throws Exception {
        assertEquals(
                new TranscriptionOptions(
                        new TranscriptionSpec(
                                URI.create("wss://app.example/w?k=1"), "en-US", null, false),
                        false),
                ofCreate(ApiVersion.V2025_05_15, FEW + ",'speechModelEndpointId':''"));
    }

    @Test
    void readsAllThatCanBeSaid() throws Exception {
        assertEquals(
                new TranscriptionOptions(
                        new TranscriptionSpec(
                                URI.create("ws://127.0.0.1:9/w"), "zh-Hans-CN", "own", true),
                        true),
                ofCreate(
                        ApiVersion.V2026_03_12,
                        "'transportType':'WebSocket','transportUrl':'ws://127.0.0.1:9/w','locale':'zh-Hans-CN',"
                                + "'speechModelEndpointId':'own','startTranscription':true,'enableIntermediateResults':true"));
    }

    @ParameterizedTest
    @EnumSource(value = ApiVersion.class, mode = Mode.MATCH_ANY, names = "V202[34].*")
    void earlierVersionsKnowNoTranscription(ApiVersion version) throws Exception {
        assertNull(ofCreate(version, "'transportType':7"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'transportUrl':'wss://a/','locale':'en-US' | transportType: it must be websocket",
                "'transportType':'websocket','locale':'en-US' | transportUrl: it is required",
                "'transportType':'websocket','locale':'en-US','transportUrl':'https://a/' | transportUrl: it must be an absolute URL (ws, wss)",
                "'transportType':'websocket','transportUrl':'wss://a/' | locale: it is required",
                "'transportType':'websocket','transportUrl':'wss://a/','locale':' ' | locale: it must not be blank",
                "'transportType':'websocket','transportUrl':'wss://a/','locale':'en' | locale: it must be a language with a region, such as en-US",
                "FEW,'enableIntermediateResults':1 | enableIntermediateResults: it must be true or false",
            })
    void refusesOptionsThatCannotBeMet(String options, String message) {
        BODIES.assertRefused(message, options.replace("FEW", FEW));
    }

    @Test
    void readsThemWhenAnApplicationAnswersOrJoins() throws Exception {
        TranscriptionOptions options = ofCreate(ApiVersion.V2026_03_12, FEW);

        assertEquals(options, BODIES.answer(FEW).transcription());
        assertEquals(options, BODIES.join(FEW).transcription());
    }

    @Test
    void readsWhenToStartChangeAndStop() throws Exception {
        assertEquals(
                new CallCommand.StartTranscription(CALL.connection(1), "de-DE", "own", "c", OWN),
                ask(
                        ApiOperation.START_TRANSCRIPTION,
                        "{'locale':'de-DE','speechModelEndpointId':'own','operationContext':'c','operationCallbackUri':'https://app.example/op'}"));
        assertEquals(
                new CallCommand.StartTranscription(CALL.connection(1), null, null, null, null),
                ask(ApiOperation.START_TRANSCRIPTION, "{}"));
        assertEquals(
                new CallCommand.UpdateTranscription(CALL.connection(1), "de-DE", null, "c", OWN),
                ask(
                        ApiOperation.UPDATE_TRANSCRIPTION,
                        "{'locale':'de-DE','operationContext':'c','operationCallbackUri':'https://app.example/op'}"));
        assertEquals(
                new CallCommand.StopTranscription(CALL.connection(1), null, null),
                ask(ApiOperation.STOP_TRANSCRIPTION, "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'locale':'','speechModelEndpointId':' '}"})
    void aChangeMustSayWhatToChange(String body) {
        assertRefused(
                "Invalid locale: it is required",
                endpoint(ApiOperation.UPDATE_TRANSCRIPTION),
                ApiVersion.V2026_03_12,
                body);
    }
}
