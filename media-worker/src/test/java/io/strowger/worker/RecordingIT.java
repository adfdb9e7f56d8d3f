package io.strowger.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaEvent.RecordingAudioLost;
import io.strowger.contracts.media.MediaEvent.RecordingStopped;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneSettings;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Records;
import io.strowger.testsupport.TestContext;
import io.strowger.worker.core.recording.AudioRing;
import io.strowger.worker.core.recording.Reel;
import io.strowger.worker.shell.rtp.RtpMediaEngineFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real phone's call, recorded to a real broker.
class RecordingIT {
    private static final int ORDINAL = 3;
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final double TONE_HZ = 650;
    private static final LegId CALLER = new LegId(1);
    @TempDir Path directory;
    private EmbeddedKafka broker;
    private KafkaClients kafka;
    private KafkaConsumer<String, byte[]> beats;
    private KafkaConsumer<String, byte[]> reports;
    private KafkaConsumer<String, byte[]> audio;
    private final Queue<MediaReport> reported = new ArrayDeque<>();
    private final Reel reel = new Reel(new AudioRing(ChannelType.MIXED));
    private MediaWorkerService worker;
    private Phone phone;
    private ServerCallId call;
    private long epoch;
    private long sequence;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
        Path file = directory.resolve("worker.yaml");
        Files.writeString(
                file,
                """
                sip: {host: 127.0.0.1, port: 0}
                rtp: {portMin: 0, portMax: 0}
                worker: {ordinal: 3}
                media: {timeouts: {drain: PT1S, lease: PT60S}}
                trunks:
                  - {name: main, uri: "sip:127.0.0.1:9", prefixes: ["+1"]}
                """);
        Settings settings = SettingsLoader.load(file, Map.of());
        kafka = new KafkaClients(broker.bootstrapServers(), settings.kafka());
        try (var admin = kafka.admin()) {
            TopicCreation.ensure(admin, settings.kafka());
        }
        beats = reader(Topics.MEDIA_WORKERS.name());
        reports = reader(Topics.MEDIA_EVENTS.name());
        audio = reader(Topics.RECORDING_AUDIO.name());
        worker =
                new MediaWorkerService(
                        TestContext.of(
                                settings,
                                kafka,
                                TestContext.secrets(),
                                new Health(),
                                new Telemetry()),
                        new RtpMediaEngineFactory());
        worker.start();
        until(() -> {
            beats.poll(Duration.ofMillis(100))
                    .forEach(beat -> epoch = Records.decoded(Topics.MEDIA_WORKERS, beat).epoch());
            return epoch > 0;
        });
        callIn();
    }

    private void callIn() throws Exception {
        phone =
                Phone.start(
                        PhoneSettings.listening(
                                        InetAddress.getLoopbackAddress().getHostAddress(), 0)
                                .withUser("+15550100002")
                                .withSays(
                                        new PhoneSettings.Clip(
                                                Tones.sine(TONE_HZ, 1000, 8000), true)));
        PhoneCall outgoing = phone.call("sip:+15550100001@127.0.0.1:" + worker.sipPort());
        MediaReport offer = next(MediaEvent.LegOffered.class);
        call = offer.call();
        order(new MediaCommand.AnswerLeg(CALLER, true));
        next(MediaEvent.LegAnswered.class);
        assertTrue(outgoing.awaitState(PhoneCall.State.ANSWERED, SOON));
    }

    @AfterEach
    void stop() throws Exception {
        worker.stop();
        phone.close();
        for (KafkaConsumer<String, byte[]> consumer : List.of(beats, reports, audio)) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
        broker.close();
    }

    private RecordingId id() {
        return new RecordingId(call.high(), call.low() | 1);
    }

    private void record(ChannelType type) throws Exception {
        order(
                new MediaCommand.StartRecording(
                        id(),
                        Reel.BEGAN,
                        0,
                        type,
                        List.of(new MediaCommand.ChannelOfLeg(CALLER, 2)),
                        false));
    }

    /// Reads on until so many samples are there.
    private void awaitAudio(long samples) {
        until(() -> {
            for (ConsumerRecord<String, byte[]> record : audio.poll(Duration.ofMillis(100))) {
                assertEquals(id().toString(), record.key());
                reel.chunks.add(Records.decoded(Topics.RECORDING_AUDIO, record));
            }
            return reel.chunks.stream().mapToLong(AudioChunk::samples).sum() >= samples;
        });
    }

    private void assertNoGap() {
        long expected = 0;
        for (AudioChunk chunk : reel.chunks) {
            assertEquals(expected, chunk.position(), () -> reel.places().toString());
            assertEquals(Reel.BEGAN, chunk.startedAt());
            expected += chunk.samples();
        }
    }

    /// A busy machine may swallow a packet of the phone's; a tenth of the pieces is left for that.
    private void assertToneThroughout(int channel) {
        short[] heard = reel.channel(channel);
        List<String> faint = new ArrayList<>();
        for (int at = 1600; at + 1600 <= heard.length; at += 1600) {
            double loudness = ToneDetector.amplitude(heard, at, at + 1600, TONE_HZ);
            if (loudness < 5000) {
                faint.add(at + ": " + Math.round(loudness));
            }
        }
        assertTrue(faint.size() <= heard.length / 16_000, faint + " of " + heard.length);
    }

    @Test
    void thePhonesToneIsInTheRecordingWithoutAGapAndTheEndComesAfterIt() throws Exception {
        record(ChannelType.MIXED);
        awaitAudio(16_000);
        order(new MediaCommand.StopRecording(id()));
        order(new MediaCommand.StopRecording(id()));

        RecordingStopped end =
                assertInstanceOf(RecordingStopped.class, next(RecordingStopped.class).event());
        awaitAudio(end.samples());

        assertEquals(end.samples(), reel.chunks.stream().mapToLong(AudioChunk::samples).sum());
        assertNoGap();
        assertToneThroughout(0);
        order(new MediaCommand.StopRecording(new RecordingId(call.high(), call.low() | 9)));
        assertEquals(
                new RecordingStopped(new RecordingId(call.high(), call.low() | 9), 0),
                next(RecordingStopped.class).event());
    }

    @Test
    void aReleaseOfTheCallEndsItsRecordingWithAllItsAudio() throws Exception {
        record(ChannelType.UNMIXED);
        awaitAudio(8_000);
        order(new MediaCommand.ReleaseCall());

        MediaReport end = next(RecordingStopped.class);
        long samples = ((RecordingStopped) end.event()).samples();
        awaitAudio(samples);

        assertEquals(new Placement(new WorkerId(ORDINAL), epoch, 1), end.placement());
        assertNoGap();
        assertEquals(0b100, reel.chunks.get(1).channelMask());
        assertEquals(samples, reel.chunks.stream().mapToLong(AudioChunk::samples).sum());
    }

    @Test
    void theStopOfTheWorkerEndsARecordingWithAllItsAudio() throws Exception {
        record(ChannelType.MIXED);
        awaitAudio(3_200);
        worker.stop();

        long samples = ((RecordingStopped) next(RecordingStopped.class).event()).samples();
        awaitAudio(samples);

        assertNoGap();
        assertEquals(samples, reel.chunks.stream().mapToLong(AudioChunk::samples).sum());
    }

    @Test
    void aBrokerThatIsAwayForSecondsCostsNothing() throws Exception {
        record(ChannelType.MIXED);
        awaitAudio(8_000);
        broker.close();
        PhoneCall running = phone.awaitCall(_ -> true, SOON);
        long heard = running.packetsReceived();
        assertTrue(running.await(now -> now.packetsReceived() > heard + 150, SOON));
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
        awaitAudio(40_000);
        order(new MediaCommand.StopRecording(id()));

        long samples = ((RecordingStopped) next(RecordingStopped.class).event()).samples();
        awaitAudio(samples);

        assertNoGap();
        assertToneThroughout(0);
        assertEquals(samples, reel.chunks.stream().mapToLong(AudioChunk::samples).sum());
    }

    private void order(MediaCommand command) throws Exception {
        MediaOrder order =
                new MediaOrder(
                        call, new Placement(new WorkerId(ORDINAL), epoch, 1), ++sequence, command);
        try (KafkaProducer<String, byte[]> producer = kafka.producer(0)) {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.MEDIA_COMMANDS.name(),
                                    ORDINAL,
                                    call.toString(),
                                    Topics.MEDIA_COMMANDS.codec().encode(order)))
                    .get();
        }
    }

    /// The next report of a kind; no audio may be lost before it.
    private MediaReport next(Class<? extends MediaEvent> kind) {
        List<MediaReport> found = new ArrayList<>();
        until(() -> {
            reports.poll(Duration.ofMillis(100))
                    .forEach(record -> reported.add(Records.decoded(Topics.MEDIA_EVENTS, record)));
            while (found.isEmpty() && !reported.isEmpty()) {
                MediaReport report = reported.remove();
                assertTrue(!(report.event() instanceof RecordingAudioLost), report::toString);
                if (kind.isInstance(report.event())) {
                    found.add(report);
                }
            }
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "nothing in " + SOON);
        }
    }

    private KafkaConsumer<String, byte[]> reader(String topic) {
        return Records.reader(kafka, topic);
    }
}
