package io.strowger.worker.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.sip.Registration;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.worker.core.registration.Registrar;
import io.strowger.worker.core.registration.RegistrationStore;
import io.strowger.worker.core.registration.Registrations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows `sip.registrations` from its beginning, and writes to it. A write is done when it has
/// been read back, so that [Registrations], which only this loop changes, is the topic and nothing
/// else, in the topic's order, on every worker.
public final class RegistrationLog implements CrashOnlyLoop.Body, RegistrationStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationLog.class);
    private static final TopicPartition PARTITION =
            new TopicPartition(Topics.SIP_REGISTRATIONS.name(), 0);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final long SWEEP_NS = Duration.ofSeconds(10).toNanos();

    /// How long after its end a contact is struck out: clocks of workers differ, and a contact that
    /// was refreshed at the last moment must not be lost.
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final KafkaClients kafka;
    private final Registrations registrations;
    private final ReportProducer letters;
    private final Producer<String, byte[]> producer;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::offset));
    private long position;
    private long sweptAtNs = System.nanoTime();

    /// A record that is written and not yet read.
    private record Waiting(long offset, CompletableFuture<Void> read) {}

    /// @param letters takes what cannot be read
    public RegistrationLog(
            KafkaClients kafka, Registrations registrations, ReportProducer letters) {
        this.kafka = kafka;
        this.registrations = registrations;
        this.letters = letters;
        this.producer = producer(kafka);
    }

    private static Producer<String, byte[]> producer(KafkaClients kafka) {
        Map<String, Object> settings = kafka.producerSettings(0);
        // A phone asks again after a few seconds: what cannot be kept by then is given up.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "2000");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "4000");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "1000");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /// Waits until everything that stood in the topic at the start is known.
    ///
    /// @return whether it is
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return caughtUp.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run(CrashOnlyLoop.Life life) {
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer()) {
            consumer.assign(List.of(PARTITION));
            consumer.seek(PARTITION, position());
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (!life.stopping()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    take(record);
                }
                read(consumer.position(PARTITION));
                if (position() >= end) {
                    caughtUp.countDown();
                    life.ready();
                    sweep();
                }
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.value();
        String key = record.key() == null ? "" : record.key();
        try {
            registrations.apply(
                    key, value == null ? null : Topics.SIP_REGISTRATIONS.codec().decode(value));
        } catch (UndecodableException e) {
            letters.deadLetter(record, String.valueOf(e.getMessage()));
        }
    }

    private synchronized long position() {
        return position;
    }

    private void read(long upTo) {
        List<Waiting> done = new ArrayList<>();
        synchronized (this) {
            position = upTo;
            for (Waiting next = waiting.peek();
                    next != null && next.offset() < position;
                    next = waiting.peek()) {
                done.add(waiting.remove());
            }
        }
        done.forEach(record -> record.read().complete(null));
    }

    private void written(long offset, CompletableFuture<Void> read) {
        synchronized (this) {
            if (offset >= position) {
                waiting.add(new Waiting(offset, read));
                return;
            }
        }
        read.complete(null);
    }

    @Override
    public CompletableFuture<Void> write(List<Registrar.Change> changes) {
        CompletableFuture<?>[] all =
                changes.stream()
                        .map(change -> send(change.key(), change.registration()))
                        .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all)
                .orTimeout(WRITE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Void> send(String key, @Nullable Registration registration) {
        CompletableFuture<Void> read = new CompletableFuture<>();
        byte[] value =
                registration == null ? null : Topics.SIP_REGISTRATIONS.codec().encode(registration);
        try {
            producer.send(
                    new ProducerRecord<>(
                            Topics.SIP_REGISTRATIONS.name(), PARTITION.partition(), key, value),
                    (metadata, failure) -> {
                        if (failure == null) {
                            written(metadata.offset(), read);
                        } else {
                            read.completeExceptionally(failure);
                        }
                    });
        } catch (KafkaException e) {
            read.completeExceptionally(e);
        }
        return read;
    }

    /// Strikes out what has expired, whoever wrote it: its worker may be gone. When two do it, the
    /// second changes nothing.
    private void sweep() {
        if (System.nanoTime() - sweptAtNs < SWEEP_NS) {
            return;
        }
        sweptAtNs = System.nanoTime();
        for (String key : registrations.expired(GRACE)) {
            var _ =
                    send(key, null)
                            .exceptionally(failure -> {
                                LOG.atWarn()
                                        .setCause(failure)
                                        .log("an expired registration could not be struck out");
                                return null;
                            });
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
