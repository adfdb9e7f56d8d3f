package io.strowger.benchmarks;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topic;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.contracts.recording.RecordingEvent.Finished;
import io.strowger.contracts.recording.RecordingEvent.Opened;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// Both sides of the recording-service: the workers that send audio and the orchestrator that gives
/// commands and hears facts.
final class RecordFeed implements AutoCloseable {
    static final int SAMPLES = AudioChunk.SAMPLE_RATE / 5;
    private static final int LINGER_MS = 50;
    private static final long LOOK_EVERY_NS = 1_000_000;
    private static final long GIVE_UP_NS = Duration.ofMinutes(2).toNanos();
    private final KafkaClients kafka;
    private final KafkaProducer<String, byte[]> audio;
    private final KafkaProducer<String, byte[]> commands;
    private final Map<String, Long> openedNs = new ConcurrentHashMap<>();
    private final Map<String, Finished> finished = new ConcurrentHashMap<>();
    private final Map<String, Long> finishedNs = new ConcurrentHashMap<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final Thread reader;
    private volatile boolean stopped;

    RecordFeed(KafkaClients kafka) {
        this.kafka = kafka;
        this.audio = kafka.producer(LINGER_MS);
        this.commands = kafka.producer(0);
        this.reader = Thread.ofPlatform().daemon().name("record-facts").start(this::read);
    }

    RecordingSpec spec() {
        return new RecordingSpec(
                new ServerCallId(random.nextLong(), random.nextLong() & ~0xFFFFL).recording(1),
                UUID.randomUUID(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                new RecordingFormat(ChannelType.MIXED, FileFormat.WAV),
                null);
    }

    void command(RecordingCommand command) {
        String key = command.recording().toString();
        commands.send(record(Topics.RECORDING_COMMANDS, key, command));
    }

    void chunk(RecordingSpec spec, long position) {
        byte[] pcm = new byte[SAMPLES * Short.BYTES];
        random.nextBytes(pcm);
        AudioChunk chunk =
                new AudioChunk(spec.startedAt(), AudioChunk.SAMPLE_RATE, position, 1, SAMPLES, pcm);
        audio.send(record(Topics.RECORDING_AUDIO, spec.recording().toString(), chunk));
    }

    void flush() {
        audio.flush();
    }

    /// Sends each recording a chunk every 200 ms, one after the other.
    ///
    /// @param from how many each has
    /// @return how many each has then
    long feed(List<RecordingSpec> recordings, long from, Duration duration) {
        long stepNs = Duration.ofMillis(200).toNanos() / recordings.size();
        long nextNs = System.nanoTime();
        long endNs = nextNs + duration.toNanos();
        long chunks = from;
        while (nextNs < endNs) {
            for (RecordingSpec one : recordings) {
                while (System.nanoTime() - nextNs < 0) {
                    LockSupport.parkNanos(nextNs - System.nanoTime());
                }
                chunk(one, chunks * SAMPLES);
                nextNs += stepNs;
            }
            chunks++;
        }
        return chunks;
    }

    /// When the recording was opened, in this process' nanoseconds.
    long awaitOpened(RecordingSpec spec) {
        return await(openedNs, spec);
    }

    /// When the fact arrived that the file is there.
    long awaitFinished(RecordingSpec spec) {
        return await(finishedNs, spec);
    }

    Finished finished(RecordingSpec spec) {
        return await(finished, spec);
    }

    private static <V> V await(Map<String, V> facts, RecordingSpec spec) {
        long endNs = System.nanoTime() + GIVE_UP_NS;
        V fact = facts.get(spec.recording().toString());
        while (fact == null) {
            if (System.nanoTime() - endNs > 0) {
                throw new IllegalStateException("no word of " + spec.recording());
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
            fact = facts.get(spec.recording().toString());
        }
        return fact;
    }

    /// Waits until all audio is spooled and safe.
    void awaitSpooled() throws Exception {
        try (Admin admin = kafka.admin()) {
            long endNs = System.nanoTime() + GIVE_UP_NS;
            while (lag(admin) > 0) {
                if (System.nanoTime() - endNs > 0) {
                    throw new IllegalStateException("audio is left: " + lag(admin));
                }
                LockSupport.parkNanos(100 * LOOK_EVERY_NS);
            }
        }
    }

    private static long lag(Admin admin) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed =
                admin.listConsumerGroupOffsets("recording-service")
                        .partitionsToOffsetAndMetadata()
                        .get();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        committed.keySet().stream()
                .filter(one -> one.topic().equals(Topics.RECORDING_AUDIO.name()))
                .forEach(one -> asked.put(one, OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(asked).all().get();
        long lag = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
            OffsetAndMetadata read = committed.get(end.getKey());
            lag += end.getValue().offset() - (read == null ? 0 : read.offset());
        }
        return lag;
    }

    private void read() {
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer()) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(Topics.RECORDING_EVENTS.name()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopped) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    note(Topics.RECORDING_EVENTS.codec().decode(record.value()));
                }
            }
        } catch (UndecodableException e) {
            throw new IllegalStateException(e);
        }
    }

    private void note(RecordingEvent event) {
        String recording = event.recording().toString();
        switch (event) {
            case Opened opened -> openedNs.put(recording, System.nanoTime());
            case Finished done -> {
                finishedNs.put(recording, System.nanoTime());
                finished.put(recording, done);
            }
            default -> throw new IllegalStateException("not expected: " + event);
        }
    }

    private static <V> ProducerRecord<String, byte[]> record(Topic<V> topic, String key, V value) {
        return new ProducerRecord<>(topic.name(), key, topic.codec().encode(value));
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        reader.join(Duration.ofSeconds(5));
        audio.close();
        commands.close();
    }
}
