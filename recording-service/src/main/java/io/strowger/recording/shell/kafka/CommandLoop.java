package io.strowger.recording.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life on `recording.commands`: an offset is committed when the dead letter of each record
/// below it is durable.
public final class CommandLoop implements CrashOnlyLoop.Body {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);
    private static final String GROUP = "recording-service";
    private static final String REASON = "recording is not available in this version";
    private static final Duration POLL = Duration.ofMillis(100);
    private final KafkaClients kafka;
    private final Telemetry telemetry;
    private final String instance;

    /// @param instance stable per instance, e.g. `recording-service-0`
    public CommandLoop(KafkaClients kafka, Telemetry telemetry, String instance) {
        this.kafka = kafka;
        this.telemetry = telemetry;
        this.instance = instance;
    }

    @Override
    public void run(CrashOnlyLoop.Life life) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, byte[]> producer = kafka.producer(0);
                KafkaConsumer<String, byte[]> consumer = kafka.groupConsumer(GROUP, instance)) {
            consumer.subscribe(List.of(Topics.RECORDING_COMMANDS.name()), new Readiness(life));
            while (!life.stopping()) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    bury(records, producer);
                    consumer.commitSync();
                }
            }
        }
    }

    private void bury(
            ConsumerRecords<String, byte[]> records, KafkaProducer<String, byte[]> producer)
            throws ExecutionException, InterruptedException {
        List<Future<?>> writes = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            writes.add(producer.send(DeadLetters.of(record, REASON)));
            telemetry.counter(Telemetry.DEAD_LETTERS, "topic", record.topic()).increment();
            LOG.atWarn()
                    .addKeyValue(LogFields.TOPIC, record.topic())
                    .addKeyValue(LogFields.PARTITION, record.partition())
                    .addKeyValue(LogFields.OFFSET, record.offset())
                    .addKeyValue(LogFields.REASON, REASON)
                    .log("recording command moved to the dead-letter topic");
        }
        for (Future<?> write : writes) {
            write.get();
        }
    }

    /// Ready once the group has given this member its place.
    private record Readiness(CrashOnlyLoop.Life life) implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            life.ready();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            // Nothing is held between two polls.
        }
    }
}
