package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.Moment.House;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life of the coordinator on Kafka: joins the group, restores what it owns, takes turns until
/// it is stopped or something breaks. Nothing of it outlives the life.
final class CoordinatorLoop implements CrashOnlyLoop.Body {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorLoop.class);

    /// `group.min.session.timeout.ms` unless it is set.
    private static final Duration ALWAYS_ALLOWED = Duration.ofSeconds(6);

    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final long LOOK_NS = Duration.ofMillis(100).toNanos();

    /// What the group reads.
    static final List<String> INPUTS =
            List.of(
                    Topics.CALL_COMMANDS.name(),
                    Topics.MEDIA_EVENTS.name(),
                    Topics.RECORDING_EVENTS.name());

    private final KafkaClients kafka;
    private final House house;
    private final Surroundings others;
    private final WorkerRegistry workers;
    private final Standby standby;
    private final InstantSource clock;
    private final CoordinatorTelemetry observer;
    private final Telemetry telemetry;
    private final Suspects suspects = new Suspects();
    private Membership member;
    private volatile int liveCalls;

    CoordinatorLoop(
            KafkaClients kafka,
            Membership member,
            House house,
            WorkerRegistry workers,
            CallCounts counts,
            Standby standby,
            InstantSource clock,
            Telemetry telemetry) {
        this.kafka = kafka;
        this.member = member;
        this.house = house;
        this.workers = workers;
        this.standby = standby;
        this.others =
                new Surroundings() {
                    @Override
                    public Optional<Placement> candidate() {
                        return workers.candidate();
                    }

                    @Override
                    public int runningElsewhere(String application, Set<Integer> own) {
                        return counts.runningElsewhere(application, own);
                    }
                };
        this.clock = clock;
        this.telemetry = telemetry;
        this.observer = new CoordinatorTelemetry(telemetry);
    }

    int liveCalls() {
        return liveCalls;
    }

    @Override
    public void run(CrashOnlyLoop.Life life) {
        try (KafkaTransactionalLog log = new KafkaTransactionalLog(kafka, member, telemetry);
                CountsWriter counts = new CountsWriter(kafka, System.nanoTime())) {
            log.open();
            Coordinator coordinator = new Coordinator(log, house, others, suspects, observer);
            log.subscribe(INPUTS, new Ownership(log, coordinator, life));
            long lookedNs = System.nanoTime() - LOOK_NS;
            while (!life.stopping()) {
                if (System.nanoTime() - lookedNs >= LOOK_NS) {
                    lookedNs = System.nanoTime();
                    coordinator.displace(workers::isGone, workers::isLeaving);
                }
                coordinator.turn(clock.instant(), clock::instant);
                if (house.limits().maxConcurrent() > 0 && counts.isTime(System.nanoTime())) {
                    counts.tell(coordinator.running(), System.nanoTime());
                }
                liveCalls = coordinator.liveCalls();
            }
        } catch (InvalidSessionTimeoutException e) {
            beContent(e);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            suspects.lifeBroke(e);
            throw e;
        }
    }

    /// Brokers that were not told otherwise allow no shorter session than six seconds. Better a
    /// slow take-over than none: the next life asks for that.
    private void beContent(InvalidSessionTimeoutException e) {
        if (member.session().compareTo(ALWAYS_ALLOWED) >= 0) {
            throw e;
        }
        LOG.atWarn()
                .addKeyValue("wantedMs", member.session().toMillis())
                .addKeyValue("takenMs", ALWAYS_ALLOWED.toMillis())
                .log(
                        "the brokers allow no session as short as orchestrator.sessionTimeout"
                                + " (group.min.session.timeout.ms): take-overs last longer");
        member = new Membership(member.instance(), ALWAYS_ALLOWED);
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
            List<Integer> numbers = numbers(assigned);
            long startNs = System.nanoTime();
            new StateRestore(kafka, standby, log, observer)
                    .restore(numbers)
                    .forEach((number, restored) -> {
                        log.stateEndsAt(number, restored.end());
                        coordinator.own(number, restored.calls());
                    });
            observer.restored(numbers.size(), System.nanoTime() - startNs);
            standby.followAllBut(coordinator.owned());
            life.ready();
        }

        private static List<Integer> numbers(Collection<TopicPartition> inputs) {
            return inputs.stream()
                    .filter(partition -> partition.topic().equals(Topics.CALL_COMMANDS.name()))
                    .map(TopicPartition::partition)
                    .toList();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            revoked.forEach(log::forgetOffsets);
            for (int number : numbers(revoked)) {
                OptionalLong end = log.isPolling() ? log.stateEnd(number) : OptionalLong.empty();
                Optional<CallPartition> calls = coordinator.disown(number);
                if (calls.isPresent() && end.isPresent()) {
                    standby.keep(number, calls.get(), end.getAsLong());
                }
            }
        }

        /// Others decided meanwhile: what is remembered here is worth nothing.
        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            lost.forEach(log::forgetOffsets);
            numbers(lost).forEach(coordinator::disown);
        }
    }
}
