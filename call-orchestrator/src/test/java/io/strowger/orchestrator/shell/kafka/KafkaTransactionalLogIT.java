package io.strowger.orchestrator.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.contracts.kafka.Topics;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaTransactionalLogIT extends TransactionalLogContract {
    @TempDir Path directory;
    private final List<KafkaTransactionalLog> processes = new ArrayList<>();
    private final Telemetry telemetry = new Telemetry();
    private Broker broker;

    @BeforeEach
    void startBroker() throws Exception {
        broker = new Broker(directory);
    }

    @AfterEach
    void stop() throws Exception {
        processes.forEach(KafkaTransactionalLog::close);
        broker.close();
        telemetry.close();
    }

    @Test
    void refusesACommitOfTimersAloneOfAMemberThatTheGroupHasGivenUp() throws Exception {
        TransactionalLog first = newProcess();
        produce(Topics.CALL_COMMANDS.name(), "a", "1");
        Eventually.holds(
                "something is read",
                Duration.ofSeconds(30),
                () -> !first.poll(Duration.ofMillis(100)).isEmpty());
        first.begin();
        first.commit();
        try (Admin admin = broker.clients.admin()) {
            admin.removeMembersFromConsumerGroup(
                            "call-orchestrator",
                            new RemoveMembersFromConsumerGroupOptions(
                                    List.of(new MemberToRemove("call-orchestrator-0"))))
                    .all()
                    .get();
        }

        first.begin(); // no poll between: as one that wakes up with a timer that is due
        first.write(
                new ProducerRecord<>(
                        Topics.CALL_EVENTS.name(),
                        0,
                        "key",
                        "stale".getBytes(StandardCharsets.UTF_8)));

        assertThrows(RuntimeException.class, first::commit);
        assertEquals(List.of(), visible(Topics.CALL_EVENTS.name()));
    }

    /// The last one is left as it is: a killed process closes nothing.
    @Override
    TransactionalLog newProcess() {
        KafkaTransactionalLog log =
                new KafkaTransactionalLog(
                        broker.clients,
                        new Membership("call-orchestrator-0", Duration.ofSeconds(6)),
                        telemetry);
        processes.add(log);
        log.open();
        log.subscribe(
                List.of(Topics.CALL_COMMANDS.name()),
                new ConsumerRebalanceListener() {
                    @Override
                    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                        assigned.forEach(log.consumer()::position);
                    }

                    @Override
                    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                        revoked.forEach(log::forgetOffsets);
                    }
                });
        return log;
    }

    @Override
    void produce(String topic, String key, String value) throws Exception {
        broker.produce(new ProducerRecord<>(topic, 0, key, value.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    List<String> visible(String topic) {
        return broker.read(topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
