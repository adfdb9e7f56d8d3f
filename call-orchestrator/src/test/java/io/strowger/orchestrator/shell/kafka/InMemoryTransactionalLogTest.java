package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

class InMemoryTransactionalLogTest extends TransactionalLogContract {
    private final InMemoryBroker broker = new InMemoryBroker();

    @Override
    TransactionalLog newProcess() {
        return new InMemoryTransactionalLog(
                broker, List.of(new TopicPartition(Topics.CALL_COMMANDS.name(), 0)), step -> {});
    }

    @Override
    void produce(String topic, String key, String value) {
        broker.append(new ProducerRecord<>(topic, 0, key, value.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    List<String> visible(String topic) {
        return broker.records(topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
