package io.strowger.runtime.kafka;

import io.strowger.contracts.kafka.KafkaHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What becomes of a record that cannot be read: itself, in the dead-letter topic, with the reason
/// beside it.
public final class DeadLetters {
    private DeadLetters() {}

    /// The record to write to `<topic>.dlq`. Who writes it: the reader's own producer, in its own
    /// transaction where it has one.
    public static ProducerRecord<String, byte[]> of(
            ConsumerRecord<String, byte[]> record, String reason) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        record.topic() + ".dlq", 0, record.key(), record.value(), record.headers());
        String origin = record.topic() + "/" + record.partition() + "/" + record.offset();
        letter.headers().add(KafkaHeaders.REASON, reason.getBytes(StandardCharsets.UTF_8));
        letter.headers().add(KafkaHeaders.ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
        return letter;
    }
}
