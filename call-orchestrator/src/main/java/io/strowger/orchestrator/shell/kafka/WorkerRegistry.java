package io.strowger.orchestrator.shell.kafka;

import io.micrometer.core.instrument.Counter;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.WorkerReport;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.placement.Workers;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads all heartbeats on a thread of its own, and says where new calls go and which workers are
/// lost.
final class WorkerRegistry implements CrashOnlyLoop.Body {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerRegistry.class);
    private static final TopicPartition HEARTBEATS =
            new TopicPartition(Topics.MEDIA_WORKERS.name(), 0);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PROBE = Duration.ofMillis(500);
    private static final long LAG_NS = Duration.ofMillis(500).toNanos();
    private final KafkaClients kafka;
    private final Workers workers;
    private final RandomGenerator random;
    private final Telemetry telemetry;
    private final Counter lost;

    WorkerRegistry(
            KafkaClients kafka, Duration lostAfter, RandomGenerator random, Telemetry telemetry) {
        this.telemetry = telemetry;
        this.lost = telemetry.counter(Telemetry.WORKERS_LOST);
        this.kafka = kafka;
        this.workers = new Workers(lostAfter.toNanos());
        this.random = random;
    }

    /// Any thread.
    Optional<Placement> candidate() {
        synchronized (workers) {
            return workers.choose(random, System.nanoTime());
        }
    }

    /// Whether nothing can be expected of a process any more. Any thread.
    boolean isGone(Placement.Process process) {
        synchronized (workers) {
            return workers.isGone(process, System.nanoTime());
        }
    }

    /// Whether a process lives and wants to be left. Any thread.
    boolean isLeaving(Placement.Process process) {
        synchronized (workers) {
            return workers.isLeaving(process);
        }
    }

    @Override
    public void run(CrashOnlyLoop.Life life) {
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer();
                Producer<String, byte[]> letters = letters()) {
            consumer.assign(List.of(HEARTBEATS));
            consumer.seekToBeginning(List.of(HEARTBEATS));
            long end = consumer.endOffsets(List.of(HEARTBEATS)).getOrDefault(HEARTBEATS, 0L);
            long lastLookNs = System.nanoTime();
            while (!life.stopping()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(LOOK)) {
                    take(record, record.offset() >= end, letters);
                }
                if (allSilent() && !canRead(consumer)) {
                    wasBlind();
                }
                long nowNs = System.nanoTime();
                boolean caughtUp = consumer.position(HEARTBEATS) >= end;
                if (caughtUp) {
                    life.ready();
                    watching(nowNs);
                    long sinceNs = nowNs - lastLookNs;
                    look(nowNs, sinceNs > LAG_NS ? sinceNs : 0);
                }
                lastLookNs = nowNs;
            }
        }
    }

    private boolean allSilent() {
        synchronized (workers) {
            return workers.allSilent(System.nanoTime());
        }
    }

    private void wasBlind() {
        synchronized (workers) {
            workers.wasBlind(System.nanoTime());
        }
    }

    /// Without brokers nobody's heartbeats arrive, and a poll says nothing of that.
    private static boolean canRead(KafkaConsumer<String, byte[]> consumer) {
        try {
            consumer.endOffsets(List.of(HEARTBEATS), PROBE);
            return true;
        } catch (TimeoutException e) {
            LOG.atDebug().setCause(e).log("heartbeats cannot be read");
            return false;
        }
    }

    private void watching(long nowNs) {
        synchronized (workers) {
            workers.watching(nowNs);
        }
    }

    /// @param fresh written since this reader began: only then the worker surely lives
    private void take(
            ConsumerRecord<String, byte[]> record,
            boolean fresh,
            Producer<String, byte[]> letters) {
        try {
            if (record.value() == null) {
                left(new WorkerId(Integer.parseInt(record.key())));
            } else {
                heard(decoded(record.value()), fresh);
            }
        } catch (UndecodableException | IllegalArgumentException e) {
            bury(letters, record, String.valueOf(e.getMessage()));
        }
    }

    /// Every orchestrator that reads it writes one, and again when it begins anew: the topic is
    /// read by all, and a letter too many is better than none. The next heartbeats do not wait for
    /// it.
    private void bury(
            Producer<String, byte[]> letters,
            ConsumerRecord<String, byte[]> record,
            String reason) {
        DeadLetters.tell(record, reason, telemetry);
        letters.send(
                DeadLetters.of(record, reason),
                (written, failure) -> {
                    if (failure != null) {
                        LOG.atError().setCause(failure).log("dead letter not written");
                    }
                });
    }

    private Producer<String, byte[]> letters() {
        Map<String, Object> settings = kafka.producerSettings(0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "500");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private void heard(WorkerReport report, boolean fresh) {
        synchronized (workers) {
            report(workers.heard(report, System.nanoTime(), fresh));
        }
    }

    private static WorkerReport decoded(byte[] value) throws UndecodableException {
        WorkerReport report = Topics.MEDIA_WORKERS.codec().decode(value);
        int slots = Topics.MEDIA_COMMANDS.layout().fixedPartitions().orElseThrow();
        if (report.worker().ordinal() >= slots) {
            throw new IllegalArgumentException("there are only " + slots + " slots for workers");
        }
        return report;
    }

    private void look(long nowNs, long heldUpNs) {
        synchronized (workers) {
            report(workers.takeLost(nowNs, heldUpNs));
        }
    }

    private void left(WorkerId worker) {
        synchronized (workers) {
            var _ = workers.left(worker);
        }
        LOG.atInfo().addKeyValue(LogFields.WORKER_ID, worker).log("media worker left");
    }

    private void report(List<Placement.Process> gone) {
        for (Placement.Process process : gone) {
            LOG.atWarn()
                    .addKeyValue(LogFields.WORKER_ID, process.worker())
                    .addKeyValue("epoch", process.epoch())
                    .log("media worker lost");
            lost.increment();
        }
    }
}
