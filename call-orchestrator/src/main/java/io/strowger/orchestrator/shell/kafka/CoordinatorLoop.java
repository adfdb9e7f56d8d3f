package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.orchestrator.core.call.Moment.House;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/// One life of the coordinator on Kafka: joins the group, restores what it owns, takes turns until
/// it is stopped or something breaks. Nothing of it outlives the life.
final class CoordinatorLoop implements CrashOnlyLoop.Body {
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final long LOOK_NS = Duration.ofMillis(100).toNanos();

    /// What the group reads.
    static final List<String> INPUTS =
            List.of(
                    Topics.CALL_COMMANDS.name(),
                    Topics.MEDIA_EVENTS.name(),
                    Topics.RECORDING_EVENTS.name());

    private final KafkaClients kafka;
    private final Membership member;
    private final House house;
    private final WorkerRegistry workers;
    private final InstantSource clock;
    private final CoordinatorTelemetry observer;
    private final Telemetry telemetry;
    private final Suspects suspects = new Suspects();
    private volatile int liveCalls;

    CoordinatorLoop(
            KafkaClients kafka,
            Membership member,
            House house,
            WorkerRegistry workers,
            InstantSource clock,
            Telemetry telemetry) {
        this.kafka = kafka;
        this.member = member;
        this.house = house;
        this.workers = workers;
        this.clock = clock;
        this.telemetry = telemetry;
        this.observer = new CoordinatorTelemetry(telemetry);
    }

    int liveCalls() {
        return liveCalls;
    }

    @Override
    public void run(CrashOnlyLoop.Life life) {
        try (KafkaTransactionalLog log = new KafkaTransactionalLog(kafka, member, telemetry)) {
            log.open();
            Coordinator coordinator =
                    new Coordinator(log, house, workers::candidate, suspects, observer);
            log.subscribe(INPUTS, new Ownership(log, coordinator, life));
            long lookedNs = System.nanoTime() - LOOK_NS;
            while (!life.stopping()) {
                if (System.nanoTime() - lookedNs >= LOOK_NS) {
                    lookedNs = System.nanoTime();
                    coordinator.displace(workers::isGone, workers::isLeaving);
                }
                coordinator.turn(clock.instant(), clock::instant);
                liveCalls = coordinator.liveCalls();
            }
        } catch (RuntimeException | LinkageError | AssertionError e) {
            suspects.lifeBroke(e);
            throw e;
        }
    }

    /// Restores and drops partitions as the group moves them, inside the poll: no record of a
    /// partition is seen before its calls are.
    private final class Ownership implements ConsumerRebalanceListener {
        private final KafkaTransactionalLog log;
        private final Coordinator coordinator;
        private final CrashOnlyLoop.Life life;

        Ownership(KafkaTransactionalLog log, Coordinator coordinator, CrashOnlyLoop.Life life) {
            this.log = log;
            this.coordinator = coordinator;
            this.life = life;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            // Waits until no transaction of the previous owner is open here; only then is the end
            // of call.state final.
            assigned.forEach(partition -> log.consumer().position(partition, SETTLED));
            StateRestore restore = new StateRestore(kafka, log, observer);
            assigned.stream()
                    .filter(partition -> partition.topic().equals(Topics.CALL_COMMANDS.name()))
                    .forEach(partition ->
                            coordinator.own(
                                    partition.partition(), restore.restore(partition.partition())));
            life.ready();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            revoked.forEach(log::forgetOffsets);
            revoked.stream()
                    .filter(partition -> partition.topic().equals(Topics.CALL_COMMANDS.name()))
                    .forEach(partition -> coordinator.disown(partition.partition()));
        }
    }
}
