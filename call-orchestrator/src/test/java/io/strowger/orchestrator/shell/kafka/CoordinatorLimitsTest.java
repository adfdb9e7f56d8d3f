package io.strowger.orchestrator.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.Limits;
import io.strowger.orchestrator.core.call.Moment;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How long a call lasts and how many there are, over several lives of the coordinator.
class CoordinatorLimitsTest {
    private static final int CAP = 3;
    private static final Moment.House CAPPED =
            new Moment.House(
                    new Limits(
                            CoordinatorCrashTest.LIMITS.ringTimeout(),
                            CoordinatorCrashTest.LIMITS.incomingRingTimeout(),
                            CoordinatorCrashTest.LIMITS.maxDuration(),
                            CAP,
                            CoordinatorCrashTest.LIMITS.endedRetention(),
                            CoordinatorCrashTest.LIMITS.repeatabilityRetention(),
                            CoordinatorCrashTest.LIMITS.recordingRetention()),
                    CoordinatorCrashTest.HOUSE.directory(),
                    CoordinatorCrashTest.HOUSE.contexts(),
                    CoordinatorCrashTest.HOUSE.newCalls());

    @Test
    void hangsUpACallThatLastsTooLongThoughItBeganInAnotherLife() {
        CrashWorld world = new CrashWorld(1, 1);
        ServerCallId call = world.calls.getFirst();
        world.create(call, null);
        Instant due = world.now().plus(CoordinatorCrashTest.LIMITS.maxDuration());
        life(world);
        world.step();
        life(world);

        Coordinator next =
                lives(CoordinatorCrashTest.HOUSE).restored(world, step -> {}, Optional::empty);
        next.turn(due.minusMillis(1), () -> due.minusMillis(1));
        int before = world.orders(call).size();
        next.turn(due, () -> due);
        world.step();
        next.turn(due, () -> due);

        assertEquals(1, before, "told to hang up too early");
        EventRecord last = world.told(call).getLast();
        assertEquals("CallDisconnected", CrashWorld.name(last.event()));
        assertEquals(7000, Objects.requireNonNull(last.result()).subCode());
    }

    @Test
    void countsCallsOfAnApplicationInAllPartitionsAndThoseOfOthers() {
        CrashWorld world = new CrashWorld(3, 6);
        int[] elsewhere = {1};
        Surroundings others =
                new Surroundings() {
                    @Override
                    public Optional<Placement> candidate() {
                        return Optional.of(CrashWorld.PLACEMENT);
                    }

                    @Override
                    public int runningElsewhere(String application, Set<Integer> own) {
                        assertEquals(Set.of(0, 1), own);
                        return elsewhere[0];
                    }
                };
        Coordinator coordinator = lives(CAPPED).restored(world, step -> {}, others);

        world.calls.forEach(call -> world.createFor("key-1", call));
        coordinator.turn(world.now(), world::now);

        assertEquals(CAP - 1, made(world), "one runs elsewhere");
        assertEquals(
                CAP - 1,
                coordinator.running().values().stream().mapToInt(one -> one.of("key-1")).sum());
        Coordinator next = lives(CAPPED).restored(world, step -> {}, others);
        elsewhere[0] = 0;
        world.calls.forEach(call -> world.createFor("key-1", call));
        next.turn(world.now(), world::now);
        assertEquals(CAP, made(world), "those of an earlier life count, and are not made again");
    }

    /// As it is in `call.state`.
    static byte[] stateOfACallThatTalks(CrashWorld world) {
        ServerCallId call = world.calls.getFirst();
        world.create(call, null);
        life(world);
        world.step();
        life(world);
        return world.records(Topics.CALL_STATE.name()).getLast().value();
    }

    private static long made(CrashWorld world) {
        return world.calls.stream().filter(call -> !world.orders(call).isEmpty()).count();
    }

    private static Lives lives(Moment.House house) {
        return new Lives(house, new Suspects(), new CountingEvents());
    }

    /// Two turns of a life of its own.
    private static void life(CrashWorld world) {
        Coordinator coordinator =
                lives(CoordinatorCrashTest.HOUSE)
                        .restored(world, step -> {}, () -> Optional.of(CrashWorld.PLACEMENT));
        coordinator.turn(world.now(), world::now);
        coordinator.turn(world.now(), world::now);
    }
}
