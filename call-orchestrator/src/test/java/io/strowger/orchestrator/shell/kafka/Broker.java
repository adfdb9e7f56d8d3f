package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// A real broker with all topics, two call partitions, and plain ends to write and read with.
final class Broker implements AutoCloseable {
    private final EmbeddedKafka kafka;
    private final KafkaProducer<String, byte[]> producer;
    final Settings settings;
    final KafkaClients clients;

    Broker(Path directory) throws Exception {
        settings = SettingsLoader.load(null, OrchestratorProcess.ENVIRONMENT);
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
        clients = new KafkaClients(kafka.bootstrapServers(), settings.kafka());
        try (Admin admin = clients.admin()) {
            TopicCreation.ensure(admin, settings.kafka());
        }
        producer = clients.producer(0);
    }

    void produce(ProducerRecord<String, byte[]> record)
            throws InterruptedException, ExecutionException {
        producer.send(record).get();
    }

    /// All that is committed in a topic by now.
    List<ConsumerRecord<String, byte[]>> read(String topic) {
        int partitions =
                Topics.all().stream()
                        .filter(one -> one.name().equals(topic))
                        .mapToInt(one -> one.layout().fixedPartitions().orElse(2))
                        .findFirst()
                        .orElse(1);
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            all.add(new TopicPartition(topic, i));
        }
        List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = clients.assignedConsumer()) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
            }
        }
        return read;
    }

    @Override
    public void close() throws Exception {
        producer.close(Duration.ofSeconds(1));
        kafka.close();
    }
}
