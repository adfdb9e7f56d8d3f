package io.strowger.orchestrator.shell.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// One process' end of an [InMemoryBroker]. Each step can be the last one of the process.
final class InMemoryTransactionalLog implements TransactionalLog {
    private final InMemoryBroker broker;
    private final List<TopicPartition> inputs;
    private final Steps steps;
    private final int owner;
    private final Map<TopicPartition, Integer> positions = new HashMap<>();
    private final List<ProducerRecord<String, byte[]>> open = new ArrayList<>();

    /// Asked before each step; throws to kill the process there.
    interface Steps {
        void before(String step);

        /// How many records a poll brings of a partition that has `available` ones.
        default int polled(int available) {
            return available;
        }
    }

    InMemoryTransactionalLog(InMemoryBroker broker, List<TopicPartition> inputs, Steps steps) {
        this.broker = broker;
        this.inputs = inputs;
        this.steps = steps;
        this.owner = broker.newOwner();
        inputs.forEach(input -> positions.put(input, broker.offset(input)));
    }

    @Override
    public List<ConsumerRecord<String, byte[]>> poll(Duration longest) {
        steps.before("poll");
        List<ConsumerRecord<String, byte[]>> polled = new ArrayList<>();
        for (TopicPartition input : inputs) {
            List<ConsumerRecord<String, byte[]>> all = broker.records(input);
            int from = positions.getOrDefault(input, 0);
            int to = from + steps.polled(all.size() - from);
            polled.addAll(all.subList(from, to));
            positions.put(input, to);
        }
        steps.before("decide");
        return polled;
    }

    @Override
    public void begin() {
        steps.before("begin");
        open.clear();
    }

    @Override
    public void write(ProducerRecord<String, byte[]> record) {
        steps.before("write");
        open.add(record);
    }

    @Override
    public void commit() {
        steps.before("commit");
        if (!broker.isYoungest(owner)) {
            throw new IllegalStateException("fenced by a younger process");
        }
        open.forEach(broker::append);
        open.clear();
        broker.commit(positions);
        steps.before("after commit");
    }

    @Override
    public void send(ProducerRecord<String, byte[]> record) {
        steps.before("send");
        broker.append(record);
    }
}
