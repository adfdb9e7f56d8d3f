package io.strowger.worker.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.MediaReport;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.worker.shell.call.ReportSink;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes reports to `media.events` in the order they come, from one thread of its own. While Kafka
/// is away they wait; [#report] never does.
public final class ReportProducer implements ReportSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReportProducer.class);
    private static final int CAPACITY = 100_000;
    private static final int LINGER_MS = 2;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final BlockingQueue<ProducerRecord<String, byte[]>> waiting =
            new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder lost = new LongAdder();
    private final KafkaProducer<String, byte[]> producer;
    private final Thread thread;
    private volatile boolean closing;

    public ReportProducer(KafkaClients kafka) {
        Map<String, Object> settings = kafka.producerSettings(LINGER_MS);
        // A report is never given up on while this process lives: the orchestrator waits for it.
        settings.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(Integer.MAX_VALUE));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "1000");
        this.producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        this.thread = Thread.ofPlatform().name("media-reports").unstarted(this::run);
        thread.start();
    }

    @Override
    public void report(MediaReport report) {
        offer(
                new ProducerRecord<>(
                        Topics.MEDIA_EVENTS.name(),
                        report.call().toString(),
                        Topics.MEDIA_EVENTS.codec().encode(report)));
    }

    void deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
        offer(DeadLetters.of(record, reason));
    }

    private void offer(ProducerRecord<String, byte[]> record) {
        if (!waiting.offer(record)) {
            lost.increment();
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

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                ProducerRecord<String, byte[]> record = waiting.poll(100, TimeUnit.MILLISECONDS);
                while (record != null && !sent(record)) {
                    if (closing) {
                        lost.increment();
                        break;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// False: there is no room or no cluster for now.
    private boolean sent(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(
                    record,
                    (_, failure) -> {
                        if (failure != null) {
                            refused(record, failure);
                        }
                    });
            return true;
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            return false;
        } catch (org.apache.kafka.common.KafkaException e) {
            refused(record, e);
            return true;
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

    @Override
    public void close() throws InterruptedException {
        closing = true;
        if (!thread.join(CLOSE_TIMEOUT)) {
            thread.interrupt();
        }
        producer.close(CLOSE_TIMEOUT);
    }
}
