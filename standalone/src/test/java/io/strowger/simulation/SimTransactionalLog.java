package io.strowger.simulation;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.shell.kafka.TransactionalLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// One life's end of the log. Each of its steps may be the last one of the process, or take longer
/// than the group has patience for: what it commits then is refused.
final class SimTransactionalLog implements TransactionalLog {
    static final String GROUP = "call-orchestrator";
    private static final List<String> INPUTS =
            List.of(
                    Topics.CALL_COMMANDS.name(),
                    Topics.MEDIA_EVENTS.name(),
                    Topics.RECORDING_EVENTS.name());
    private static final long COMMIT_PATIENCE_MS = 60_000;
    private final SimOrchestrator process;
    private final World world;
    private final SplittableRandom random;
    private final SimGroup.Member member;
    private final int producerEpoch;
    private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    private final List<ProducerRecord<String, byte[]>> open = new ArrayList<>();
    private final Map<ServerCallId, CallState> changed = new LinkedHashMap<>();
    private boolean closed;

    /// The life is over: another one begins from the log.
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String why) {
            super(why);
        }
    }

    SimTransactionalLog(SimOrchestrator process, SplittableRandom random) {
        this.process = process;
        this.world = process.world;
        this.random = random;
        this.member = world.orchestrators.join(process.name, process);
        this.producerEpoch = world.newProducer(process.name);
    }

    @Override
    public List<ConsumerRecord<String, byte[]>> poll(Duration longest) {
        mayFail("poll");
        if (!process.hasKafka()) {
            return List.of();
        }
        if (world.wiring.fencing() && world.orchestrators.isExpelled(member)) {
            throw new Broken("given up by its group");
        }
        for (int partition : world.orchestrators.revoke(member)) {
            INPUTS.forEach(topic -> positions.remove(new TopicPartition(topic, partition)));
            process.disown(partition);
        }
        for (int partition : world.orchestrators.acquire(member)) {
            own(partition);
        }
        List<ConsumerRecord<String, byte[]>> polled = new ArrayList<>();
        for (Map.Entry<TopicPartition, Long> position : positions.entrySet()) {
            List<ConsumerRecord<String, byte[]>> available =
                    world.kafka.read(position.getKey(), position.getValue());
            int taken = available.isEmpty() ? 0 : 1 + random.nextInt(available.size());
            polled.addAll(available.subList(0, taken));
            position.setValue(position.getValue() + taken);
        }
        if (!polled.isEmpty()) {
            mayFail("decide");
        }
        return polled;
    }

    private void own(int partition) {
        for (String topic : INPUTS) {
            TopicPartition name = new TopicPartition(topic, partition);
            positions.put(name, world.kafka.offset(GROUP, name));
            world.kafka.listen(
                    name,
                    process,
                    () -> {
                        if (!closed) {
                            process.recordsCame();
                        }
                    });
        }
        process.own(partition);
        process.recordsCame();
    }

    void changed(ServerCallId call, CallState after) {
        changed.put(call, after);
    }

    @Override
    public void begin() {
        open.clear();
    }

    @Override
    public void write(ProducerRecord<String, byte[]> record) {
        open.add(record);
    }

    @Override
    public void commit() {
        mayFail("commit");
        if (!process.awaitKafka(COMMIT_PATIENCE_MS)) {
            throw new Broken("the transaction was given up");
        }
        if (world.wiring.fencing()) {
            checkNotFenced();
        }
        open.forEach(world.kafka::append);
        world.kafka.commit(GROUP, positions);
        changed.forEach(world.judge::committed);
        open.clear();
        changed.clear();
        mayFail("answer of the commit");
    }

    private void checkNotFenced() {
        if (world.producer(process.name) != producerEpoch) {
            throw new Broken("fenced by a younger process");
        }
        for (TopicPartition position : positions.keySet()) {
            if (!world.orchestrators.owns(member, position.partition())) {
                throw new Broken("its group has another owner for " + position.partition());
            }
        }
    }

    @Override
    public void send(ProducerRecord<String, byte[]> record) {
        if (process.awaitKafka(COMMIT_PATIENCE_MS)) {
            world.kafka.append(record);
        }
    }

    void close() {
        closed = true;
        world.orchestrators.leave(member);
    }

    private void mayFail(String step) {
        world.faults.atStep(process, step);
    }
}
