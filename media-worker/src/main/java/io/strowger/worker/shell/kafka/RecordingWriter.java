package io.strowger.worker.shell.kafka;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.recording.Account;
import io.strowger.worker.core.recording.AudioBlock;
import io.strowger.worker.core.recording.AudioOutlet;
import io.strowger.worker.core.recording.AudioRing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes recorded audio to `recording.audio`, from one thread that no media thread ever waits for:
/// it looks every 10 ms at what each recording has handed over, gives it to a Kafka client of its
/// own and keeps account of what arrived.
///
/// While Kafka is away the client keeps up to [#MEMORY_BYTES], some ten minutes of 50 mixed
/// recordings, for [#DELIVERY_MS] at most; beyond, 1.6 s of each recording wait in its [AudioRing],
/// and what comes then is lost and reported. When another worker has the call its recordings are
/// abandoned: what waits, here or in the client, is thrown away.
public final class RecordingWriter implements AudioOutlet, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingWriter.class);
    static final long MEMORY_BYTES = 64L << 20;

    /// An outage of a minute loses nothing.
    static final int DELIVERY_MS = 90_000;

    private static final long GIVE_UP_NS = Duration.ofMillis(DELIVERY_MS).toNanos();
    private static final int LINGER_MS = 50;
    private static final int BATCH_BYTES = 64 << 10;
    private static final long LOOK_NS = Duration.ofMillis(10).toNanos();
    private static final long REST_NS = Duration.ofMillis(100).toNanos();
    private static final long NEW_CLIENT_NS = Duration.ofSeconds(1).toNanos();
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Supplier<Producer<String, byte[]>> clients;
    private final MediaFacts facts;
    private final RecordingMeters meters;
    private final List<Job> jobs = new CopyOnWriteArrayList<>();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private @Nullable Producer<String, byte[]> client;
    private long nextClientAtNs;
    private boolean everHadAClient;
    private volatile boolean closing;

    /// A recording at work. All but its parts that are safe by themselves is the writer thread's.
    private static final class Job {
        final ServerCallId call;
        final RecordingId recording;
        final Instant startedAt;
        final AudioRing ring;
        final Account account;
        boolean ended;
        long endedAtNs;

        Job(ServerCallId call, MediaCommand.StartRecording command) {
            this.call = call;
            recording = command.recording();
            startedAt = command.startedAt();
            ring = new AudioRing(command.channelType());
            account = new Account(recording, command.position());
        }
    }

    private record Outcome(Job job, long position, int samples, @Nullable Exception failure) {}

    /// @param facts is told of losses and ends, on the writer's thread
    public RecordingWriter(KafkaClients kafka, Telemetry telemetry, MediaFacts facts) {
        this(() -> client(kafka), telemetry, facts);
    }

    RecordingWriter(
            Supplier<Producer<String, byte[]>> clients, Telemetry telemetry, MediaFacts facts) {
        this.clients = clients;
        this.facts = facts;
        this.meters = new RecordingMeters(telemetry);
        this.thread = Thread.ofPlatform().name("recordings").daemon().unstarted(this::run);
        telemetry.gauge(Telemetry.RECORDINGS_RUNNING, jobs::size);
        telemetry.gauge(
                Telemetry.RECORDING_CHUNKS_WAITING,
                () -> jobs.stream().mapToInt(job -> job.ring.waiting()).sum());
    }

    private static Producer<String, byte[]> client(KafkaClients kafka) {
        Map<String, Object> settings = kafka.producerSettings(LINGER_MS);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(MEMORY_BYTES));
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(DELIVERY_MS));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "0");
        // When no broker can be reached the client would forget where the topic is, and take
        // nothing
        // until it knows again.
        settings.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    public void start() {
        thread.start();
    }

    @Override
    public AudioRing open(ServerCallId call, MediaCommand.StartRecording recording) {
        Job job = new Job(call, recording);
        jobs.add(job);
        LockSupport.unpark(thread);
        return job.ring;
    }

    private void run() {
        try {
            while (!closing) {
                turn(System.nanoTime());
                LockSupport.parkNanos(jobs.isEmpty() ? REST_NS : LOOK_NS);
            }
            turn(System.nanoTime());
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("recordings are written no more: the writer died");
            throw e;
        }
    }

    /// Does what there is to do. Writer thread.
    void turn(long nowNs) {
        if (client == null && (!everHadAClient || nowNs - nextClientAtNs >= 0)) {
            makeClient(nowNs);
        }
        for (Job job : jobs) {
            if (job.ring.isAbandoned()) {
                abandon(job, nowNs);
            } else {
                forward(job, nowNs);
            }
        }
        settle();
        for (Job job : jobs) {
            job.account.due(nowNs).forEach(event -> facts.happened(job.call, event));
            if (job.account.isStopped()) {
                jobs.remove(job);
            }
        }
    }

    private void makeClient(long nowNs) {
        everHadAClient = true;
        nextClientAtNs = nowNs + NEW_CLIENT_NS;
        try {
            Producer<String, byte[]> made = clients.get();
            client = made;
            lookUpTheTopic(made);
        } catch (KafkaException e) {
            LOG.atError().setCause(e).log("no client to write recordings with");
        }
    }

    /// Without waiting: where the topic is will be known when the first recording begins.
    private static void lookUpTheTopic(Producer<String, byte[]> made) {
        try {
            made.partitionsFor(Topics.RECORDING_AUDIO.name());
        } catch (RetriableException e) {
            LOG.atDebug().setCause(e).log("recording.audio is looked up");
        }
    }

    private void abandon(Job job, long nowNs) {
        jobs.remove(job);
        if (job.account.underWay() > 0) {
            dropClient(nowNs);
        }
    }

    /// What the client still holds fails at once.
    private void dropClient(long nowNs) {
        Producer<String, byte[]> present = client;
        client = null;
        nextClientAtNs = nowNs;
        if (present != null) {
            present.close(Duration.ZERO);
        }
    }

    private void forward(Job job, long nowNs) {
        if (!job.ended && job.ring.hasEnded()) {
            job.ended = true;
            job.endedAtNs = nowNs;
        }
        boolean hopeless = job.ended && nowNs - job.endedAtNs >= GIVE_UP_NS;
        for (AudioBlock block = job.ring.peek(); block != null; block = job.ring.peek()) {
            if (!hopeless && !handOver(job, block, nowNs)) {
                return;
            }
            job.ring.free();
        }
        if (job.ended) {
            meters.lost(job.account.ended(job.ring.samples()));
        }
    }

    /// @return false: the client has no room or does not know the cluster now; the block is still
    ///   ours
    private boolean handOver(Job job, AudioBlock block, long nowNs) {
        Producer<String, byte[]> present = client;
        if (present == null) {
            return false;
        }
        Sending sending = new Sending(job, block.position(), block.samples());
        try {
            present.send(
                    new ProducerRecord<>(
                            Topics.RECORDING_AUDIO.name(),
                            job.recording.toString(),
                            Topics.RECORDING_AUDIO.codec().encode(block.chunk(job.startedAt))),
                    sending);
        } catch (KafkaException | IllegalStateException e) {
            LOG.atError().setCause(e).log("recordings need a new client");
            dropClient(nowNs);
            nextClientAtNs = nowNs + NEW_CLIENT_NS;
            return false;
        }
        if (!sending.isTaken()) {
            return false;
        }
        meters.lost(job.account.sent(block.position(), block.samples()));
        return true;
    }

    /// What becomes of one record. A client that cannot even take it says so before `send` returns.
    private final class Sending implements Callback {
        private final Job job;
        private final long position;
        private final int samples;
        private boolean inside = true;
        private boolean refused;

        private Sending(Job job, long position, int samples) {
            this.job = job;
            this.position = position;
            this.samples = samples;
        }

        private synchronized boolean isTaken() {
            inside = false;
            return !refused;
        }

        @Override
        public synchronized void onCompletion(
                @Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (inside && failure instanceof RetriableException) {
                refused = true;
            } else {
                outcomes.add(new Outcome(job, position, samples, failure));
            }
        }
    }

    /// Enters into the accounts what has become known.
    private void settle() {
        for (Outcome one = outcomes.poll(); one != null; one = outcomes.poll()) {
            Exception failure = one.failure();
            if (failure == null) {
                one.job().account.arrived();
                meters.written();
            } else {
                one.job().account.failed(one.position(), one.samples());
                meters.lost(one.samples());
                LOG.atDebug()
                        .addKeyValue("recordingId", one.job().recording)
                        .addKeyValue("position", one.position())
                        .setCause(failure)
                        .log("Kafka did not take a piece of a recording");
            }
        }
    }

    /// Hands over what waits, for two seconds at most. What is not known to have arrived by then is
    /// not reported any more.
    @Override
    public void close() throws InterruptedException {
        closing = true;
        LockSupport.unpark(thread);
        if (!thread.join(CLOSE_TIMEOUT)) {
            thread.interrupt();
        }
        Producer<String, byte[]> present = client;
        if (present != null) {
            present.close(CLOSE_TIMEOUT);
        }
        if (!jobs.isEmpty()) {
            LOG.atError().addKeyValue("recordings", jobs.size()).log("recordings ended unreported");
        }
    }
}
