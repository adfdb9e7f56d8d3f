package io.strowger.dispatcher.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.dispatcher.core.delivery.ReceiverStop;
import io.strowger.dispatcher.core.delivery.StoppedReceivers;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.ReadToEnd;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stops as they stand in `callback.stops`, read anew each time: an operator asks seldom, and
/// any dispatcher may be asked.
public final class StopBox implements StoppedReceivers {
    private static final Logger LOG = LoggerFactory.getLogger(StopBox.class);
    private final KafkaClients kafka;
    private final InstantSource clock;

    public StopBox(KafkaClients kafka, InstantSource clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    @Override
    public List<ReceiverStop> now() {
        Map<String, ReceiverStop> stops = new HashMap<>();
        ReadToEnd.of(kafka, List.of(StopCodec.PARTITION), record -> take(record, stops));
        Instant now = clock.instant();
        return stops.values().stream()
                .filter(stop -> now.isBefore(stop.until()))
                .sorted(Comparator.comparing(ReceiverStop::at))
                .toList();
    }

    private static void take(
            ConsumerRecord<String, byte[]> record, Map<String, ReceiverStop> stops) {
        stops.remove(record.key());
        if (record.value() != null) {
            try {
                stops.put(record.key(), StopCodec.CODEC.decode(record.value()));
            } catch (UndecodableException e) {
                LOG.atDebug().setCause(e).log("a stop that cannot be read"); // its reader tells
            }
        }
    }

    @Override
    public boolean resume(UUID id) throws InterruptedException {
        if (now().stream().noneMatch(stop -> stop.id().equals(id))) {
            return false;
        }
        try (KafkaProducer<String, byte[]> producer = kafka.producer(0)) {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.CALLBACK_STOPS.name(), 0, id.toString(), null))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("that a stop is over cannot be written", e);
        }
        return true;
    }
}
