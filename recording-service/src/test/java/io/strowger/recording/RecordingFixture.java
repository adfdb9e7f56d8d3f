package io.strowger.recording;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topic;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingCommand.EndReason;
import io.strowger.contracts.recording.RecordingCommand.Finish;
import io.strowger.contracts.recording.RecordingCommand.Loss;
import io.strowger.contracts.recording.RecordingCommand.Open;
import io.strowger.contracts.recording.RecordingCommand.Pause;
import io.strowger.contracts.recording.RecordingCommand.RecordedParticipant;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.Records;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// A broker, and the two sides that the recording-service talks to: a media worker that sends
/// audio, an orchestrator that gives commands and hears facts.
final class RecordingFixture implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(40);
    static final int RATE = AudioChunk.SAMPLE_RATE;

    /// Of one chunk.
    static final int SAMPLES = RATE / 5;

    private static final int PARTITIONS = 3;
    private final EmbeddedKafka broker;
    private final KafkaClients kafka;
    private final KafkaProducer<String, byte[]> producer;

    /// The same ids each time, hence the same partitions: twelve recordings leave none empty.
    private final Random random = new Random(12);

    RecordingFixture(Path directory) throws Exception {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
        Settings settings = settings(directory);
        kafka = new KafkaClients(broker.bootstrapServers(), settings.kafka());
        try (Admin admin = kafka.admin()) {
            TopicCreation.ensure(admin, settings.kafka());
        }
        producer = kafka.producer(0);
    }

    static Settings settings(Path data) {
        return SettingsLoader.load(
                null,
                Map.of(
                        "STROWGER_KAFKA_PARTITIONS",
                        Integer.toString(PARTITIONS),
                        "STROWGER_DATADIR",
                        data.toString(),
                        "STROWGER_HTTP_PUBLICURL",
                        "https://calls.example.com/"));
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    KafkaClients kafka() {
        return kafka;
    }

    /// A recording of a new call.
    RecordingSpec spec(ChannelType channels, FileFormat format) {
        RecordingId recording =
                new ServerCallId(random.nextLong(), random.nextLong() & ~0xFFFFL).recording(1);
        return new RecordingSpec(
                recording,
                UUID.randomUUID(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                new RecordingFormat(channels, format),
                null);
    }

    RecordingSpec mixedWav() {
        return spec(ChannelType.MIXED, FileFormat.WAV);
    }

    void open(RecordingSpec spec) throws ExecutionException, InterruptedException {
        command(new Open(spec));
    }

    /// Ends a recording whose length is not known.
    void finish(RecordingSpec spec) throws ExecutionException, InterruptedException {
        command(finish(spec, null, List.of(), List.of()));
    }

    static Finish finish(
            RecordingSpec spec, @Nullable Long samples, List<Pause> pauses, List<Loss> losses) {
        return new Finish(
                spec,
                EndReason.STOPPED,
                samples,
                pauses,
                losses,
                List.of(
                        new RecordedParticipant(
                                new Identifier.CommunicationUser("8:acs:r_bob"), null)),
                Duration.ofHours(48));
    }

    void command(RecordingCommand command) throws ExecutionException, InterruptedException {
        send(Topics.RECORDING_COMMANDS, command.recording().toString(), command).get();
    }

    /// A chunk in which every channel of the mask has what `pcm` has, one after the other.
    Future<?> chunk(RecordingSpec spec, long position, int mask, short[]... pcm) {
        ByteBuffer bytes =
                ByteBuffer.allocate(pcm.length * (pcm.length == 0 ? 0 : pcm[0].length) * 2)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (short[] channel : pcm) {
            for (short sample : channel) {
                bytes.putShort(sample);
            }
        }
        int samples = pcm.length == 0 ? SAMPLES : pcm[0].length;
        return send(
                Topics.RECORDING_AUDIO,
                spec.recording().toString(),
                new AudioChunk(spec.startedAt(), RATE, position, mask, samples, bytes.array()));
    }

    /// Sends mono audio in chunks of 200 ms.
    void audio(RecordingSpec spec, long position, short[] pcm)
            throws ExecutionException, InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (int from = 0; from < pcm.length; from += SAMPLES) {
            short[] part =
                    java.util.Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + SAMPLES));
            sent.add(chunk(spec, position + from, 1, part));
        }
        for (Future<?> one : sent) {
            one.get();
        }
    }

    private <V> Future<?> send(Topic<V> topic, String key, V value) {
        return raw(topic.name(), key, topic.codec().encode(value));
    }

    Future<?> raw(String topic, String key, byte[] value) {
        return producer.send(new ProducerRecord<>(topic, key, value));
    }

    /// Waits until all that was sent is on Kafka.
    void flush() {
        producer.flush();
    }

    /// Everything on a topic so far.
    List<ConsumerRecord<String, byte[]>> all(String topic) {
        return Records.all(kafka, topic);
    }

    /// What was reported about a recording so far.
    List<RecordingEvent> events(RecordingSpec spec) {
        return all(Topics.RECORDING_EVENTS.name()).stream()
                .filter(record -> record.key().equals(spec.recording().call().toString()))
                .map(record -> Records.decoded(Topics.RECORDING_EVENTS, record))
                .toList();
    }

    /// Waits for a fact.
    <E extends RecordingEvent> E await(RecordingSpec spec, Class<E> event) {
        return awaitAll(spec, event, 1).getFirst();
    }

    <E extends RecordingEvent> List<E> awaitAll(RecordingSpec spec, Class<E> event, int count) {
        List<E> found = new ArrayList<>();
        Eventually.holds(
                SOON,
                () -> {
                    found.clear();
                    events(spec).stream()
                            .filter(event::isInstance)
                            .map(event::cast)
                            .forEach(found::add);
                    return found.size() >= count;
                },
                () -> event.getSimpleName() + " of " + spec.recording() + ": " + events(spec));
        return found;
    }

    /// The samples of a channel as Kafka has them: silence where there is nothing.
    short[] onKafka(RecordingSpec spec, int channel) {
        return Objects.requireNonNull(onKafka(List.of(spec), channel).get(spec));
    }

    /// The same of several recordings, by one reading of the topic.
    Map<RecordingSpec, short[]> onKafka(List<RecordingSpec> specs, int channel) {
        Map<String, List<AudioChunk>> chunks = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : all(Topics.RECORDING_AUDIO.name())) {
            if (specs.stream().anyMatch(one -> one.recording().toString().equals(record.key()))) {
                chunks.computeIfAbsent(record.key(), unused -> new ArrayList<>())
                        .add(Records.decoded(Topics.RECORDING_AUDIO, record));
            }
        }
        Map<RecordingSpec, short[]> samples = new HashMap<>();
        for (RecordingSpec spec : specs) {
            List<AudioChunk> own = chunks.getOrDefault(spec.recording().toString(), List.of());
            samples.put(spec, channel(own, channel));
        }
        return samples;
    }

    private static short[] channel(List<AudioChunk> chunks, int channel) {
        int end =
                chunks.stream()
                        .mapToInt(chunk -> (int) chunk.position() + chunk.samples())
                        .max()
                        .orElse(0);
        short[] samples = new short[end];
        for (AudioChunk chunk : chunks) {
            if (chunk.offset(channel) >= 0) {
                ByteBuffer.wrap(chunk.pcm())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .position(chunk.offset(channel))
                        .asShortBuffer()
                        .get(samples, (int) chunk.position(), chunk.samples());
            }
        }
        return samples;
    }

    @Override
    public void close() throws Exception {
        producer.close();
        broker.close();
    }
}
