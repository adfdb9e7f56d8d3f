package io.strowger.dispatcher.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.dispatcher.core.delivery.Arrival;
import io.strowger.dispatcher.core.delivery.Courier;
import io.strowger.dispatcher.core.delivery.Deliveries;
import io.strowger.dispatcher.core.delivery.Limits;
import io.strowger.dispatcher.core.delivery.RetrySchedule;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.runtime.telemetry.TraceHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life of the dispatcher on Kafka. A plain client on a thread of its own: when partitions
/// move, what waits must be read and what is finished committed before the group goes on, and
/// vertx-kafka-client calls back too late for that.
public final class DispatchLoop implements CrashOnlyLoop.Body {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchLoop.class);

    /// The consumer group.
    public static final String GROUP = "webhook-dispatcher";

    private static final Duration POLL = Duration.ofMillis(20);
    private static final long COMMIT_EVERY_NS = Duration.ofMillis(200).toNanos();
    private static final long DRAIN_NS = Duration.ofSeconds(3).toNanos();

    /// Events in memory above which no more are read: only when the log does not take parked ones.
    private static final int MOST_IN_MEMORY = 50_000;

    private final ServiceContext context;
    private final String instance;
    private final Executor laneThread;
    private final Courier courier;
    private final DeliveryTelemetry telemetry;
    private volatile int parked;
    private volatile int failingServers;
    private volatile int stopped;

    /// @param instance stable per instance, e.g. `webhook-dispatcher-0`
    /// @param laneThread runs everything on one thread: the courier's
    public DispatchLoop(
            ServiceContext context, String instance, Executor laneThread, Courier courier) {
        this.context = context;
        this.instance = instance;
        this.laneThread = laneThread;
        this.courier = courier;
        this.telemetry = new DeliveryTelemetry(context.telemetry());
        context.telemetry().gauge(Telemetry.WEBHOOKS_PARKED, () -> parked);
        context.telemetry().gauge(Telemetry.WEBHOOK_SERVERS_FAILING, () -> failingServers);
        context.telemetry().gauge(Telemetry.WEBHOOK_RECEIVERS_STOPPED, () -> stopped);
    }

    private Set<URI> subscriptions() {
        return context.settings().applications().stream()
                .flatMap(one -> Stream.of(one.incomingCallUrl(), one.eventsUrl()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    @Override
    public void run(CrashOnlyLoop.Life life) throws InterruptedException {
        Deliveries deliveries =
                new Deliveries(
                        Limits.standard(context.settings().webhooks().concurrency()),
                        RetrySchedule.standard(),
                        context.random(),
                        subscriptions());
        Lanes lanes = new Lanes(laneThread, deliveries, courier, context.clock(), telemetry);
        try (DeliveryWriter writer = new DeliveryWriter(context.kafka(), lanes);
                StopReader stops = new StopReader(context.kafka(), lanes, writer, telemetry);
                KafkaConsumer<String, byte[]> consumer = consumer();
                ParkedReader reader = new ParkedReader(context.kafka(), lanes)) {
            writer.warmUp();
            reader.start();
            new OneLife(life, lanes, new Log(writer, stops, consumer)).run();
        } finally {
            lanes.close();
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        KafkaClients kafka = context.kafka();
        Map<String, Object> settings = kafka.groupConsumerSettings(GROUP, instance);
        // Partitions that stay are not taken away and restored at each change of the group.
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /// The ends of one life on Kafka.
    private record Log(
            DeliveryWriter writer, StopReader stops, KafkaConsumer<String, byte[]> consumer) {}

    private final class OneLife {
        private final CrashOnlyLoop.Life life;
        private final Lanes lanes;
        private final DeliveryWriter writer;
        private final StopReader stops;
        private final KafkaConsumer<String, byte[]> consumer;
        private final Map<Integer, Long> committed = new HashMap<>();
        private long lastCommitNs = System.nanoTime();

        OneLife(CrashOnlyLoop.Life life, Lanes lanes, Log log) {
            this.life = life;
            this.lanes = lanes;
            this.writer = log.writer;
            this.stops = log.stops;
            this.consumer = log.consumer;
        }

        void run() throws InterruptedException {
            consumer.subscribe(
                    List.of(Topics.CALL_EVENTS.name()),
                    new Ownership(
                            consumer,
                            lanes,
                            writer,
                            stops,
                            new ParkedRestore(context.kafka(), writer, telemetry),
                            life));
            while (!life.stopping()) {
                turn();
            }
            drain();
        }

        private void turn() throws InterruptedException {
            lanes.check();
            if (lanes.loaded() > MOST_IN_MEMORY) {
                consumer.pause(consumer.assignment());
            } else if (!consumer.paused().isEmpty()) {
                consumer.resume(consumer.paused());
            }
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                take(records);
            }
            stops.read();
            lanes.tick();
            writer.writeAll();
            stopped = lanes.stopped();
            parked = lanes.parked();
            failingServers = lanes.failingServers();
            long nowNs = System.nanoTime();
            if (nowNs - lastCommitNs >= COMMIT_EVERY_NS) {
                lastCommitNs = nowNs;
                commit();
            }
        }

        private void take(ConsumerRecords<String, byte[]> records) throws InterruptedException {
            List<Read> reads = new ArrayList<>(records.count());
            for (ConsumerRecord<String, byte[]> record : records) {
                try {
                    reads.add(new Read(record.partition(), record.offset(), decode(record)));
                } catch (UndecodableException e) {
                    String reason = String.valueOf(e.getMessage());
                    telemetry.unreadable(record, reason);
                    writer.deadLetter(record, reason);
                }
            }
            Map<Integer, Long> positions = new HashMap<>();
            for (TopicPartition partition : records.partitions()) {
                positions.put(partition.partition(), consumer.position(partition));
            }
            lanes.run((owned, now) -> {
                for (Read read : reads) {
                    owned.arrived(read.partition, read.offset, read.arrival, now);
                }
                positions.forEach(owned::advanced);
            });
        }

        /// Only what moved; what fails is tried again with the next.
        private void commit() {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            lanes.committable()
                    .forEach((number, offset) -> {
                        TopicPartition partition =
                                new TopicPartition(Topics.CALL_EVENTS.name(), number);
                        if (consumer.assignment().contains(partition)
                                && !offset.equals(committed.get(number))) {
                            offsets.put(partition, new OffsetAndMetadata(offset));
                        }
                    });
            if (!offsets.isEmpty()) {
                consumer.commitAsync(
                        offsets,
                        (done, failed) -> {
                            if (failed == null) {
                                done.forEach((partition, offset) ->
                                        committed.put(partition.partition(), offset.offset()));
                            } else {
                                LOG.atDebug().setCause(failed).log("commit failed: next one");
                            }
                        });
            }
        }

        /// Lets attempts under way come to their end, then commits.
        private void drain() {
            lanes.drain();
            long deadlineNs = System.nanoTime() + DRAIN_NS;
            do {
                consumer.pause(consumer.assignment());
                consumer.poll(POLL);
                lanes.tick();
                writer.writeAll();
            } while (lanes.posts() > 0 && System.nanoTime() - deadlineNs < 0);
            Ownership.commitFinished(consumer, lanes, writer, consumer.assignment());
        }
    }

    private record Read(int partition, long offset, Arrival arrival) {}

    private static Arrival decode(ConsumerRecord<String, byte[]> record)
            throws UndecodableException {
        if (record.value() == null) {
            throw new UndecodableException("no value", new IllegalArgumentException());
        }
        return new Arrival(
                Topics.CALL_EVENTS.codec().decode(record.value()),
                TraceHeaders.read(record.headers()));
    }
}
