package io.strowger.worker.shell.kafka;

import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.WorkerReport;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.ops.Health;
import io.strowger.worker.core.lease.Lease;
import io.strowger.worker.core.lease.Tenure;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells every 500 ms that this worker lives, and at once that it leaves; keeps its lease by the
/// acknowledgements.
public final class Heartbeats implements CrashOnlyLoop.Body {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    private static final long PERIOD_NS = Duration.ofMillis(500).toNanos();
    private static final long LOOK_MS = 20;
    private static final Duration GOODBYE = Duration.ofSeconds(1);
    private final KafkaClients kafka;
    private final Subject subject;
    private final CountDownLatch listening;
    private final Tenure tenure;
    private final Health.Check acknowledged;
    private boolean saidToLeave;

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
        this.tenure = new Tenure(lease, subject.steadyNs().getAsLong());
        this.acknowledged = acknowledged;
    }

    @Override
    public void run(CrashOnlyLoop.Life life) throws InterruptedException {
        Map<String, Object> settings = kafka.producerSettings(0);
        // A late heartbeat says nothing: better none than one that pretends.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "1000");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "1000");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "100");
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "50");
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        try {
            while (!life.stopping() && !listening.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                look();
            }
            life.ready();
            beat(life, producer);
            goodbye(producer);
        } finally {
            producer.close(GOODBYE);
        }
    }

    /// The lease is looked at often, whatever becomes of the heartbeats meanwhile.
    private void beat(CrashOnlyLoop.Life life, KafkaProducer<String, byte[]> producer)
            throws InterruptedException {
        long dueNs = subject.steadyNs().getAsLong();
        while (!life.stopping()) {
            long nowNs = subject.steadyNs().getAsLong();
            if (nowNs - dueNs >= 0 || subject.draining() && !saidToLeave) {
                sendOne(producer);
                dueNs = Math.max(dueNs + PERIOD_NS, nowNs);
            }
            look();
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    private void sendOne(KafkaProducer<String, byte[]> producer) {
        long sentAtNs = subject.steadyNs().getAsLong();
        boolean leaves = subject.draining();
        saidToLeave |= leaves;
        WorkerReport report =
                new WorkerReport(
                        subject.worker(),
                        subject.epoch().get(),
                        subject.sipAddress(),
                        subject.maxCalls(),
                        subject.calls(),
                        leaves,
                        subject.clock().instant());
        producer.send(
                record(Topics.MEDIA_WORKERS.codec().encode(report)),
                (_, failure) -> acknowledged(sentAtNs, failure));
    }

    /// On the client's thread, in the order of sending.
    private void acknowledged(long sentAtNs, @Nullable Exception failure) {
        if (failure == null) {
            tenure.acknowledged(sentAtNs);
            acknowledged.up();
        } else {
            acknowledged.down("heartbeats are not acknowledged");
            LOG.atDebug().setCause(failure).log("heartbeat not acknowledged");
        }
    }

    /// Looks at the lease, and tells the subject when its right has changed. Any thread.
    public synchronized void look() {
        Lease.Right before = tenure.right();
        tenure.look(subject.steadyNs().getAsLong())
                .ifPresent(now -> {
                    LOG.atWarn()
                            .addKeyValue("workerId", subject.worker())
                            .addKeyValue("from", before)
                            .addKeyValue("to", now)
                            .log("the lease changed");
                    subject.entitled(now);
                });
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

    private ProducerRecord<String, byte[]> record(byte @Nullable [] value) {
        return new ProducerRecord<>(
                Topics.MEDIA_WORKERS.name(),
                0,
                Integer.toString(subject.worker().ordinal()),
                value);
    }
}
