package io.strowger.recording;

import static io.strowger.recording.RecordingFixture.RATE;
import static io.strowger.recording.RecordingFixture.SAMPLES;
import static io.strowger.recording.RecordingFixture.SOON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.kafka.Json;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.recording.RecordingCommand.EndReason;
import io.strowger.contracts.recording.RecordingCommand.Finish;
import io.strowger.contracts.recording.RecordingCommand.Loss;
import io.strowger.contracts.recording.RecordingCommand.Pause;
import io.strowger.contracts.recording.RecordingCommand.RecordedParticipant;
import io.strowger.contracts.recording.RecordingEvent.Failed;
import io.strowger.contracts.recording.RecordingEvent.Finished;
import io.strowger.contracts.recording.RecordingEvent.OpenFailed;
import io.strowger.contracts.recording.RecordingEvent.Opened;
import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.testsupport.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingServiceIT {
    private static final int LOUD = 8000;
    @TempDir private static Path directory;
    private static RecordingFixture fixture;
    private static FolderStore store;
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        fixture = new RecordingFixture(directory.resolve("broker"));
        store = new FolderStore(directory.resolve("store"));
        service = new RunningService(fixture.kafka(), directory.resolve("data"), store, 0).ready();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        fixture.close();
    }

    @AfterEach
    void mendStore() {
        store.down(false);
    }

    @Test
    void tonesAreFoundWhereTheyWere() throws Exception {
        RecordingSpec spec = fixture.mixedWav();
        fixture.open(spec);
        fixture.await(spec, Opened.class);
        fixture.audio(spec, 0, Tones.sine(440, 1000, LOUD));
        fixture.audio(spec, RATE, Tones.sine(1000, 1000, LOUD));
        fixture.finish(spec);

        RecordingFile file = fixture.await(spec, Finished.class).file();

        WavFile wav = WavFile.read(store.audioFile(spec.recording()));
        short[] audio = wav.channels()[0];
        assertEquals(2 * RATE, audio.length);
        assertTrue(ToneDetector.amplitude(audio, 0, RATE, 440) > 0.9 * LOUD);
        assertTrue(ToneDetector.amplitude(audio, 0, RATE, 1000) < 0.02 * LOUD);
        assertTrue(ToneDetector.amplitude(audio, RATE, 2 * RATE, 1000) > 0.9 * LOUD);
        assertArrayEquals(fixture.onKafka(spec, 0), audio);
        assertEquals(Duration.ofSeconds(2), file.duration());
        assertEquals(44 + 4L * RATE, file.sizeBytes());
        assertEquals(
                URI.create(
                        "https://calls.example.com/v1/objects/"
                                + spec.recording()
                                + "/content/audio"),
                file.contentLocation());
        assertEquals(sha256(store.audioFile(spec.recording())), file.sha256());
        Eventually.holds(
                "the spool is gone",
                SOON,
                () -> !Files.exists(service.spool.resolve(spec.recording().toString())));
    }

    @Test
    void repeatedAndLateChunksGiveTheSameFile() throws Exception {
        RecordingSpec spec = fixture.mixedWav();
        fixture.open(spec);
        short[] tone = Tones.sine(500, 1000, LOUD);
        for (int chunk : new int[] {0, 3, 3, 1, 0, 4, 2, 3}) {
            fixture.audio(
                    spec,
                    chunk * SAMPLES,
                    Arrays.copyOfRange(tone, chunk * SAMPLES, (chunk + 1) * SAMPLES));
        }
        fixture.finish(spec);

        fixture.await(spec, Finished.class);

        assertArrayEquals(tone, WavFile.read(store.audioFile(spec.recording())).channels()[0]);
        assertEquals(0, metadata(spec).get("gaps").size());
    }

    @Test
    void silenceStandsForLostAudioAndTheMetadataSayWhere() throws Exception {
        RecordingSpec spec = fixture.mixedWav();
        fixture.open(spec);
        fixture.audio(spec, 0, Tones.sine(440, 1000, LOUD));
        fixture.audio(spec, 2 * RATE, Tones.sine(440, 1000, LOUD));
        fixture.command(
                RecordingFixture.finish(
                        spec,
                        4L * RATE,
                        List.of(new Pause(RATE / 2, Duration.ofSeconds(30))),
                        List.of(new Loss(RATE, SAMPLES))));

        fixture.await(spec, Finished.class);

        short[] audio = WavFile.read(store.audioFile(spec.recording())).channels()[0];
        assertEquals(4 * RATE, audio.length);
        assertTrue(silent(audio, RATE, 2 * RATE));
        assertTrue(silent(audio, 3 * RATE, 4 * RATE));
        assertTrue(ToneDetector.amplitude(audio, 2 * RATE, 3 * RATE, 440) > 0.9 * LOUD);
        JsonNode metadata = metadata(spec);
        assertEquals(spec.recording().call().toString(), metadata.get("callId").asText());
        assertEquals(spec.recording().toString(), metadata.get("chunkDocumentId").asText());
        assertEquals(spec.startedAt().toString(), metadata.get("chunkStartTime").asText());
        assertEquals(4000, metadata.get("chunkDuration").asInt());
        JsonNode pause = metadata.get("pauseResumeIntervals").get(0);
        assertEquals(spec.startedAt().plusMillis(500).toString(), pause.get("startTime").asText());
        assertEquals(30_000, pause.get("duration").asInt());
        assertEquals(
                List.of("8000+1600 notWritten", "9600+6400 notReceived", "24000+8000 notReceived"),
                IntStream.range(0, 3)
                        .mapToObj(metadata.get("gaps")::get)
                        .map(gap ->
                                gap.get("position").asText()
                                        + "+"
                                        + gap.get("samples").asText()
                                        + " "
                                        + gap.get("reason").asText())
                        .toList());
        assertEquals(
                spec.startedAt().plusMillis(31_000).toString(),
                metadata.get("gaps").get(0).get("startTime").asText());
        assertEquals(
                "{\"contentType\":\"audio\",\"channelType\":\"mixed\",\"format\":\"wav\","
                        + "\"audioConfiguration\":{\"sampleRate\":8000,\"bitRate\":128000,"
                        + "\"channels\":1}}",
                metadata.get("recordingInfo").toString());
        assertEquals(
                "8:acs:r_bob", metadata.get("participants").get(0).get("participantId").asText());
    }

    @Test
    void eachParticipantHasItsChannelOfAnUnmixedRecording() throws Exception {
        RecordingSpec spec = fixture.spec(ChannelType.UNMIXED, FileFormat.WAV);
        fixture.open(spec);
        unmixed(spec, 5);
        fixture.command(unmixedFinish(spec, 3));

        RecordingFile file = fixture.await(spec, Finished.class).file();

        short[][] channels = WavFile.read(store.audioFile(spec.recording())).channels();
        assertEquals(4, channels.length);
        assertEquals(Duration.ofSeconds(1), file.duration());
        assertArrayEquals(fixture.onKafka(spec, 0), channels[0]);
        assertArrayEquals(fixture.onKafka(spec, 2), channels[2]);
        assertTrue(ToneDetector.amplitude(channels[0], 0, RATE, 440) > 0.9 * LOUD);
        assertTrue(ToneDetector.amplitude(channels[0], 0, RATE, 900) < 0.02 * LOUD);
        assertTrue(ToneDetector.amplitude(channels[2], 0, RATE, 900) > 0.9 * LOUD);
        assertTrue(silent(channels[1], 0, RATE));
        assertTrue(silent(channels[3], 0, RATE));
    }

    @Test
    void anMp3SoundsLikeItsRecording() throws Exception {
        RecordingSpec spec = fixture.spec(ChannelType.MIXED, FileFormat.MP3);
        fixture.open(spec);
        fixture.audio(spec, 0, Tones.sine(440, 2000, LOUD));
        fixture.audio(spec, 2 * RATE, Tones.sine(1000, 2000, LOUD));
        fixture.finish(spec);

        RecordingFile file = fixture.await(spec, Finished.class).file();

        assertEquals(4 * 32_000 / 8, file.sizeBytes(), 1500);
        short[] audio =
                Mp3File.decode(store.audioFile(spec.recording()), directory.resolve("mono.mp3"));
        assertEquals(4 * 2 * RATE, audio.length, 3000);
        assertTrue(tone(audio, RATE, 3 * RATE, 440) > 0.8 * LOUD);
        assertTrue(tone(audio, RATE, 3 * RATE, 1000) < 0.05 * LOUD);
        assertTrue(tone(audio, 5 * RATE, 7 * RATE, 1000) > 0.8 * LOUD);
        assertEquals(
                "{\"sampleRate\":16000,\"bitRate\":32000,\"channels\":1}",
                metadata(spec).get("recordingInfo").get("audioConfiguration").toString());
    }

    @Test
    void anMp3OfTwoParticipantsIsStereo() throws Exception {
        RecordingSpec spec = fixture.spec(ChannelType.UNMIXED, FileFormat.MP3);
        fixture.open(spec);
        for (int chunk = 0; chunk < 10; chunk++) {
            fixture.chunk(spec, chunk * SAMPLES, 0b11, part(440, chunk), part(900, chunk)).get();
        }
        fixture.command(unmixedFinish(spec, 1));

        fixture.await(spec, Finished.class);

        byte[] mp3 = Files.readAllBytes(store.audioFile(spec.recording()));
        assertEquals(0xFF, mp3[0] & 0xFF);
        assertEquals(0xF3, mp3[1] & 0xFF, "MPEG-2 layer III");
        assertEquals(0, mp3[3] & 0xC0, "stereo");
        assertEquals(2 * 64_000 / 8, mp3.length, 1500);
    }

    @Test
    void anMp3OfMoreParticipantsFailsWithAReason() throws Exception {
        RecordingSpec spec = fixture.spec(ChannelType.UNMIXED, FileFormat.MP3);
        fixture.open(spec);
        unmixed(spec, 5);
        fixture.command(unmixedFinish(spec, 2));

        Failed failed = fixture.await(spec, Failed.class);

        assertTrue(failed.detail().contains("one or two channels, not 3"), failed.detail());
        assertTrue(
                Files.exists(directory.resolve("data/recordings/failed/" + spec.recording())),
                "its audio is kept");
    }

    @Test
    void theFileIsPlayableWhileItGrows() throws Exception {
        RecordingSpec spec = fixture.mixedWav();
        fixture.open(spec);
        Path growing = service.spool.resolve(spec.recording() + "/channel-0.wav");
        short[] tone = Tones.sine(440, 1000, LOUD);

        for (int second = 0; second < 3; second++) {
            fixture.audio(spec, second * RATE, tone);
            int samples = (second + 1) * RATE;
            Eventually.holds(
                    samples + " samples can be played", SOON, () -> playable(growing) == samples);
        }

        fixture.finish(spec);
        fixture.await(spec, Finished.class);
    }

    @Test
    void aStoreMayBeginBeforeTheEnd() throws Exception {
        RecordingSpec spec = fixture.mixedWav();
        fixture.open(spec);
        fixture.audio(spec, 0, Tones.sine(440, 1000, LOUD));
        fixture.audio(spec, 2 * RATE, Tones.sine(440, 1000, LOUD));
        Eventually.holds(
                "the store is told",
                SOON,
                () -> store.advance(spec.recording()).orElse(new byte[0]).length > 44);
        byte[] early = store.advance(spec.recording()).orElseThrow();
        fixture.audio(spec, RATE, Tones.sine(700, 1000, LOUD));
        fixture.finish(spec);

        fixture.await(spec, Finished.class);

        byte[] file = Files.readAllBytes(store.audioFile(spec.recording()));
        assertEquals(44 + 2 * RATE, early.length, "up to the gap, which may be filled");
        assertTrue(Arrays.equals(early, 4096, early.length, file, 4096, early.length));
    }

    @Test
    void aRecordingThatCannotBeStoredIsRefusedAndItsAudioPassedOver() throws Exception {
        RecordingSpec spec = fixture.mixedWav();
        store.down(true);
        fixture.open(spec);

        OpenFailed refused = fixture.await(spec, OpenFailed.class);

        assertEquals("the store is out of order", refused.detail());
        double before = service.meter("strowger_recording_chunks_total", "passed_over");
        fixture.audio(spec, 0, Tones.sine(440, 1000, LOUD));
        Eventually.holds(
                "5 chunks passed over",
                SOON,
                () ->
                        service.meter("strowger_recording_chunks_total", "passed_over")
                                >= before + 5);
        assertFalse(Files.exists(service.spool.resolve(spec.recording() + "/channel-0.wav")));
        store.down(false);
        fixture.open(spec);
        assertEquals(2, fixture.awaitAll(spec, OpenFailed.class, 2).size());
    }

    @Test
    void aFileWaitsForItsStore() throws Exception {
        RecordingSpec spec = fixture.mixedWav();
        fixture.open(spec);
        fixture.await(spec, Opened.class);
        fixture.audio(spec, 0, Tones.sine(440, 1000, LOUD));
        double failures = service.meter("strowger_recording_failures_total", "store");
        store.down(true);
        fixture.finish(spec);
        Eventually.holds(
                "two attempts failed",
                SOON,
                () -> service.meter("strowger_recording_failures_total", "store") >= failures + 2);
        assertEquals(List.of(new Opened(spec.recording())), fixture.events(spec));

        store.down(false);

        fixture.await(spec, Finished.class);
        assertArrayEquals(
                fixture.onKafka(spec, 0),
                WavFile.read(store.audioFile(spec.recording())).channels()[0]);
    }

    @Test
    void aRecordingWithoutAudioIsAnEmptyFile() throws Exception {
        RecordingSpec spec = fixture.mixedWav();
        fixture.command(RecordingFixture.finish(spec, 0L, List.of(), List.of()));

        RecordingFile file = fixture.await(spec, Finished.class).file();

        assertEquals(44, file.sizeBytes());
        assertEquals(0, WavFile.read(store.audioFile(spec.recording())).channels()[0].length);
    }

    @Test
    void aRepeatedFinishIsReportedAgainAndLateAudioPassedOver() throws Exception {
        RecordingSpec spec = fixture.mixedWav();
        fixture.open(spec);
        fixture.audio(spec, 0, Tones.sine(440, 1000, LOUD));
        fixture.finish(spec);
        Finished first = fixture.await(spec, Finished.class);
        Eventually.holds(
                "the spool is gone",
                SOON,
                () -> !Files.exists(service.spool.resolve(spec.recording().toString())));

        fixture.audio(spec, RATE, Tones.sine(440, 1000, LOUD));
        fixture.finish(spec);

        List<Finished> twice = fixture.awaitAll(spec, Finished.class, 2);
        assertEquals(first, twice.getLast());
        assertEquals(RATE, WavFile.read(store.audioFile(spec.recording())).channels()[0].length);
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersAndTheRestGoesOn() throws Exception {
        RecordingSpec spec = fixture.mixedWav();
        String key = spec.recording().toString();
        fixture.raw(Topics.RECORDING_COMMANDS.name(), key, bytes("start recording")).get();
        fixture.raw(Topics.RECORDING_AUDIO.name(), key, bytes("la la la")).get();
        fixture.raw(
                        Topics.RECORDING_AUDIO.name(),
                        "nobody",
                        fixture.all(Topics.RECORDING_AUDIO.name()).getLast().value())
                .get();
        fixture.open(spec);
        fixture.audio(spec, 0, Tones.sine(440, 1000, LOUD));
        fixture.finish(spec);

        fixture.await(spec, Finished.class);

        ConsumerRecord<String, byte[]> command =
                letter(Topics.RECORDING_COMMANDS.deadLetterName(), key);
        assertEquals("start recording", new String(command.value(), StandardCharsets.UTF_8));
        ConsumerRecord<String, byte[]> audio = letter(Topics.RECORDING_AUDIO.deadLetterName(), key);
        assertEquals("no audio of version 1", reason(audio));
        assertEquals(
                "not keyed by a recording",
                reason(letter(Topics.RECORDING_AUDIO.deadLetterName(), "nobody")));
        assertArrayEquals(
                Tones.sine(440, 1000, LOUD),
                WavFile.read(store.audioFile(spec.recording())).channels()[0]);
    }

    @Test
    void isAnsweredSoonEvenWhileNothingElseComes() throws Exception {
        RecordingSpec warm = fixture.mixedWav();
        fixture.open(warm);
        fixture.await(warm, Opened.class);
        RecordingSpec spec = fixture.mixedWav();
        long startMs = System.currentTimeMillis();
        fixture.open(spec);

        fixture.await(spec, Opened.class);

        long answeredMs =
                fixture.all(Topics.RECORDING_EVENTS.name()).stream()
                        .filter(one -> one.key().equals(spec.recording().call().toString()))
                        .mapToLong(ConsumerRecord::timestamp)
                        .min()
                        .orElseThrow();
        assertTrue(answeredMs - startMs < 1000, (answeredMs - startMs) + " ms");
    }

    private static ConsumerRecord<String, byte[]> letter(String topic, String key) {
        return fixture.all(topic).stream()
                .filter(one -> key.equals(one.key()))
                .findFirst()
                .orElseThrow();
    }

    private static String reason(ConsumerRecord<String, byte[]> letter) {
        return new String(
                letter.headers().lastHeader(KafkaHeaders.REASON).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Bob at 440 Hz on channel 0, somebody at 900 Hz on channel 2.
    private static void unmixed(RecordingSpec spec, int chunks) throws Exception {
        for (int chunk = 0; chunk < chunks; chunk++) {
            fixture.chunk(spec, chunk * SAMPLES, 0b101, part(440, chunk), part(900, chunk)).get();
        }
    }

    private static short[] part(double frequency, int chunk) {
        short[] tone = Tones.sine(frequency, (chunk + 1) * 200, LOUD);
        return Arrays.copyOfRange(tone, chunk * SAMPLES, (chunk + 1) * SAMPLES);
    }

    private static Finish unmixedFinish(RecordingSpec spec, int highestChannel) {
        return new Finish(
                spec,
                EndReason.STOPPED,
                null,
                List.of(),
                List.of(),
                IntStream.rangeClosed(0, highestChannel)
                        .mapToObj(channel ->
                                new RecordedParticipant(
                                        new Identifier.PhoneNumber("+1555010000" + channel),
                                        channel))
                        .toList(),
                Duration.ofHours(1));
    }

    private static double tone(short[] at16Kilohertz, int from, int to, double frequency) {
        return ToneDetector.amplitude(at16Kilohertz, from, to, frequency / 2);
    }

    private static boolean silent(short[] audio, int from, int to) {
        return IntStream.range(from, to).allMatch(at -> audio[at] == 0);
    }

    private static int playable(Path growing) {
        try {
            return Files.exists(growing) ? WavFile.read(growing).channels()[0].length : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode metadata(RecordingSpec spec) throws IOException {
        return Json.mapper().readTree(store.metadataFile(spec.recording()).toFile());
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
