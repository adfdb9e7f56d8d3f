package io.strowger.orchestrator.shell.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The log as the coordinator needs it: records in; records out and the offsets of what was read,
/// all or nothing.
public interface TransactionalLog {
    /// Waits for records of the partitions this instance owns.
    List<ConsumerRecord<String, byte[]>> poll(Duration longest);

    void begin();

    /// Adds a record to the transaction.
    void write(ProducerRecord<String, byte[]> record);

    /// Makes everything written since [#begin] last, and everything polled so far done.
    void commit();

    /// Sends a record outside of any transaction.
    void send(ProducerRecord<String, byte[]> record);
}
