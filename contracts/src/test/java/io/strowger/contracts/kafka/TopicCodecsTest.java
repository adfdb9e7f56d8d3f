package io.strowger.contracts.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand.CreateCall;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.media.MediaEvent.RecognizeEnded;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.recording.AudioChunk;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicCodecsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private final ServerCallId call = new CallIds(new byte[32]).newCall(new SplittableRandom(5));

    @Test
    void readsBackTheCommandItWrote() throws UndecodableException {
        CallRequest request =
                new CallRequest(
                        new CommandId(new UUID(1, 2)),
                        null,
                        ApiVersion.V2026_03_12,
                        NOW,
                        new CreateCall(
                                call.connection(1),
                                List.of(new PhoneNumber("+15550100001")),
                                null,
                                new PhoneNumber("+15550100000"),
                                "Reminder",
                                URI.create("https://app.example/events?secret=1"),
                                "ctx",
                                new UUID(3, 4),
                                Set.of(),
                                null,
                                null));

        byte[] json = Topics.CALL_COMMANDS.codec().encode(request);

        assertEquals(request, Topics.CALL_COMMANDS.codec().decode(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[]", "{\"commandId\":null}", "{\"command\":{}}"})
    void refusesACommandThatLacksWhatItMustHave(String json) {
        assertThrows(
                UndecodableException.class,
                () -> Topics.CALL_COMMANDS.codec().decode(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void writesIdsAsTextAndTheCaseInType() {
        Placement placement = new Placement(new WorkerId(3), 17, 1);
        RecognizeEnded ended =
                new RecognizeEnded(
                        new OperationId(new UUID(0, 9)),
                        RecognizeOutcome.MAX_TONES,
                        List.of(Tone.ONE),
                        null,
                        null,
                        null);

        String json =
                new String(
                        Topics.MEDIA_EVENTS
                                .codec()
                                .encode(new MediaReport(call, placement, NOW, ended)),
                        StandardCharsets.UTF_8);

        assertEquals(
                "{\"call\":\""
                        + call
                        + "\",\"placement\":{\"worker\":\"3\",\"workerEpoch\":17,\"placementEpoch\":1},\"at\":\"2026-01-02T03:04:05.678Z\","
                        + "\"event\":{\"type\":\"RecognizeEnded\",\"operationId\":\"00000000-0000-0000-0000-000000000009\","
                        + "\"outcome\":\"MAX_TONES\",\"tones\":[\"ONE\"]}}",
                json);
    }

    @Test
    void refusesWhatIsNotJsonAndWhatIsOfNoKnownType() {
        assertThrows(UndecodableException.class, () -> decodeCommand("not json"));
        assertThrows(UndecodableException.class, () -> decodeCommand("null"));
        assertThrows(
                UndecodableException.class,
                () -> decodeCommand("{\"command\":{\"type\":\"Nonsense\"}}"));
    }

    private static void decodeCommand(String json) throws UndecodableException {
        Topics.CALL_COMMANDS.codec().decode(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsBackTheAudioItWrote() throws UndecodableException {
        byte[] pcm = {1, 2, 3, 4, 5, 6, 7, 8};
        AudioChunk chunk = new AudioChunk(NOW, 8000, 1L << 40, 0b10010, 2, pcm);

        byte[] bytes = Topics.RECORDING_AUDIO.codec().encode(chunk);
        AudioChunk read = Topics.RECORDING_AUDIO.codec().decode(bytes);

        assertEquals(32, bytes.length);
        assertEquals(chunk, read);
        assertEquals(-1, read.offset(0));
        assertEquals(0, read.offset(1));
        assertEquals(4, read.offset(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 25, 31})
    void refusesAudioThatIsCutOff(int length) {
        byte[] bytes =
                Topics.RECORDING_AUDIO
                        .codec()
                        .encode(new AudioChunk(NOW, 8000, 0, 1, 4, new byte[8]));

        assertThrows(
                UndecodableException.class,
                () -> Topics.RECORDING_AUDIO.codec().decode(Arrays.copyOf(bytes, length)));
    }
}
