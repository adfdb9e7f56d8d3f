package io.strowger.benchmarks;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Events as the orchestrator writes them, at random moments: 50 calls at a time, four events each,
/// every call with one receiver.
final class EventFeed {
    private static final int CALLS = 50;
    private static final int EVENTS = 4;
    private final KafkaProducer<String, byte[]> producer;
    private final Map<String, Long> sentNs = new ConcurrentHashMap<>();
    private volatile Latencies latencies = new Latencies();

    EventFeed(KafkaProducer<String, byte[]> producer) {
        this.producer = producer;
    }

    /// The request with an event is there: the first time counts.
    void arrived(String id) {
        Long sent = sentNs.remove(id);
        if (sent != null) {
            latencies.add(System.nanoTime() - sent);
        }
    }

    /// Events that have not arrived.
    int missing() {
        return sentNs.size();
    }

    /// @param counted whether their way is measured
    /// @return of the measured ones that arrived meanwhile or, when later, until the next call
    Latencies run(List<URI> receivers, double rate, Duration duration, long seed, boolean counted) {
        Latencies taken = new Latencies();
        if (counted) {
            latencies = taken;
        }
        SplittableRandom random = new SplittableRandom(seed);
        ServerCallId[] calls = new ServerCallId[CALLS];
        URI[] to = new URI[CALLS];
        Pacer.run(
                rate,
                duration,
                seed,
                (intendedNs, number) -> {
                    int call = (int) (number % CALLS);
                    long sequence = number / CALLS % EVENTS + 1;
                    if (sequence == 1) {
                        calls[call] =
                                new ServerCallId(random.nextLong(), random.nextLong() & ~0xFFFFL);
                        to[call] = receivers.get(random.nextInt(receivers.size()));
                    }
                    EventRecord event = event(calls[call], to[call], sequence);
                    if (counted) {
                        sentNs.put(event.eventId().toString(), intendedNs);
                    }
                    producer.send(
                            new ProducerRecord<>(
                                    Topics.CALL_EVENTS.name(),
                                    event.call().toString(),
                                    Topics.CALL_EVENTS.codec().encode(event)));
                });
        return taken;
    }

    private static EventRecord event(ServerCallId call, URI receiver, long sequence) {
        return new EventRecord(
                UUID.randomUUID(),
                call,
                call.connection(1),
                UUID.randomUUID(),
                ApiVersion.V2025_06_15,
                receiver,
                sequence,
                Instant.now(),
                null,
                ResultInformation.of(200, 0, ""),
                new SubscriberEvent.PlayCompleted());
    }
}
