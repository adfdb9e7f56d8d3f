package io.strowger.worker.shell.kafka;

import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.WorkerReport;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.ops.Health;
import io.strowger.worker.core.lease.Lease;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells every 500 ms that this worker lives, and keeps its lease by the acknowledgements.
public final class Heartbeats implements CrashOnlyLoop.Body {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    private static final long PERIOD_MS = 500;
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private final KafkaClients kafka;
    private final Subject subject;
    private final CountDownLatch listening;
    private final Lease lease;
    private final Health.Check acknowledged;
    private long ackedAtNs;
    private Lease.Right right = Lease.Right.FULL;

    /// Whose heart it is.
    public interface Subject {
        WorkerId worker();

        WorkerEpoch epoch();

        /// host:port of its SIP.
        String sipAddress();

        int maxCalls();

        int calls();

        boolean draining();

        /// The right to work changed.
        void entitled(Lease.Right right);

        InstantSource clock();

        LongSupplier steadyNs();
    }

    /// @param orders heartbeats begin when these are listened to
    public Heartbeats(
            KafkaClients kafka,
            Subject subject,
            OrderConsumer orders,
            Lease lease,
            Health.Check acknowledged) {
        this.kafka = kafka;
        this.subject = subject;
        this.listening = orders.listening();
        this.lease = lease;
        this.acknowledged = acknowledged;
        this.ackedAtNs = subject.steadyNs().getAsLong();
    }

    @Override
    public void run(CrashOnlyLoop.Life life) throws InterruptedException {
        Map<String, Object> settings = kafka.producerSettings(0);
        // A late heartbeat says nothing: better none than one that pretends.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "1000");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "1000");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "500");
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "50");
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        try {
            while (!life.stopping() && !listening.await(100, TimeUnit.MILLISECONDS)) {
                judge();
            }
            life.ready();
            beat(life, producer);
            if (life.stopping()) {
                goodbye(producer);
            }
        } finally {
            producer.close(GOODBYE);
        }
    }

    private void beat(CrashOnlyLoop.Life life, KafkaProducer<String, byte[]> producer)
            throws InterruptedException {
        long dueNs = subject.steadyNs().getAsLong();
        while (!life.stopping()) {
            sendOne(producer);
            judge();
            dueNs =
                    Math.max(
                            dueNs + TimeUnit.MILLISECONDS.toNanos(PERIOD_MS),
                            subject.steadyNs().getAsLong() - 1);
            pause(life, dueNs);
        }
    }

    private void pause(CrashOnlyLoop.Life life, long untilNs) throws InterruptedException {
        while (!life.stopping() && subject.steadyNs().getAsLong() - untilNs < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void sendOne(KafkaProducer<String, byte[]> producer) throws InterruptedException {
        long sentAtNs = subject.steadyNs().getAsLong();
        WorkerReport report =
                new WorkerReport(
                        subject.worker(),
                        subject.epoch().get(),
                        subject.sipAddress(),
                        subject.maxCalls(),
                        subject.calls(),
                        subject.draining(),
                        subject.clock().instant());
        try {
            RecordMetadata written =
                    producer.send(record(Topics.MEDIA_WORKERS.codec().encode(report)))
                            .get(PERIOD_MS * 2, TimeUnit.MILLISECONDS);
            ackedAtNs = sentAtNs;
            acknowledged.up();
            LOG.atTrace().addKeyValue("offset", written.offset()).log("heartbeat");
        } catch (ExecutionException | TimeoutException | org.apache.kafka.common.KafkaException e) {
            acknowledged.down("heartbeats are not acknowledged");
            LOG.atDebug().setCause(e).log("heartbeat not acknowledged");
        }
    }

    private void judge() {
        Lease.Right now = lease.at(ackedAtNs, subject.steadyNs().getAsLong());
        if (now == right) {
            return;
        }
        Lease.Right before = right;
        right = now;
        LOG.atWarn()
                .addKeyValue("workerId", subject.worker())
                .addKeyValue("from", before)
                .addKeyValue("to", now)
                .log("the lease changed");
        subject.entitled(now);
    }

    /// Nobody is to be placed here any more; without it the orchestrator finds out by silence.
    private void goodbye(KafkaProducer<String, byte[]> producer) throws InterruptedException {
        try {
            RecordMetadata written =
                    producer.send(record(null)).get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            LOG.atDebug().addKeyValue("offset", written.offset()).log("worker signed off");
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().setCause(e).log("worker could not sign off");
        }
    }

    private ProducerRecord<String, byte[]> record(
            byte @org.jspecify.annotations.Nullable [] value) {
        return new ProducerRecord<>(
                Topics.MEDIA_WORKERS.name(),
                0,
                Integer.toString(subject.worker().ordinal()),
                value);
    }
}
