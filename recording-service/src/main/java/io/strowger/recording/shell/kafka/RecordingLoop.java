package io.strowger.recording.shell.kafka;

import io.strowger.recording.core.finish.Finisher;
import io.strowger.recording.core.spool.Spool;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.telemetry.Telemetry;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The recording-service on Kafka: one life after the other, each with a consumer, a spool and a
/// finisher of its own. Ready once the group has given it a place.
public final class RecordingLoop implements CrashOnlyLoop.Body {
    /// The consumer group.
    public static final String GROUP = "recording-service";

    private final KafkaClients kafka;
    private final Telemetry telemetry;
    private final String instance;
    private final Supplier<Spool> spools;
    private final Function<Spool, Finisher> finishers;
    private final RecordingMeters meters;

    /// @param instance stable per instance, e.g. `recording-service-0`
    /// @param spools opens the spool for one life
    /// @param finishers makes what builds and stores its recordings
    public RecordingLoop(
            KafkaClients kafka,
            Telemetry telemetry,
            String instance,
            Supplier<Spool> spools,
            Function<Spool, Finisher> finishers) {
        this.kafka = kafka;
        this.telemetry = telemetry;
        this.instance = instance;
        this.spools = spools;
        this.finishers = finishers;
        this.meters = new RecordingMeters(telemetry);
    }

    @Override
    public void run(CrashOnlyLoop.Life life) {
        Inbox inbox = new Inbox();
        try (Spool spool = spools.get();
                Finisher finisher = finishers.apply(spool);
                KafkaProducer<String, byte[]> producer = kafka.producer(0);
                KafkaConsumer<String, byte[]> consumer = consumer()) {
            RecordingLog log = new RecordingLog(consumer);
            Recorder recorder =
                    new Recorder(
                            log,
                            spool,
                            finisher,
                            new Reports(producer, inbox, telemetry),
                            inbox,
                            meters);
            log.subscribe(new Readiness(life, recorder.ownership()));
            while (!life.stopping()) {
                recorder.turn();
            }
            recorder.stop();
        } finally {
            meters.active(0);
        }
    }

    /// Audio is fetched a few times a second and not record by record; a command waits no longer
    /// than one such fetch.
    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = kafka.groupConsumerSettings(GROUP, instance);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, Integer.toString(1 << 20));
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "150");
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(8 << 20));
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private record Readiness(CrashOnlyLoop.Life life, ConsumerRebalanceListener ownership)
            implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            ownership.onPartitionsAssigned(assigned);
            life.ready();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            ownership.onPartitionsRevoked(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            ownership.onPartitionsLost(lost);
        }
    }
}
