package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.event.EventRecord;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// All deliveries of the partitions that this instance owns. One thread calls; after each call the
/// shell takes the [Effect]s and carries them out in their order.
///
/// What holds, whatever is killed when:
///
/// - The first unfinished event of a lane is the only one tried.
/// - An event of a lane is written to `callback.deliveries` only after all unfinished ones before
///   it. So whoever finds it there knows that all earlier ones are there too, or finished.
/// - The offset of `call.events` is committed only below the first event that is neither finished
///   nor written there.
public final class Deliveries {
    private final Limits limits;
    private final RetrySchedule schedule;
    private final RandomGenerator random;
    private final Servers servers;
    private final Stops stops;
    private final Map<Integer, OwnedPartition> partitions = new HashMap<>();
    private final PriorityQueue<Wake> wakes = new PriorityQueue<>(Comparator.comparing(Wake::at));
    private final List<OwnedPartition> replaying = new ArrayList<>();
    private List<Effect> effects = new ArrayList<>();
    private int loaded;
    private int parked;

    private record Wake(Instant at, Lane lane) {}

    /// @param subscriptions where applications are told of incoming calls and the like: a 410 from
    ///   there ends the subscription, not only what one call says
    public Deliveries(
            Limits limits,
            RetrySchedule schedule,
            RandomGenerator random,
            Collection<URI> subscriptions) {
        this.limits = limits;
        this.schedule = schedule;
        this.random = random;
        this.servers = new Servers(limits, schedule.whole());
        this.stops = new Stops(subscriptions);
    }

    /// Takes a partition over.
    ///
    /// @param waiting all of its partition of `callback.deliveries`, in any order
    /// @param replayUntil the end of `call.events` now: below it there may be events that an
    ///   earlier owner delivered
    public void own(int number, List<Restored> waiting, long replayUntil, Instant now) {
        disown(number, now);
        OwnedPartition partition = new OwnedPartition(number, replayUntil);
        partitions.put(number, partition);
        replaying.add(partition);
        List<Restored> inOrder = new ArrayList<>(waiting);
        inOrder.sort(Comparator.comparingLong(Restored::sourceOffset));
        for (Restored restored : inOrder) {
            Lane lane = lane(partition, restored.lane());
            Delivery delivery = new Delivery(lane, restored);
            lane.knownThrough = restored.sourceOffset();
            lane.queue.add(delivery);
            parked++;
            if (delivery.isLoaded()) {
                inMemory(lane, 1);
            }
        }
        for (Lane lane : List.copyOf(partition.lanes.values())) {
            next(lane, now);
        }
    }

    /// Gives a partition away; answers that still come for it change nothing.
    public void disown(int number, Instant now) {
        OwnedPartition partition = partitions.remove(number);
        if (partition == null) {
            return;
        }
        replaying.remove(partition);
        for (Lane lane : partition.lanes.values()) {
            if (lane.state == Lane.State.BUSY) {
                servers.release(lane.server);
            }
            lane.state = Lane.State.GONE;
            for (Delivery delivery : lane.queue) {
                parked -= delivery.isDurable() ? 1 : 0;
                if (delivery.isLoaded()) {
                    inMemory(lane, -1);
                }
            }
            servers.leave(lane.server);
        }
        for (Lane lane : partition.lanes.values()) { // others get the places that came free
            servers.takeStartable(lane.server, now).forEach(startable -> act(startable, now));
        }
    }

    /// An event was read from `call.events`.
    public void arrived(int number, long offset, Arrival arrival, Instant now) {
        OwnedPartition partition = partitions.get(number);
        if (partition == null) {
            return; // given away meanwhile: its next owner reads it too
        }
        Lane lane = lane(partition, LaneKey.of(arrival.event()));
        if (offset <= lane.knownThrough) {
            return; // read again after a restart: finished, or among the restored
        }
        lane.knownThrough = offset;
        Delivery delivery = new Delivery(lane, offset, now, arrival);
        partition.open.put(offset, delivery);
        lane.queue.add(delivery);
        inMemory(lane, 1);
        if (isOverBudget(lane.server)) {
            park(lane);
        }
        if (lane.state == Lane.State.IDLE) {
            next(lane, now);
        }
    }

    /// All of a partition below `position` was read, and has arrived where it is an event.
    public void advanced(int number, long position) {
        OwnedPartition partition = partitions.get(number);
        if (partition != null) {
            partition.advance(position);
        }
    }

    /// An attempt is over.
    public Verdict answered(Effect.Post post, Answer answer, Instant now) {
        Verdict verdict = Verdict.of(answer);
        Lane lane = post.delivery().lane;
        if (lane.state == Lane.State.GONE) {
            return verdict;
        }
        Delivery head = headOf(lane, post.delivery());
        servers.answered(lane.server, answer, now);
        switch (verdict) {
            case Verdict.Accepted() -> finish(head, now);
            case Verdict.Retry(var atLeast, var reason) -> retry(head, atLeast, reason, now);
            case Verdict.GiveUp(var reason) -> bury(head, reason);
            case Verdict.StopReceiver(var reason) -> {
                effects.add(new Effect.Stop(head, stops.say(lane.key, reason, now)));
            }
        }
        return verdict;
    }

    /// A stop is durable: only now may what it was said to be over, so that whoever goes on after a
    /// crash knows of it, or asks for the same event once more.
    public void stopped(Effect.Stop said) {
        Lane lane = said.delivery().lane;
        if (lane.state != Lane.State.GONE) {
            bury(headOf(lane, said.delivery()), said.stop().reason());
        }
    }

    /// Some dispatcher was told 410, or this one in an earlier life.
    public void learned(ReceiverStop stop) {
        stops.put(stop);
    }

    /// An operator lets the receiver be asked again, or its day is over.
    public void lifted(UUID stop) {
        stops.lift(stop);
    }

    /// Receivers that are not asked.
    public int stoppedCount() {
        return stops.count();
    }

    /// A write to `callback.deliveries` is durable at `offset`.
    public void parked(Effect.Park park, long offset) {
        Delivery delivery = park.delivery();
        Lane lane = delivery.lane;
        boolean first = !delivery.isDurable();
        delivery.written(offset);
        if (lane.state == Lane.State.GONE || delivery.finished) {
            return;
        }
        lane.partition.open.remove(delivery.sourceOffset);
        parked += first ? 1 : 0;
        boolean inUse = lane.state == Lane.State.BUSY && lane.queue.peekFirst() == delivery;
        if (isOverBudget(lane.server) && !inUse && !delivery.isBeingWritten()) {
            delivery.unload();
            inMemory(lane, -1);
        }
    }

    /// A dead letter is durable.
    public void buried(Effect.Bury bury, Instant now) {
        Lane lane = bury.delivery().lane;
        if (lane.state != Lane.State.GONE) {
            finish(headOf(lane, bury.delivery()), now);
        }
    }

    /// An event that had been left in the log is here.
    public void loaded(Effect.Load load, EventRecord event, Instant now) {
        Lane lane = load.delivery().lane;
        if (lane.state != Lane.State.GONE) {
            headOf(lane, load.delivery()).load(event);
            inMemory(lane, 1);
            act(lane, now);
        }
    }

    /// To be called often: starts what is due, parks what is late.
    public void tick(Instant now) {
        while (!wakes.isEmpty() && !wakes.peek().at().isAfter(now)) {
            Lane lane = wakes.remove().lane();
            if (lane.state == Lane.State.WAITING) {
                next(lane, now);
            }
        }
        servers.takeProbes(now).forEach(lane -> act(lane, now));
        Instant late = now.minus(limits.parkAfter());
        for (OwnedPartition partition : partitions.values()) {
            parkLate(partition, late);
        }
        replaying.removeIf(partition -> {
            if (partition.isReplayed()) {
                List.copyOf(partition.lanes.values()).forEach(lane -> dropIfDone(lane));
            }
            return partition.isReplayed();
        });
        stops.takeForgotten(now).forEach(id -> effects.add(new Effect.Lift(id)));
    }

    /// What is to be done since the last call.
    public List<Effect> takeEffects() {
        List<Effect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }

    /// By partition, the offset of `call.events` that may be committed.
    public Map<Integer, Long> committable() {
        Map<Integer, Long> offsets = new TreeMap<>();
        partitions.forEach((number, partition) ->
                partition.committable().ifPresent(offset -> offsets.put(number, offset)));
        return offsets;
    }

    /// Events that wait in `callback.deliveries`.
    public int parkedCount() {
        return parked;
    }

    /// Events in memory.
    public int loadedCount() {
        return loaded;
    }

    /// Servers that fail and get one attempt now and then.
    public int failingServers() {
        return servers.failing();
    }

    /// Attempts, reads and burials under way.
    public int underWay() {
        return servers.inFlight();
    }

    private Lane lane(OwnedPartition partition, LaneKey key) {
        return partition.lanes.computeIfAbsent(
                key, unused -> new Lane(key, partition, servers.join(key)));
    }

    /// The lane is free of its last act: what now?
    private void next(Lane lane, Instant now) {
        Delivery head = lane.queue.peekFirst();
        if (head == null) {
            lane.state = Lane.State.IDLE;
            dropIfDone(lane);
        } else if (head.dueAt.isAfter(now) && stops.reason(lane.key, now) == null) {
            lane.state = Lane.State.WAITING;
            wakes.add(new Wake(head.dueAt, lane));
        } else {
            servers.ready(lane);
        }
        servers.takeStartable(lane.server, now).forEach(startable -> act(startable, now));
    }

    /// The lane has a place at its server: something for its first event.
    private void act(Lane lane, Instant now) {
        Delivery head = lane.queue.getFirst();
        String stopReason = stops.reason(lane.key, now);
        if (!head.isLoaded()) {
            effects.add(new Effect.Load(head, lane.partition.number, head.parkedOffset()));
        } else if (stopReason != null) {
            bury(head, stopReason);
        } else if (servers.isHopeless(lane, now)) {
            bury(head, "given up: its receiver's server did not come back");
        } else {
            lane.server.circuit.began();
            effects.add(new Effect.Post(head, head.event(), head.attempts + 1));
        }
    }

    private void retry(Delivery head, Duration atLeast, String reason, Instant now) {
        head.attempts++;
        schedule.next(head.attempts, head.since, now, atLeast, random.nextDouble())
                .ifPresentOrElse(
                        dueAt -> {
                            head.dueAt = dueAt;
                            effects.add(
                                    new Effect.Park(head, head.lane.partition.number, head.park()));
                            servers.release(head.lane.server);
                            next(head.lane, now);
                        },
                        () ->
                                bury(
                                        head,
                                        "given up after "
                                                + head.attempts
                                                + " attempts: "
                                                + reason));
    }

    private void bury(Delivery head, String reason) {
        head.burying = true;
        effects.add(
                new Effect.Bury(
                        head, head.lane.partition.number, head.sourceOffset, head.event(), reason));
    }

    private void finish(Delivery head, Instant now) {
        Lane lane = head.lane;
        lane.queue.remove();
        head.finished = true;
        lane.partition.open.remove(head.sourceOffset);
        inMemory(lane, -1);
        parked -= head.isDurable() ? 1 : 0;
        if (head.isParked()) {
            effects.add(new Effect.Forget(lane.partition.number, head.key));
        }
        servers.release(lane.server);
        next(lane, now);
    }

    private void parkLate(OwnedPartition partition, Instant late) {
        for (Delivery delivery : partition.open.values()) {
            if (delivery.since.isAfter(late)) {
                return;
            }
            if (!delivery.isParked()) {
                park(delivery.lane);
            }
        }
    }

    /// Parks all of a lane, oldest first. Not while its first event is on its way to the dead
    /// letters only: a later one in `callback.deliveries` would say that it got there.
    private void park(Lane lane) {
        for (Delivery delivery : lane.queue) {
            if (delivery.burying && !delivery.isParked()) {
                return;
            }
            if (!delivery.isParked()) {
                effects.add(new Effect.Park(delivery, lane.partition.number, delivery.park()));
            }
        }
    }

    /// Forgets a lane that has nothing to do. Not while events are read again: it knows which are
    /// finished.
    private void dropIfDone(Lane lane) {
        if (lane.state == Lane.State.IDLE
                && lane.queue.isEmpty()
                && lane.partition.isReplayed()
                && lane.partition.lanes.remove(lane.key, lane)) {
            servers.leave(lane.server);
        }
    }

    private boolean isOverBudget(Server server) {
        return server.loaded > limits.eventsPerServer() || loaded > limits.eventsInTotal();
    }

    private void inMemory(Lane lane, int change) {
        loaded += change;
        lane.server.loaded += change;
    }

    private static Delivery headOf(Lane lane, Delivery delivery) {
        if (lane.queue.peekFirst() != delivery) {
            throw new IllegalStateException("not the first of its lane: " + delivery.key);
        }
        return delivery;
    }
}
