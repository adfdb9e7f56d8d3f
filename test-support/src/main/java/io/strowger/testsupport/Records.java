package io.strowger.testsupport;

import io.strowger.contracts.kafka.Topic;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.ReadToEnd;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// What is in the topics of a broker.
public final class Records {
    private Records() {}

    /// All that is committed in a topic by now.
    public static List<ConsumerRecord<String, byte[]>> all(KafkaClients kafka, String topic) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer()) {
            ReadToEnd.of(consumer, partitions(consumer, topic), found::add);
        }
        return found;
    }

    /// The same, decoded.
    public static <V> List<V> all(KafkaClients kafka, Topic<V> topic) {
        return all(kafka, topic.name()).stream().map(record -> decoded(topic, record)).toList();
    }

    /// A consumer at the beginning of a topic, to be read on and on and closed by its caller.
    public static KafkaConsumer<String, byte[]> reader(KafkaClients kafka, String topic) {
        KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer();
        List<TopicPartition> partitions = partitions(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /// The value of a record that must be readable.
    public static <V> V decoded(Topic<V> topic, ConsumerRecord<String, byte[]> record) {
        try {
            return topic.codec().decode(record.value());
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<String, byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }
}
