package io.strowger.runtime.kafka;

import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.telemetry.Telemetry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of a record that cannot be read: itself, in the dead-letter topic, with the reason
/// beside it.
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

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

    /// Counts and logs one. For every reader, beside writing what [#of] gives: an alert goes by the
    /// counter. Any thread.
    public static void tell(
            ConsumerRecord<String, byte[]> record, String reason, Telemetry telemetry) {
        count(record.topic(), telemetry);
        LOG.atError()
                .addKeyValue(LogFields.TOPIC, record.topic())
                .addKeyValue(LogFields.PARTITION, record.partition())
                .addKeyValue(LogFields.OFFSET, record.offset())
                .addKeyValue(LogFields.REASON, reason)
                .log("record moved to the dead-letter topic");
    }

    /// Counts one that is logged in words of its own.
    ///
    /// @param topic without `.dlq`
    public static void count(String topic, Telemetry telemetry) {
        telemetry.counter(Telemetry.DEAD_LETTERS, "topic", topic).increment();
    }
}
