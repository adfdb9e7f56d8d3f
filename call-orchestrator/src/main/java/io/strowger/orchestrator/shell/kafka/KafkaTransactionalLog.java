package io.strowger.orchestrator.shell.kafka;

import io.micrometer.core.instrument.Timer;
import io.strowger.contracts.kafka.Topics;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The log in Kafka: a group member and a transactional producer that is fenced by its fixed id, so
/// that of two processes with one ordinal only the younger commits.
final class KafkaTransactionalLog implements TransactionalLog, AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> transactional;
    private final KafkaProducer<String, byte[]> plain;
    private final Map<TopicPartition, OffsetAndMetadata> polled = new HashMap<>();
    private final Map<Integer, Long> stateEnds = new ConcurrentHashMap<>();
    private final Timer commits;
    private volatile @Nullable Exception sendFailure;
    private boolean sent;
    private boolean polling;

    KafkaTransactionalLog(KafkaClients kafka, Membership member, Telemetry telemetry) {
        commits = telemetry.timer(Telemetry.COORDINATOR_COMMIT);
        transactional = kafka.transactionalProducer(member.instance(), member.session());
        plain = kafka.producer(0);
        consumer = kafka.groupConsumer("call-orchestrator", member.instance(), member.session());
    }

    /// Blocks until an earlier process of this ordinal is fenced off.
    void open() {
        transactional.initTransactions();
    }

    KafkaConsumer<String, byte[]> consumer() {
        return consumer;
    }

    void subscribe(List<String> topics, ConsumerRebalanceListener listener) {
        consumer.subscribe(topics, listener);
    }

    @Override
    public List<ConsumerRecord<String, byte[]>> poll(Duration longest) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : pollConsumer(longest)) {
            records.add(record);
            polled.put(
                    new TopicPartition(record.topic(), record.partition()),
                    new OffsetAndMetadata(record.offset() + 1));
        }
        return records;
    }

    private ConsumerRecords<String, byte[]> pollConsumer(Duration longest) {
        polling = true;
        try {
            return consumer.poll(longest);
        } finally {
            polling = false;
        }
    }

    /// Whether a turn is at its beginning: everything decided so far is committed. Else partitions
    /// are taken because the log is being closed, maybe in the middle of a turn that failed.
    boolean isPolling() {
        return polling;
    }

    /// What is known of a partition of `call.state` is what the log has below `end`.
    void stateEndsAt(int partition, long end) {
        stateEnds.put(partition, end);
    }

    /// Likewise, with what was written and committed since. Not the end of the log, where others
    /// may have written already.
    OptionalLong stateEnd(int partition) {
        Long end = stateEnds.get(partition);
        return end == null ? OptionalLong.empty() : OptionalLong.of(end);
    }

    /// Partitions that were revoked must not be committed any more.
    void forgetOffsets(TopicPartition partition) {
        polled.remove(partition);
    }

    @Override
    public void begin() {
        transactional.beginTransaction();
    }

    @Override
    public void write(ProducerRecord<String, byte[]> record) {
        transactional.send(
                record,
                (written, failure) -> {
                    if (failure == null && record.topic().equals(Topics.CALL_STATE.name())) {
                        stateEnds.merge(written.partition(), written.offset() + 1, Math::max);
                    }
                });
    }

    @Override
    public void commit() {
        long startNs = System.nanoTime();
        if (sent) {
            plain.flush(); // what was asked before these offsets is answered before they are done
            sent = false;
        }
        checkSent();
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
        if (!offsets.isEmpty()) {
            transactional.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        }
        transactional.commitTransaction();
        polled.clear();
        commits.record(System.nanoTime() - startNs, TimeUnit.NANOSECONDS);
    }

    /// What was polled; of a turn that polled nothing, such as one of timers alone, where one
    /// partition stands. The offsets are what the group checks its members by: who was asleep while
    /// others took its partitions over must not commit without them.
    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        if (!polled.isEmpty()) {
            return Map.copyOf(polled);
        }
        return consumer.assignment().stream()
                .findFirst()
                .map(one -> Map.of(one, new OffsetAndMetadata(consumer.position(one))))
                .orElse(Map.of());
    }

    @Override
    public void send(ProducerRecord<String, byte[]> record) {
        checkSent();
        sent = true;
        plain.send(
                record,
                (_, failure) -> {
                    if (failure != null) {
                        sendFailure = failure;
                    }
                });
    }

    private void checkSent() {
        Exception failure = sendFailure;
        if (failure != null) {
            throw new IllegalStateException("an answer could not be sent", failure);
        }
    }

    @Override
    public void close() {
        consumer.close(
                org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
        transactional.close(Duration.ofSeconds(2));
        plain.close(Duration.ofSeconds(2));
    }
}
