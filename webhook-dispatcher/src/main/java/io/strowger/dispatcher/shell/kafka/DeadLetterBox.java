package io.strowger.dispatcher.shell.kafka;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.dispatcher.core.letters.DeadLetter;
import io.strowger.dispatcher.core.letters.LetterPage;
import io.strowger.dispatcher.core.letters.LetterQuery;
import io.strowger.dispatcher.core.letters.LetterSearch;
import io.strowger.dispatcher.core.letters.Letters;
import io.strowger.runtime.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The dead letters as they stand in `callback.deliveries.dlq`: the offset of a letter is its id. A
/// letter that was replayed is followed by a record without value that names it, so a search reads
/// to the end of the topic. One search at a time.
public final class DeadLetterBox implements Letters, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterBox.class);
    private static final TopicPartition PARTITION =
            new TopicPartition(Topics.CALLBACK_DELIVERIES.deadLetterName(), 0);
    private static final Duration POLL = Duration.ofMillis(200);
    private final KafkaClients kafka;
    private final ReentrantLock searching = new ReentrantLock();
    private @Nullable KafkaProducer<String, byte[]> producer;

    public DeadLetterBox(KafkaClients kafka) {
        this.kafka = kafka;
    }

    @Override
    public LetterPage find(LetterQuery query) throws InterruptedException {
        searching.lockInterruptibly();
        try (KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer()) {
            consumer.assign(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            LetterSearch search = new LetterSearch(query);
            if (seek(consumer, query, end)) {
                while (consumer.position(PARTITION) < end) {
                    consumer.poll(POLL).forEach(record -> take(record, search));
                }
            }
            return search.page();
        } finally {
            searching.unlock();
        }
    }

    @Override
    public Optional<DeadLetter> letter(long id) throws InterruptedException {
        return find(new LetterQuery(null, null, null, id - 1, 1, true)).letters().stream()
                .filter(letter -> letter.id() == id)
                .findFirst();
    }

    /// @return whether there can be anything
    private static boolean seek(
            KafkaConsumer<String, byte[]> consumer, LetterQuery query, long end) {
        long first = consumer.beginningOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        long begin = Math.max(first, query.after() + 1);
        Instant from = query.from();
        if (from != null) {
            Map<TopicPartition, Long> asked = Map.of(PARTITION, from.toEpochMilli());
            OffsetAndTimestamp at = consumer.offsetsForTimes(asked).get(PARTITION);
            begin = at == null ? end : Math.max(begin, at.offset());
        }
        if (begin >= end) {
            return false;
        }
        consumer.seek(PARTITION, begin);
        return true;
    }

    private static void take(ConsumerRecord<String, byte[]> record, LetterSearch search) {
        Header replayed = record.headers().lastHeader(KafkaHeaders.REPLAYED);
        if (replayed != null) {
            search.replayed(Long.parseLong(new String(replayed.value(), StandardCharsets.UTF_8)));
        } else if (!search.isFull()) {
            search.met(letter(record));
        }
    }

    private static DeadLetter letter(ConsumerRecord<String, byte[]> record) {
        return new DeadLetter(
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                header(record, KafkaHeaders.REASON),
                header(record, KafkaHeaders.ORIGIN),
                event(record).orElse(null),
                false);
    }

    /// Unreadable records of `callback.deliveries` are among the letters too.
    private static Optional<EventRecord> event(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Topics.CALL_EVENTS.codec().decode(record.value()));
        } catch (UndecodableException e) {
            LOG.atDebug().setCause(e).log("a dead letter that cannot be read");
            return Optional.empty();
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void replayed(DeadLetter letter) throws InterruptedException {
        ProducerRecord<String, byte[]> mark =
                new ProducerRecord<>(PARTITION.topic(), PARTITION.partition(), null, null);
        mark.headers()
                .add(
                        KafkaHeaders.REPLAYED,
                        Long.toString(letter.id()).getBytes(StandardCharsets.UTF_8));
        try {
            marks().send(mark).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the mark of a replay cannot be written", e);
        }
    }

    /// Made at the first replay: most dispatchers never see one.
    private synchronized KafkaProducer<String, byte[]> marks() {
        KafkaProducer<String, byte[]> made = producer;
        if (made == null) {
            made = kafka.producer(0);
            producer = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        KafkaProducer<String, byte[]> made = producer;
        if (made != null) {
            made.close();
        }
    }
}
