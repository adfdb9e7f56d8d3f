package io.strowger.dispatcher.shell.kafka;

import io.strowger.dispatcher.core.delivery.Restored;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.log.LogFields;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes partitions over and gives them away as the group moves them, inside the poll: no event of
/// a partition is seen before what waits of it is known.
final class Ownership implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private final KafkaConsumer<String, byte[]> consumer;
    private final Lanes lanes;
    private final DeliveryWriter writer;
    private final StopReader stops;
    private final ParkedRestore restore;
    private final CrashOnlyLoop.Life life;

    Ownership(
            KafkaConsumer<String, byte[]> consumer,
            Lanes lanes,
            DeliveryWriter writer,
            StopReader stops,
            ParkedRestore restore,
            CrashOnlyLoop.Life life) {
        this.consumer = consumer;
        this.lanes = lanes;
        this.writer = writer;
        this.stops = stops;
        this.restore = restore;
        this.life = life;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        List<Integer> numbers = assigned.stream().map(TopicPartition::partition).toList();
        Map<Integer, List<Restored>> waiting;
        try {
            stops.catchUp();
            waiting = numbers.isEmpty() ? Map.of() : restore.restore(numbers);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        lanes.call((owned, now) -> {
            ends.forEach((partition, end) -> {
                int number = partition.partition();
                owned.own(number, waiting.getOrDefault(number, List.of()), end, now);
            });
            return ends.size();
        });
        life.ready();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        commitFinished(consumer, lanes, writer, revoked);
        disown(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        disown(lost);
    }

    private void disown(Collection<TopicPartition> gone) {
        lanes.call((owned, now) -> {
            gone.forEach(partition -> owned.disown(partition.partition(), now));
            return gone.size();
        });
    }

    static void commitFinished(
            KafkaConsumer<String, byte[]> consumer,
            Lanes lanes,
            DeliveryWriter writer,
            Collection<TopicPartition> partitions) {
        writer.writeAll();
        writer.flush();
        Map<Integer, Long> finished = lanes.call((owned, now) -> owned.committable());
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Long offset = finished.get(partition.partition());
            if (offset != null) {
                offsets.put(partition, new OffsetAndMetadata(offset));
            }
        }
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets);
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // The next owner begins a little earlier: receivers see some events again.
            LOG.atInfo()
                    .addKeyValue(LogFields.REASON, e.getClass().getSimpleName())
                    .log("last offsets not committed: the group is moving partitions");
        }
    }
}
