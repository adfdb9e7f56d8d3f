package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.event.EventRecord;
import io.strowger.dispatcher.Events;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Receivers, a log and a dispatcher that crashes, moved by one seed. Checks at each attempt that
/// all earlier events of the lane are finished.
final class DeliveryWorld {
    private static final int PARTITIONS = 2;
    private static final int EVENTS = 60;
    private static final Limits SMALL = new Limits(2, 5, 3, 8, Duration.ofSeconds(2));
    private static final RetrySchedule SHORT =
            new RetrySchedule(
                    List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)));
    private final SplittableRandom random;
    private final List<List<EventRecord>> events = new ArrayList<>();
    private final List<List<Written>> parkedLog = new ArrayList<>();
    private final long[] committed = new long[PARTITIONS];
    private final Map<LaneKey, TreeSet<Long>> told = new HashMap<>();
    private final Map<LaneKey, TreeSet<Long>> finished = new HashMap<>();
    private final Map<LaneKey, Long> nextSequence = new HashMap<>();
    private final Map<LaneKey, ReceiverStop> stops = new HashMap<>();
    private int crashes;
    private int letters;
    private int readBack;

    // What dies with the process.
    private Deliveries deliveries;
    private final Map<Integer, Long> positions = new HashMap<>();
    private final ArrayDeque<Effect> writes = new ArrayDeque<>();
    private final ArrayDeque<Runnable> acks = new ArrayDeque<>();
    private final List<Runnable> answers = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean kind;

    private record Written(String key, @Nullable ParkedDelivery value) {}

    DeliveryWorld(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < PARTITIONS; i++) {
            events.add(new ArrayList<>());
            parkedLog.add(new ArrayList<>());
        }
        deliveries = new Deliveries(SMALL, SHORT, random, Set.of());
    }

    int crashes() {
        return crashes;
    }

    int letters() {
        return letters;
    }

    int gone() {
        return stops.size();
    }

    int readBack() {
        return readBack;
    }

    Map<LaneKey, TreeSet<Long>> told() {
        return told;
    }

    Map<LaneKey, TreeSet<Long>> finished() {
        return finished;
    }

    boolean nothingWaits() {
        for (int number = 0; number < PARTITIONS; number++) {
            if (!waiting(number).isEmpty() || committed[number] != events.get(number).size()) {
                return false;
            }
        }
        return deliveries.parkedCount() == 0
                && deliveries.loadedCount() == 0
                && deliveries.underWay() == 0;
    }

    void runToTheEnd() {
        int toTell = EVENTS;
        start();
        for (int step = 0; step < 3_000; step++) {
            if (toTell > 0 && random.nextInt(4) == 0) {
                tell();
                toTell--;
            }
            act();
        }
        while (toTell-- > 0) {
            tell();
        }
        kind = true;
        for (int step = 0; step < 4_000; step++) {
            act();
        }
        settle();
    }

    private void tell() {
        int number = random.nextInt(PARTITIONS);
        String call = "call-" + number + "-" + random.nextInt(3);
        URI receiver = URI.create("http://receiver-" + random.nextInt(2) + ".example/" + number);
        LaneKey lane = LaneKey.of(Events.event(call, receiver, 1));
        long sequence = nextSequence.merge(lane, 1L, Long::sum);
        events.get(number).add(Events.event(call, receiver, sequence));
        told.computeIfAbsent(lane, unused -> new TreeSet<>()).add(sequence);
    }

    private void act() {
        now = now.plusMillis(random.nextInt(200));
        switch (random.nextInt(kind ? 7 : 9)) {
            case 0 -> poll();
            case 1 -> deliveries.tick(now);
            case 2 -> write();
            case 3 -> acknowledge();
            case 4, 5 -> answer();
            case 6 -> commit();
            case 7 -> {
                if (random.nextInt(40) == 0) {
                    crash();
                }
            }
            default -> {
                if (random.nextInt(40) == 0) {
                    moveAway();
                }
            }
        }
        takeEffects();
    }

    private void settle() {
        for (int round = 0; round < 2_000; round++) {
            now = now.plusMillis(500);
            poll();
            deliveries.tick(now);
            takeEffects();
            while (!writes.isEmpty() || !acks.isEmpty() || !answers.isEmpty()) {
                write();
                acknowledge();
                answer();
                takeEffects();
            }
            commit();
        }
    }

    private void poll() {
        int number = random.nextInt(PARTITIONS);
        Long position = positions.get(number);
        if (position == null) {
            own(number);
            return;
        }
        int end = Math.min(events.get(number).size(), (int) (position + 1 + random.nextInt(4)));
        for (long offset = position; offset < end; offset++) {
            deliveries.arrived(
                    number, offset, new Arrival(events.get(number).get((int) offset), null), now);
        }
        positions.put(number, (long) end);
        deliveries.advanced(number, end);
    }

    private void takeEffects() {
        for (Effect effect : deliveries.takeEffects()) {
            switch (effect) {
                case Effect.Post post -> post(post);
                case Effect.Load load -> answers.add(() -> load(load));
                case Effect.Park _, Effect.Forget _, Effect.Bury _, Effect.Stop _, Effect.Lift _ ->
                        writes.add(effect);
            }
        }
    }

    private void post(Effect.Post post) {
        LaneKey lane = LaneKey.of(post.event());
        if (stops.containsKey(lane)) {
            throw new AssertionError("asked a receiver that is known to be gone");
        }
        Set<Long> done = finished.getOrDefault(lane, new TreeSet<>());
        for (long earlier = 1; earlier < post.event().sequence(); earlier++) {
            if (!done.contains(earlier)) {
                throw new AssertionError(
                        "tried " + post.event().sequence() + " before " + earlier + " was over");
            }
        }
        answers.add(() -> answered(post));
    }

    private void answered(Effect.Post post) {
        Answer answer =
                switch (random.nextInt(kind ? 1 : 12)) {
                    case 0, 1, 2, 3, 4, 5 -> new Answer.Responded(200, null);
                    case 6, 7 -> new Answer.Responded(503, Duration.ofSeconds(random.nextInt(4)));
                    case 8 -> new Answer.TimedOut();
                    case 9 -> new Answer.Unreachable("refused");
                    case 10 -> new Answer.Refused("loopback address");
                    default -> new Answer.Responded(random.nextInt(3) == 0 ? 410 : 500, null);
                };
        if (Verdict.of(answer) instanceof Verdict.Accepted) {
            over(post.event());
        }
        deliveries.answered(post, answer, now);
    }

    private void load(Effect.Load load) {
        Written written = parkedLog.get(load.partition()).get((int) load.parkedOffset());
        if (written.value() == null) {
            throw new AssertionError("reads a tombstone back");
        }
        readBack++;
        deliveries.loaded(load, written.value().event(), now);
    }

    private void write() {
        Effect next = writes.poll();
        switch (next) {
            case null -> {}
            case Effect.Park park -> {
                long offset = append(park.partition(), park.parked().key(), park.parked());
                acks.add(() -> deliveries.parked(park, offset));
            }
            case Effect.Forget(int partition, var key) -> append(partition, key, null);
            case Effect.Bury bury -> {
                letters++;
                over(bury.event());
                acks.add(() -> deliveries.buried(bury, now));
            }
            case Effect.Stop said -> {
                stops.put(LaneKey.of(said.delivery().event()), said.stop());
                acks.add(() -> deliveries.stopped(said));
            }
            case Effect.Lift _ -> throw new AssertionError("no day has passed");
            case Effect.Post _, Effect.Load _ -> throw new AssertionError("no write");
        }
    }

    private long append(int number, String key, @Nullable ParkedDelivery value) {
        parkedLog.get(number).add(new Written(key, value));
        return parkedLog.get(number).size() - 1L;
    }

    private void over(EventRecord event) {
        finished.computeIfAbsent(LaneKey.of(event), unused -> new TreeSet<>())
                .add(event.sequence());
    }

    private void acknowledge() {
        Runnable next = acks.poll();
        if (next != null) {
            next.run();
        }
    }

    private void answer() {
        if (!answers.isEmpty()) {
            answers.remove(random.nextInt(answers.size())).run();
        }
    }

    private void commit() {
        deliveries.committable().forEach((number, offset) -> committed[number] = offset);
    }

    /// The process is gone: what was handed to the producer may or may not be in the log; a
    /// partition has no gaps, but dead letters, stops and parked events are in different ones.
    private void crash() {
        crashes++;
        List<Effect> sent = List.copyOf(writes);
        int survivors = random.nextInt(sent.size() + 1);
        writes.clear();
        for (int i = 0; i < sent.size(); i++) {
            boolean elsewhere =
                    sent.get(i) instanceof Effect.Bury || sent.get(i) instanceof Effect.Stop;
            if (elsewhere ? random.nextBoolean() : i < survivors) {
                writes.add(sent.get(i));
                write();
            }
        }
        writes.clear();
        acks.clear();
        answers.clear();
        positions.clear();
        deliveries = new Deliveries(SMALL, SHORT, random, Set.of());
        stops.values().forEach(deliveries::learned);
        start();
    }

    /// A partition goes away in good order; old answers and acknowledgements still come in.
    private void moveAway() {
        int number = random.nextInt(PARTITIONS);
        if (positions.remove(number) != null) {
            commit();
            deliveries.disown(number, now);
            while (!writes.isEmpty()) {
                write();
            }
        }
    }

    private void start() {
        for (int number = 0; number < PARTITIONS; number++) {
            own(number);
        }
    }

    private void own(int number) {
        positions.put(number, committed[number]);
        List<Restored> restored = new ArrayList<>();
        waiting(number)
                .forEach((offset, parked) ->
                        restored.add(Restored.of(parked, offset, random.nextBoolean())));
        deliveries.own(number, restored, events.get(number).size(), now);
    }

    private Map<Long, ParkedDelivery> waiting(int number) {
        Map<Long, ParkedDelivery> latest = new TreeMap<>();
        Set<String> newer = new HashSet<>();
        List<Written> log = parkedLog.get(number);
        for (int offset = log.size() - 1; offset >= 0; offset--) {
            Written written = log.get(offset);
            if (newer.add(written.key()) && written.value() != null) {
                latest.put((long) offset, written.value());
            }
        }
        return latest;
    }
}
