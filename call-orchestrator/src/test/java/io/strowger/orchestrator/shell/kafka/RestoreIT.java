package io.strowger.orchestrator.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long callers wait for the memory of an orchestrator that takes a partition over: printed,
/// and bounded by what a busy machine may take.
class RestoreIT {
    private static final int CALLS = 20_000;
    private static final Duration MOST = Duration.ofSeconds(5);

    @Test
    void aPartitionOfTwentyThousandCallsIsReadInTime(@TempDir Path directory) throws Exception {
        byte[] connected = connectedState();
        try (Broker broker = new Broker(directory);
                Telemetry telemetry = new Telemetry();
                KafkaTransactionalLog log =
                        new KafkaTransactionalLog(
                                broker.clients,
                                new Membership("call-orchestrator-0", Duration.ofSeconds(6)),
                                telemetry)) {
            List<ServerCallId> calls = fill(broker.clients, connected);
            StateRestore restore =
                    new StateRestore(broker.clients, log, new CoordinatorTelemetry(telemetry));
            List<Long> tookMs = new ArrayList<>();
            CallPartition restored = new CallPartition();

            for (int i = 0; i < 3; i++) {
                long startNs = System.nanoTime();
                Map<Integer, CallPartition> partitions = restore.restore(List.of(0));
                tookMs.add(Duration.ofNanos(System.nanoTime() - startNs).toMillis());
                restored = partitions.getOrDefault(0, restored);
            }

            System.out.println(
                    "restored "
                            + CALLS
                            + " calls of "
                            + connected.length
                            + " bytes in ms, the first with a cold JVM: "
                            + tookMs);
            assertEquals(CALLS - 1, restored.liveCalls(), "one was forgotten");
            assertTrue(tookMs.getFirst() < MOST.toMillis(), tookMs::toString);
            assertEquals(
                    io.strowger.orchestrator.core.call.CallState.Connected.class,
                    restored.state(calls.getLast()).getClass());
        }
    }

    /// The state of a call that talks, as the coordinator writes it.
    private static byte[] connectedState() {
        CrashWorld world = new CrashWorld(1, 1);
        CoordinatorCrashTest coordinator = new CoordinatorCrashTest();
        return coordinator.stateOfACallThatTalks(world);
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
