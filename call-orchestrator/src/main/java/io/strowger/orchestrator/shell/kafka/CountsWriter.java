package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.call.RunningCalls;
import io.strowger.contracts.kafka.Topics;
import io.strowger.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the other orchestrators how many calls go on in the partitions of this one: what changed
/// at most so often, everything every few seconds, since one that was long asleep may have told of
/// a partition that it no longer owned. Not part of the transactions: these are hints about calls,
/// and nobody shall wait for them. On the coordinator's thread.
final class CountsWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CountsWriter.class);
    private static final long PACE_NS = Duration.ofMillis(50).toNanos();
    private static final long AGAIN_NS = Duration.ofSeconds(5).toNanos();
    private final KafkaProducer<String, byte[]> producer;
    private final Map<Integer, RunningCalls> told = new HashMap<>();
    private long toldNs;
    private long toldAllNs;

    /// @param nowNs of a steady clock
    CountsWriter(KafkaClients kafka, long nowNs) {
        this.producer = kafka.producer(0);
        this.toldNs = nowNs - PACE_NS;
        this.toldAllNs = nowNs - AGAIN_NS;
    }

    /// Whether it is time to [#tell].
    boolean isTime(long nowNs) {
        return nowNs - toldNs >= PACE_NS;
    }

    /// @param running of each partition that is owned now
    void tell(Map<Integer, RunningCalls> running, long nowNs) {
        toldNs = nowNs;
        if (nowNs - toldAllNs >= AGAIN_NS) {
            toldAllNs = nowNs;
            told.clear();
        }
        told.keySet().retainAll(running.keySet());
        running.forEach((partition, calls) -> {
            if (!calls.equals(told.put(partition, calls))) {
                send(partition, calls);
            }
        });
    }

    private void send(int partition, RunningCalls calls) {
        producer.send(
                new ProducerRecord<>(
                        Topics.CALL_COUNTS.name(),
                        0,
                        Integer.toString(partition),
                        Topics.CALL_COUNTS.codec().encode(calls)),
                (written, failure) -> {
                    if (failure != null) {
                        LOG.atWarn().setCause(failure).log("counts of calls not told");
                    }
                });
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
