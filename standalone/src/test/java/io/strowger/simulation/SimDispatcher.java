package io.strowger.simulation;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.kafka.Codec;
import io.strowger.contracts.kafka.Topics;
import io.strowger.dispatcher.core.delivery.Arrival;
import io.strowger.dispatcher.core.delivery.Deliveries;
import io.strowger.dispatcher.core.delivery.Effect;
import io.strowger.dispatcher.core.delivery.Limits;
import io.strowger.dispatcher.core.delivery.ParkedDelivery;
import io.strowger.dispatcher.core.delivery.Restored;
import io.strowger.dispatcher.core.delivery.RetrySchedule;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// A webhook dispatcher: its deliveries as they are, on a simulated log and receivers.
final class SimDispatcher extends SimProcess {
    private static final String GROUP = "webhook-dispatcher";
    private static final Codec<ParkedDelivery> PARKED = Codec.json(ParkedDelivery.class);
    private static final long TURN_MS = 100;
    private static final long COMMIT_MS = 200;
    private final SplittableRandom random;
    private final Deliveries deliveries;
    private final Map<Integer, Long> positions = new LinkedHashMap<>();
    private final Set<UUID> stops = new LinkedHashSet<>();
    private final Queue<Effect> writes = new ArrayDeque<>();
    private SimGroup.Member member;
    private long committedMs;
    private boolean writing;

    SimDispatcher(World world, String name, SplittableRandom random) {
        super(world, name);
        this.random = random;
        // Small bounds, so that what happens to thousands of events happens to a few.
        this.deliveries =
                new Deliveries(
                        random.nextBoolean()
                                ? Limits.standard(4)
                                : new Limits(2, 4, 3, 8, Duration.ofSeconds(2)),
                        RetrySchedule.standard(),
                        random.split(),
                        List.of());
        this.member = world.dispatchers.join(name, this);
    }

    void start() {
        turn();
    }

    /// Of the stops that others wrote, before anything is taken over.
    private void learn() {
        world.stops.values().stream()
                .filter(stop -> stops.add(stop.id()))
                .forEach(deliveries::learned);
        List<UUID> over = stops.stream().filter(id -> !world.stops.containsKey(id)).toList();
        over.forEach(deliveries::lifted);
        over.forEach(stops::remove);
    }

    private void turn() {
        if (hasKafka()) {
            learn();
            rebalance();
            read();
        }
        deliveries.tick(world.time.instant());
        carryOut();
        if (world.time.nowMs() - committedMs >= COMMIT_MS && hasKafka()) {
            committedMs = world.time.nowMs();
            commit(List.copyOf(positions.keySet()));
        }
        later(world.lookMs(), this::turn);
    }

    private void rebalance() {
        if (world.dispatchers.isExpelled(member)) {
            List.copyOf(positions.keySet()).forEach(this::disown);
            member = world.dispatchers.join(name, this);
        }
        List<Integer> leaving =
                positions.keySet().stream()
                        .filter(number -> world.dispatchers.mustLeave(member, number))
                        .toList();
        commit(leaving);
        world.dispatchers.revoke(member);
        leaving.forEach(this::disown);
        world.dispatchers.acquire(member).forEach(this::own);
    }

    private void disown(int number) {
        positions.remove(number);
        deliveries.disown(number, world.time.instant());
    }

    private static TopicPartition events(int number) {
        return new TopicPartition(Topics.CALL_EVENTS.name(), number);
    }

    private static TopicPartition parked(int number) {
        return new TopicPartition(Topics.CALLBACK_DELIVERIES.name(), number);
    }

    private void own(int number) {
        Map<String, Restored> waiting = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : world.kafka.all(parked(number))) {
            if (record.value() == null) {
                waiting.remove(record.key());
            } else {
                waiting.put(
                        record.key(),
                        Restored.of(
                                SimKafka.decoded(PARKED, record.value()),
                                record.offset(),
                                waiting.size() < 3));
            }
        }
        world.trace(name, () -> "owns partition " + number + " with " + waiting.keySet());
        deliveries.own(
                number,
                new ArrayList<>(waiting.values()),
                world.kafka.end(events(number)),
                world.time.instant());
        positions.put(number, world.kafka.offset(GROUP, events(number)));
    }

    private void read() {
        for (Map.Entry<Integer, Long> position : positions.entrySet()) {
            int number = position.getKey();
            for (ConsumerRecord<String, byte[]> record :
                    world.kafka.read(events(number), position.getValue())) {
                position.setValue(record.offset() + 1);
                deliveries.arrived(
                        number,
                        record.offset(),
                        new Arrival(
                                SimKafka.decoded(Topics.CALL_EVENTS.codec(), record.value()), null),
                        world.time.instant());
            }
            deliveries.advanced(number, position.getValue());
        }
    }

    private void commit(List<Integer> numbers) {
        Map<Integer, Long> finished = world.wiring.parking() ? deliveries.committable() : positions;
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        for (int number : numbers) {
            Long offset = finished.get(number);
            if (offset != null && world.dispatchers.owns(member, number)) {
                offsets.put(events(number), offset);
            }
        }
        world.kafka.commit(GROUP, offsets);
    }

    private void carryOut() {
        for (Effect effect : deliveries.takeEffects()) {
            switch (effect) {
                case Effect.Post post ->
                        world.receivers.post(
                                post.event(),
                                answer ->
                                        run(() -> {
                                            deliveries.answered(post, answer, world.time.instant());
                                            carryOut();
                                        }));
                case Effect.Load load -> later(5 + random.nextInt(20), () -> load(load));
                case Effect.Park _, Effect.Forget _, Effect.Bury _, Effect.Stop _, Effect.Lift _ ->
                        writes.add(effect);
            }
        }
        if (!writing && !writes.isEmpty()) {
            writing = true;
            later(1 + random.nextInt(10), this::write);
        }
    }

    private void load(Effect.Load load) {
        ConsumerRecord<String, byte[]> record =
                world.kafka.all(parked(load.partition())).get((int) load.parkedOffset());
        EventRecord event = SimKafka.decoded(PARKED, record.value()).event();
        deliveries.loaded(load, event, world.time.instant());
        carryOut();
    }

    /// In the order the deliveries say.
    private void write() {
        if (!hasKafka()) {
            later(TURN_MS, this::write);
            return;
        }
        while (!writes.isEmpty()) {
            Effect effect = writes.remove();
            switch (effect) {
                case Effect.Park park -> {
                    long offset =
                            append(
                                    park.partition(),
                                    park.parked().key(),
                                    PARKED.encode(park.parked()));
                    deliveries.parked(park, offset);
                }
                case Effect.Forget(int partition, var key) ->
                        world.kafka.append(
                                new ProducerRecord<>(
                                        Topics.CALLBACK_DELIVERIES.name(), partition, key, null));
                case Effect.Bury bury -> {
                    world.receivers.buried(bury.event(), bury.reason());
                    deliveries.buried(bury, world.time.instant());
                }
                case Effect.Stop said -> {
                    world.stops.put(said.stop().id(), said.stop());
                    stops.add(said.stop().id());
                    deliveries.stopped(said);
                }
                case Effect.Lift(UUID id) -> {
                    world.stops.remove(id);
                    stops.remove(id);
                }
                case Effect.Post _, Effect.Load _ -> throw new AssertionError(effect);
            }
        }
        writing = false;
        carryOut();
    }

    private long append(int partition, String key, byte[] value) {
        return world.kafka.append(
                new ProducerRecord<>(Topics.CALLBACK_DELIVERIES.name(), partition, key, value));
    }

    @Override
    void died() {
        // What it had not finished is in the log.
    }
}
