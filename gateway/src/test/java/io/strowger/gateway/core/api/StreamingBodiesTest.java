package io.strowger.gateway.core.api;

import static io.strowger.gateway.core.api.Bodies.CALL;
import static io.strowger.gateway.core.api.StreamBodies.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.stream.StreamOptions;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamSpec.Channels;
import io.strowger.contracts.stream.StreamSpec.Format;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class StreamingBodiesTest {
    private static final StreamBodies BODIES = new StreamBodies("mediaStreamingOptions");
    private static final String FEW =
            "'transportType':'websocket','transportUrl':'wss://app.example/a?k=1','audioChannelType':'mixed'";

    private static @Nullable StreamOptions ofCreate(ApiVersion version, String options)
            throws Exception {
        return BODIES.create(version, options).streaming();
    }

    @Test
    void takesDefaultsForWhatIsNotSaid() throws Exception {
        assertEquals(
                new StreamOptions(
                        new StreamSpec(
                                URI.create("wss://app.example/a?k=1"),
                                Channels.MIXED,
                                Format.PCM_16K_MONO,
                                false,
                                false),
                        false),
                ofCreate(ApiVersion.V2025_05_15, FEW));
    }

    @Test
    void readsAllThatCanBeSaidInLettersOfEitherCase() throws Exception {
        assertEquals(
                new StreamOptions(
                        new StreamSpec(
                                URI.create("ws://127.0.0.1:9/a"),
                                Channels.UNMIXED,
                                Format.PCM_24K_MONO,
                                true,
                                true),
                        true),
                ofCreate(
                        ApiVersion.V2026_03_12,
                        "'transportType':'WebSocket','transportUrl':'ws://127.0.0.1:9/a','audioChannelType':'Unmixed','contentType':'Audio',"
                                + "'audioFormat':'Pcm24KMono','startMediaStreaming':true,'enableBidirectional':true,'enableDtmfTones':true"));
    }

    @ParameterizedTest
    @EnumSource(value = ApiVersion.class, mode = Mode.MATCH_ANY, names = "V202[34].*")
    void earlierVersionsKnowNoStreaming(ApiVersion version) throws Exception {
        assertNull(ofCreate(version, "'transportType':7"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'transportType':'quic','transportUrl':'wss://a/','audioChannelType':'mixed' | transportType: it must be websocket",
                "'transportType':'websocket','audioChannelType':'mixed' | transportUrl: it is required",
                "'transportType':'websocket','transportUrl':'https://a/','audioChannelType':'mixed' | transportUrl: it must be an absolute URL (ws, wss)",
                "'transportType':'websocket','transportUrl':'wss:/a','audioChannelType':'mixed' | transportUrl: it must be an absolute URL (ws, wss)",
                "'transportType':'websocket','transportUrl':'wss://a/' | audioChannelType: it must be mixed or unmixed",
                "FEW,'contentType':'video' | contentType: it must be audio",
                "FEW,'audioFormat':'mp3' | audioFormat: it must be pcm16KMono or pcm24KMono",
                "FEW,'enableDtmfTones':'yes' | enableDtmfTones: it must be true or false",
            })
    void refusesOptionsThatCannotBeMet(String options, String message) {
        BODIES.assertRefused(message, options.replace("FEW", FEW));
    }

    @Test
    void readsThemWhenAnApplicationAnswersOrJoins() throws Exception {
        StreamOptions options = ofCreate(ApiVersion.V2026_03_12, FEW);

        assertEquals(options, BODIES.answer(FEW).streaming());
        assertEquals(options, BODIES.join(FEW).streaming());
    }

    @Test
    void readsWhenToStartAndStop() throws Exception {
        assertEquals(
                new CallCommand.StartStreaming(
                        CALL.connection(1), "c", URI.create("https://app.example/op")),
                ask(
                        ApiOperation.START_MEDIA_STREAMING,
                        "{'operationContext':'c','operationCallbackUri':'https://app.example/op'}"));
        assertEquals(
                new CallCommand.StopStreaming(CALL.connection(1), null, null),
                ask(ApiOperation.STOP_MEDIA_STREAMING, "{}"));
    }
}
