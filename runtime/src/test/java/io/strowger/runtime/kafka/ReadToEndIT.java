package io.strowger.runtime.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.kafka.Topics;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadToEndIT {
    private static final String TOPIC = Topics.CALL_EVENTS.name();
    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
    private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);

    @Test
    void givesAllThatIsCommittedInTheOrderOfEachPartition(@TempDir Path directory)
            throws Exception {
        Settings settings = SettingsLoader.load(null, Map.of("STROWGER_KAFKA_PARTITIONS", "2"));
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory))) {
            KafkaClients kafka = new KafkaClients(broker.bootstrapServers(), settings.kafka());
            try (var admin = kafka.admin()) {
                TopicCreation.ensure(admin, settings.kafka());
            }
            assertEquals(List.of(), read(kafka, FIRST));
            try (KafkaProducer<String, byte[]> producer =
                    kafka.transactionalProducer("read-to-end")) {
                producer.initTransactions();
                producer.beginTransaction();
                for (int i = 0; i < 1200; i++) { // more than one poll gives
                    producer.send(record(FIRST, "first " + i));
                }
                producer.send(record(SECOND, "second"));
                producer.commitTransaction();
                producer.beginTransaction();
                producer.send(record(FIRST, "taken back")).get();
                producer.abortTransaction();
            }

            List<String> first = read(kafka, FIRST);

            List<String> written = new ArrayList<>();
            for (int i = 0; i < 1200; i++) {
                written.add("first " + i);
            }
            assertEquals(written, first);
            assertEquals(List.of("second"), read(kafka, SECOND));
            assertEquals(1201, read(kafka, FIRST, SECOND).size());
        }
    }

    private static ProducerRecord<String, byte[]> record(TopicPartition to, String key) {
        return new ProducerRecord<>(to.topic(), to.partition(), key, new byte[] {1});
    }

    private static List<String> read(KafkaClients kafka, TopicPartition... partitions) {
        List<String> keys = new ArrayList<>();
        ReadToEnd.of(kafka, List.of(partitions), record -> keys.add(record.key()));
        return keys;
    }
}
