package io.strowger.orchestrator.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long callers wait for the memory of an orchestrator that takes a partition over: printed,
/// and bounded by what a busy machine may take.
class RestoreIT {
    private static final int CALLS = 20_000;
    private static final int PARTITIONS = 2;
    private static final Duration MOST = Duration.ofSeconds(15);
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void aPartitionOfTwentyThousandCallsIsReadInTimeAndAtOnceWhereItWasFollowed(
            @TempDir Path directory) throws Exception {
        byte[] connected = connectedState();
        try (Broker broker = new Broker(directory);
                Telemetry telemetry = new Telemetry();
                KafkaTransactionalLog log =
                        new KafkaTransactionalLog(
                                broker.clients,
                                new Membership("call-orchestrator-0", Duration.ofSeconds(6)),
                                telemetry)) {
            List<ServerCallId> calls = fill(broker.clients, connected);
            Standby standby = new Standby(broker.clients, PARTITIONS);
            CrashOnlyLoop following = new CrashOnlyLoop("standby", new Health(), standby);
            StateRestore restore =
                    new StateRestore(
                            broker.clients, standby, log, new CoordinatorTelemetry(telemetry));

            List<Long> coldMs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                long startNs = System.nanoTime();
                assertEquals(CALLS - 1, restored(restore).liveCalls(), "one was forgotten");
                coldMs.add(Duration.ofNanos(System.nanoTime() - startNs).toMillis());
            }
            following.start();
            standby.followAllBut(Set.of());
            Eventually.holds("all are followed", LONG, () -> standby.liveCalls() == CALLS - 1);
            broker.produce(
                    new ProducerRecord<>(
                            Topics.CALL_STATE.name(), 0, calls.getLast().toString(), null));
            long startNs = System.nanoTime();
            CallPartition taken = restored(restore);
            long warmMs = Duration.ofNanos(System.nanoTime() - startNs).toMillis();
            following.stop(LONG);

            System.out.println(
                    "restored "
                            + CALLS
                            + " calls of "
                            + connected.length
                            + " bytes in ms: not followed, from a cold JVM on: "
                            + coldMs
                            + "; followed: "
                            + warmMs);
            assertEquals(CALLS - 2, taken.liveCalls(), "what was written last counts, too");
            assertEquals(CallState.NotCreated.class, taken.state(calls.getLast()).getClass());
            assertEquals(CallState.Connected.class, taken.state(calls.get(1)).getClass());
            assertTrue(taken.nextDue().isBefore(Instant.MAX), "its timers run");
            assertTrue(coldMs.getFirst() < MOST.toMillis(), coldMs::toString);
            assertTrue(warmMs < coldMs.getFirst(), warmMs + " of " + coldMs);
        }
    }

    private static CallPartition restored(StateRestore restore) {
        return Objects.requireNonNull(restore.restore(List.of(0)).get(0)).calls();
    }

    /// The state of a call that talks, as the coordinator writes it.
    private static byte[] connectedState() {
        return CoordinatorLimitsTest.stateOfACallThatTalks(new CrashWorld(1, 1));
    }

    /// All calls that talk; the first of them was forgotten since.
    private static List<ServerCallId> fill(KafkaClients kafka, byte[] state) throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        CallIds ids = new CallIds(new byte[32]);
        List<ServerCallId> calls = new ArrayList<>();
        try (KafkaProducer<String, byte[]> producer = kafka.producer(20)) {
            for (int i = 0; i < CALLS; i++) {
                ServerCallId call = ids.newCall(random);
                calls.add(call);
                send(producer, call, state);
            }
            send(producer, calls.getFirst(), null);
            producer.flush();
        }
        return calls;
    }

    private static void send(
            KafkaProducer<String, byte[]> producer,
            ServerCallId call,
            byte @org.jspecify.annotations.Nullable [] state) {
        producer.send(new ProducerRecord<>(Topics.CALL_STATE.name(), 0, call.toString(), state));
    }
}
