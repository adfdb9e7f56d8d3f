package io.strowger.orchestrator.shell.kafka;

import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.testsupport.Records;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

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
        return Records.all(clients, topic);
    }

    @Override
    public void close() throws Exception {
        producer.close(Duration.ofSeconds(1));
        kafka.close();
    }
}
