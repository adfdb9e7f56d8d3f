package io.strowger.orchestrator.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.CallInput;
import io.strowger.orchestrator.core.call.Limits;
import io.strowger.orchestrator.core.call.Moment;
import io.strowger.orchestrator.core.call.TimerName;
import io.strowger.orchestrator.core.directory.Directory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The coordinator killed between any two of its steps; each life begins from the log alone.
class CoordinatorCrashTest {
    static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofHours(24),
                    0,
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(48));
    static final Moment.House HOUSE =
            new Moment.House(
                    LIMITS,
                    new Directory(
                            java.util.Map.of(),
                            java.util.Map.of(),
                            java.util.Set.of(),
                            false,
                            List.of(java.net.URI.create("https://app.example/grid"))),
                    (call, expiresAt) -> call + " " + expiresAt,
                    new CallIds(new byte[32])::callFor);
    private static final int MOST_ROUNDS = 3_000;
    private final Suspects suspects = new Suspects();
    private final CountingEvents observer = new CountingEvents();
    private int lives;

    /// The process is gone, as by `kill -9`.
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed(String step) {
            super("killed before " + step);
        }
    }

    private static final class KillAtStep implements InMemoryTransactionalLog.Steps {
        private final int at;
        private int count;

        KillAtStep(int at) {
            this.at = at;
        }

        @Override
        public void before(String step) {
            if (++count == at) {
                throw new Killed(step);
            }
        }
    }

    private record Killings(SplittableRandom random, int oneIn)
            implements InMemoryTransactionalLog.Steps {
        @Override
        public void before(String step) {
            if (random.nextInt(oneIn) == 0) {
                throw new Killed(step);
            }
        }

        @Override
        public int polled(int available) {
            return random.nextInt(available + 1);
        }
    }

    static IntStream steps() {
        CrashWorld world = new CrashWorld(1, 2);
        KillAtStep none = new KillAtStep(-1);
        new CoordinatorCrashTest().run(world, none, () -> Optional.of(CrashWorld.PLACEMENT));
        return IntStream.range(1, none.count); // at the last one everything is over
    }

    @ParameterizedTest(name = "before step {0}")
    @MethodSource("steps")
    void losesNothingAndDoublesNothingWhenItIsKilledOnce(int step) {
        CrashWorld world = new CrashWorld(1, 2);

        run(world, new KillAtStep(step), () -> Optional.of(CrashWorld.PLACEMENT));

        assertEquals(2, lives);
        world.check();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void losesNothingAndDoublesNothingHoweverOftenItIsKilled(long seed) {
        CrashWorld world = new CrashWorld(seed, 4);

        run(
                world,
                new Killings(new SplittableRandom(seed), 25),
                () -> Optional.of(CrashWorld.PLACEMENT));

        world.check();
    }

    @Test
    void answersARefusalOnceThoughItIsKilledAndTheReasonIsGone() {
        CrashWorld world = new CrashWorld(1, 1);
        ServerCallId call = world.calls.getFirst();
        CommandId command = new CommandId(new UUID(8, 8));
        world.send(call, command, CrashWorld.creation(call));
        life(world, step -> {}, Optional::empty, 3);

        life(world, step -> {}, () -> Optional.of(CrashWorld.PLACEMENT), 3);

        assertEquals(1, world.replies(command).size());
        assertTrue(
                world.replies(command).getFirst().answer() instanceof CallReply.Refused,
                "not refused");
        assertEquals(List.of(), world.orders(call));
    }

    @Test
    void asksNothingOfTheLogForQuestionsAlone() {
        CrashWorld world = new CrashWorld(1, 1);
        ServerCallId call = world.calls.getFirst();
        CommandId command = new CommandId(new UUID(8, 8));
        world.send(call, command, new CallCommand.DescribeCall(call.connection(1)));

        life(world, step -> assertTrue(!step.equals("begin")), Optional::empty, 3);

        assertEquals(1, world.replies(command).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "32", "99999999999", ""})
    void movesACommandWithABrokenReplyPartitionToTheDeadLetters(String header) {
        CrashWorld world = new CrashWorld(1, 1);
        ServerCallId call = world.calls.getFirst();
        world.send(call, new CommandId(new UUID(8, 8)), CrashWorld.creation(call));
        ConsumerRecord<String, byte[]> good = world.records(Topics.CALL_COMMANDS.name()).getFirst();
        ProducerRecord<String, byte[]> bad =
                new ProducerRecord<>(good.topic(), good.partition(), good.key(), good.value());
        bad.headers().add(KafkaHeaders.REPLY_PARTITION, header.getBytes(StandardCharsets.UTF_8));
        world.broker.append(bad);

        life(world, step -> {}, () -> Optional.of(CrashWorld.PLACEMENT), 3);

        List<String> reasons = reasons(world, Topics.CALL_COMMANDS.deadLetterName());
        assertEquals(List.of("header reply-partition is not 0..31: " + header), reasons);
        assertEquals(1, world.orders(call).size());
        assertEquals(1, observer.deadLetters);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "null", "{}", "[]", "{\"commandId\":\"x\"}"})
    void movesWhatIsNoCommandToTheDeadLettersAtOnce(String json) {
        CrashWorld world = new CrashWorld(1, 1);
        ServerCallId call = world.calls.getFirst();
        world.broker.append(
                new ProducerRecord<>(
                        Topics.CALL_COMMANDS.name(),
                        world.partition(call),
                        call.toString(),
                        json.getBytes(StandardCharsets.UTF_8)));

        life(world, step -> {}, () -> Optional.of(CrashWorld.PLACEMENT), 2);

        assertEquals(1, reasons(world, Topics.CALL_COMMANDS.deadLetterName()).size());
    }

    @Test
    void movesARecordUnderAnotherKeyToTheDeadLetters() {
        CrashWorld world = new CrashWorld(1, 2);
        ServerCallId call = world.calls.getFirst();
        world.send(call, new CommandId(new UUID(8, 8)), CrashWorld.creation(world.calls.getLast()));

        life(world, step -> {}, () -> Optional.of(CrashWorld.PLACEMENT), 2);

        assertEquals(
                List.of("the key is not the call " + world.calls.getLast()),
                reasons(world, Topics.CALL_COMMANDS.deadLetterName()));
    }

    @Test
    void takesOutTheRecordThatBreaksItAgainAndAgainAndGoesOn() {
        CrashWorld world = new CrashWorld(1, 2);
        ServerCallId poison = world.calls.getFirst();
        ServerCallId healthy = world.calls.getLast();
        world.send(poison, new CommandId(new UUID(8, 8)), CrashWorld.creation(poison));
        Supplier<Optional<Placement>> broken =
                new Supplier<>() {
                    private int asked;

                    @Override
                    public Optional<Placement> get() {
                        if (asked++ < Suspects.LIVES) {
                            throw new IllegalStateException("a bug");
                        }
                        return Optional.of(CrashWorld.PLACEMENT);
                    }
                };
        for (int i = 0; i < Suspects.LIVES; i++) {
            life(world, step -> {}, broken, 2);
        }
        world.send(healthy, new CommandId(new UUID(8, 9)), CrashWorld.creation(healthy));

        life(world, step -> {}, broken, 2);

        String reason = reasons(world, Topics.CALL_COMMANDS.deadLetterName()).getFirst();
        assertTrue(
                reason.startsWith(
                        "broke the coordinator 3 times: java.lang.IllegalStateException: a bug"),
                reason);
        assertEquals(List.of(), world.orders(poison));
        assertEquals(1, world.orders(healthy).size());
    }

    @Test
    void leavesOutATimerThatBreaksItAgainAndAgain() {
        CrashWorld world = new CrashWorld(1, 1);
        ServerCallId call = world.calls.getFirst();
        world.send(call, new CommandId(new UUID(8, 8)), CrashWorld.creation(call));
        life(world, step -> {}, () -> Optional.of(CrashWorld.PLACEMENT), 2);
        Instant due = world.now().plus(LIMITS.ringTimeout()).plusSeconds(10);
        String input = new CallInput.TimerFired(TimerName.RING, due) + " of " + call;
        for (int i = 0; i < Suspects.LIVES; i++) {
            suspects.begin(input);
            suspects.lifeBroke(new IllegalStateException("a bug"));
        }

        Coordinator next = restored(world, step -> {}, Optional::empty);
        next.turn(due, () -> due);
        next.turn(due, () -> due);

        assertEquals(1, observer.skipped);
        assertEquals(1, next.liveCalls());
    }

    @Test
    void blamesNoInputForAFailureOutsideOfItsDecision() {
        for (int i = 0; i < 2 * Suspects.LIVES; i++) {
            suspects.begin("input");
            suspects.passed();
            suspects.lifeBroke(new IllegalStateException("the broker is away"));
        }

        assertEquals(Optional.empty(), suspects.verdict("input"));
    }

    @Test
    void endsCallsThatRangAtAWorkerThatWasGoneBeforeTheyWereRestored() {
        CrashWorld world = new CrashWorld(1, 1);
        ServerCallId call = world.calls.getFirst();
        world.send(call, new CommandId(new UUID(8, 8)), CrashWorld.creation(call));
        life(world, step -> {}, () -> Optional.of(CrashWorld.PLACEMENT), 2);

        Coordinator next = restored(world, step -> {}, Optional::empty);
        next.displace(process -> process.equals(CrashWorld.PLACEMENT.process()), _ -> false);
        next.turn(world.now(), world::now);

        assertEquals("CreateCallFailed", CrashWorld.name(world.told(call).getLast().event()));
        assertEquals(0, next.liveCalls());
    }

    static IntStream fewSeeds() {
        return IntStream.rangeClosed(1, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void callsOutliveTheirWorkerWhateverDiesBeside(int seed) {
        CrashWorld world = new CrashWorld(seed, 3);
        SplittableRandom random = new SplittableRandom(seed);
        Killings killings = new Killings(new SplittableRandom(seed), 40);
        int[] left = {random.nextInt(60)};
        InMemoryTransactionalLog.Steps steps =
                new InMemoryTransactionalLog.Steps() {
                    @Override
                    public void before(String step) {
                        if (world.allTold("CallConnected") && left[0]-- == 0) {
                            world.killWorker();
                        }
                        killings.before(step);
                    }

                    @Override
                    public int polled(int available) {
                        return killings.polled(available);
                    }
                };

        run(world, steps, () -> Optional.of(world.candidate()));

        world.checkTold();
        assertTrue(
                world.calls.stream()
                        .flatMap(call -> world.orders(call).stream())
                        .anyMatch(order -> order.placement().equals(carriedOn())),
                "nothing was carried on");
    }

    private static Placement carriedOn() {
        return CrashWorld.OTHER.withPlacementEpoch(2);
    }

    private static List<String> reasons(CrashWorld world, String topic) {
        return world.records(topic).stream()
                .map(letter ->
                        new String(
                                Objects.requireNonNull(
                                                letter.headers().lastHeader(KafkaHeaders.REASON))
                                        .value(),
                                StandardCharsets.UTF_8))
                .toList();
    }

    /// Lives after lives until every call is over.
    private void run(
            CrashWorld world,
            InMemoryTransactionalLog.Steps steps,
            Supplier<Optional<Placement>> candidates) {
        int rounds = 0;
        while (!world.isOver()) {
            lives++;
            try {
                Coordinator coordinator = restored(world, steps, candidates);
                while (!world.isOver()) {
                    assertTrue(rounds++ < MOST_ROUNDS, "stuck");
                    world.step();
                    coordinator.displace(world::isGone, _ -> false);
                    coordinator.turn(world.now(), world::now);
                }
            } catch (Killed e) {
                // The next life begins.
                suspects.passed();
            }
        }
    }

    private void life(
            CrashWorld world,
            InMemoryTransactionalLog.Steps steps,
            Supplier<Optional<Placement>> candidates,
            int turns) {
        try {
            Coordinator coordinator = restored(world, steps, candidates);
            for (int i = 0; i < turns; i++) {
                coordinator.turn(world.now(), world::now);
            }
        } catch (IllegalStateException e) {
            suspects.lifeBroke(e);
        }
    }

    private Coordinator restored(
            CrashWorld world,
            InMemoryTransactionalLog.Steps steps,
            Supplier<Optional<Placement>> candidates) {
        return new Lives(HOUSE, suspects, observer).restored(world, steps, candidates::get);
    }
}
