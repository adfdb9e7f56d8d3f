package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.call.RunningCalls;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads, on a thread of its own, what all orchestrators tell of the calls in their partitions, so
/// that a cap on the calls of an application counts those of all.
final class CallCounts implements CrashOnlyLoop.Body {
    private static final Logger LOG = LoggerFactory.getLogger(CallCounts.class);
    private static final TopicPartition COUNTS = new TopicPartition(Topics.CALL_COUNTS.name(), 0);
    private static final Duration LOOK = Duration.ofMillis(100);
    private final KafkaClients kafka;
    private final Telemetry telemetry;
    private final Map<Integer, RunningCalls> told = new ConcurrentHashMap<>();

    CallCounts(KafkaClients kafka, Telemetry telemetry) {
        this.kafka = kafka;
        this.telemetry = telemetry;
    }

    /// Calls of an application in all partitions but these. Any thread.
    int runningElsewhere(String application, Set<Integer> own) {
        return told.entrySet().stream()
                .filter(entry -> !own.contains(entry.getKey()))
                .mapToInt(entry -> entry.getValue().of(application))
                .sum();
    }

    @Override
    public void run(CrashOnlyLoop.Life life) {
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer();
                Producer<String, byte[]> letters = kafka.producer(0)) {
            consumer.assign(List.of(COUNTS));
            consumer.seekToBeginning(List.of(COUNTS));
            long end = consumer.endOffsets(List.of(COUNTS)).getOrDefault(COUNTS, 0L);
            while (!life.stopping()) {
                consumer.poll(LOOK).forEach(record -> take(record, letters));
                if (consumer.position(COUNTS) >= end) {
                    life.ready();
                }
            }
        }
    }

    /// What cannot be read says nothing: the partition counts as it did, until its owner tells
    /// again, which it does every few seconds.
    private void take(ConsumerRecord<String, byte[]> record, Producer<String, byte[]> letters) {
        try {
            told.put(
                    Integer.parseInt(record.key()),
                    Topics.CALL_COUNTS.codec().decode(LogRecords.value(record)));
        } catch (UndecodableException | NumberFormatException e) {
            String reason = String.valueOf(e.getMessage());
            DeadLetters.tell(record, reason, telemetry);
            letters.send(
                    DeadLetters.of(record, reason),
                    (written, failure) -> {
                        if (failure != null) {
                            LOG.atError().setCause(failure).log("dead letter not written");
                        }
                    });
        }
    }
}
