package io.strowger.benchmarks;

import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// When legs ended, as the media worker says in its reports. For one thread.
final class MediaFacts implements AutoCloseable {
    private static final String TOPIC = Topics.MEDIA_EVENTS.name();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Instant> ended = new HashMap<>();

    /// Of calls that end from now on.
    MediaFacts(String bootstrapServers) {
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(TOPIC).stream()
                        .map(info -> new TopicPartition(TOPIC, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /// Reads on until the end of the call's leg is there.
    ///
    /// @param call its serverCallId
    Instant legEnded(String call, Duration within) throws UndecodableException {
        long deadlineNs = System.nanoTime() + within.toNanos();
        while (System.nanoTime() - deadlineNs < 0) {
            Optional<Instant> known = Optional.ofNullable(ended.remove(call));
            if (known.isPresent()) {
                return known.get();
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(10))) {
                MediaReport report = Topics.MEDIA_EVENTS.codec().decode(record.value());
                if (report.event() instanceof MediaEvent.LegEnded) {
                    ended.put(report.call().toString(), report.at());
                }
            }
        }
        throw new IllegalStateException("no report of the end of a leg");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
