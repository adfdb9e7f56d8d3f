package io.strowger.worker.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.runtime.telemetry.TraceHeaders;
import io.strowger.worker.shell.call.ReportSink;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes reports to `media.events` in the order they come, from one thread of its own. While Kafka
/// is away they wait; [#report] never does.
///
/// The wait is bounded by the queue of [#CAPACITY], which calls that go on through an outage of
/// many minutes do not fill: new ones are refused meanwhile. What comes to a full queue is lost:
/// counted, logged once until there is room again, and the worker is not ready meanwhile. The
/// newest is dropped, so that what was kept is in order.
public final class ReportProducer implements ReportSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReportProducer.class);

    /// About 50 MB of reports; a worker at its limits makes some 2,000 a second.
    static final int CAPACITY = 100_000;

    private static final int LINGER_MS = 0;
    private static final int PAUSE_MS = 50;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final BlockingQueue<ProducerRecord<String, byte[]>> waiting;
    private final LongAdder lost = new LongAdder();
    private final AtomicBoolean full = new AtomicBoolean();
    private final Telemetry telemetry;
    private final Health.Check room;
    private final Producer<String, byte[]> producer;
    private final Thread thread;
    private volatile boolean closing;

    /// @param room down while reports are lost
    public ReportProducer(KafkaClients kafka, Telemetry telemetry, Health.Check room) {
        this(producer(kafka), CAPACITY, telemetry, room);
    }

    ReportProducer(
            Producer<String, byte[]> producer,
            int capacity,
            Telemetry telemetry,
            Health.Check room) {
        this.producer = producer;
        this.telemetry = telemetry;
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.room = room;
        room.up();
        this.thread = Thread.ofPlatform().name("media-reports").daemon().unstarted(this::run);
        thread.start();
    }

    private static Producer<String, byte[]> producer(KafkaClients kafka) {
        Map<String, Object> settings = kafka.producerSettings(LINGER_MS);
        // A report is never given up on while this process lives: the orchestrator waits for it.
        settings.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(Integer.MAX_VALUE));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "1000");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void report(MediaReport report) {
        report(report, null);
    }

    @Override
    public void report(MediaReport report, @Nullable TraceContext trace) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.MEDIA_EVENTS.name(),
                        report.call().toString(),
                        Topics.MEDIA_EVENTS.codec().encode(report));
        TraceHeaders.write(record.headers(), trace);
        offer(record);
    }

    /// Puts a record that cannot be read aside; counts and logs it.
    void deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
        DeadLetters.tell(record, reason, telemetry);
        offer(DeadLetters.of(record, reason));
    }

    private void offer(ProducerRecord<String, byte[]> record) {
        if (waiting.offer(record)) {
            return;
        }
        lost.increment();
        if (full.compareAndSet(false, true)) {
            room.down("reports are lost: Kafka takes none");
            LOG.atError()
                    .addKeyValue("waiting", waiting.size())
                    .log("no room for reports: they are lost until Kafka takes some");
        }
    }

    /// Reports that wait for their turn.
    public int waiting() {
        return waiting.size();
    }

    /// Reports that found the queue full, or that Kafka refused for good.
    public long lost() {
        return lost.sum();
    }

    /// The first report finds a connection.
    private void meet() {
        try {
            int partitions = producer.partitionsFor(Topics.MEDIA_EVENTS.name()).size();
            LOG.atDebug().addKeyValue("partitions", partitions).log("reports have somewhere to go");
        } catch (org.apache.kafka.common.KafkaException e) {
            LOG.atDebug().setCause(e).log("reports wait for Kafka");
        }
    }

    private void run() {
        meet();
        try {
            while (!closing || !waiting.isEmpty()) {
                ProducerRecord<String, byte[]> record = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (record == null) {
                    continue;
                }
                while (!handedOver(record)) {
                    if (closing) {
                        lost.add(1L + waiting.size());
                        return;
                    }
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                }
                if (full.compareAndSet(true, false)) {
                    room.up();
                    LOG.atWarn().addKeyValue("lost", lost.sum()).log("room for reports again");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Gives the record to the client, which keeps it and its order until Kafka has it.
    ///
    /// @return false when the client had no room or knew no cluster: it tells that to the callback
    ///   before `send` returns, and the record is still ours
    private boolean handedOver(ProducerRecord<String, byte[]> record) {
        Handover handover = new Handover(record);
        try {
            producer.send(record, handover);
        } catch (org.apache.kafka.common.KafkaException e) {
            refused(record, e);
        }
        return handover.isTaken();
    }

    private final class Handover implements Callback {
        private final ProducerRecord<String, byte[]> record;
        private boolean sending = true;
        private boolean again;

        private Handover(ProducerRecord<String, byte[]> record) {
            this.record = record;
        }

        private synchronized boolean isTaken() {
            sending = false;
            return !again;
        }

        @Override
        public synchronized void onCompletion(
                @Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure == null) {
                return;
            }
            if (sending && failure instanceof RetriableException) {
                again = true;
            } else {
                refused(record, failure);
            }
        }
    }

    private void refused(ProducerRecord<String, byte[]> record, Exception failure) {
        lost.increment();
        LOG.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("serverCallId", record.key())
                .setCause(failure)
                .log("report lost");
    }

    /// Hands over what waits, for two seconds at most.
    @Override
    public void close() throws InterruptedException {
        closing = true;
        if (!thread.join(CLOSE_TIMEOUT)) {
            thread.interrupt();
        }
        producer.close(CLOSE_TIMEOUT);
        if (lost() > 0) {
            LOG.atError().addKeyValue("lost", lost()).log("reports were lost");
        }
    }
}
