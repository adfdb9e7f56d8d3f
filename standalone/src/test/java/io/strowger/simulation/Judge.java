package io.strowger.simulation;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.WorkerReport;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.worker.core.lease.Lease;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Says what must not be, while it happens and at the end. See `docs/reliability.md` for the list.
final class Judge {
    /// From the moment a phone has turned to another worker, or a lease is over, until its old
    /// worker must be silent: two seconds, and how often things are looked at.
    private static final long SPEAKS_ON_MS = 3_500;

    private final World world;
    private final List<String> wrongs = new ArrayList<>();
    private final Map<ServerCallId, CallState> states = new LinkedHashMap<>();
    private final Map<SimEngine.Ear, Long> unheardSinceMs = new HashMap<>();

    Judge(World world) {
        this.world = world;
    }

    /// Everything that was found; empty: nothing.
    List<String> wrongs() {
        return wrongs;
    }

    void wrong(String what) {
        world.trace("judge", () -> "WRONG: " + what);
        wrongs.add(what);
    }

    void broken(String process, Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        wrong(process + " broke: " + failure + (stack.length == 0 ? "" : " at " + stack[0]));
    }

    void written(ConsumerRecord<String, byte[]> record) {
        if (!world.isTracing() || record.value() == null) {
            return;
        }
        String topic = record.topic();
        if (topic.equals(Topics.CALL_EVENTS.name())) {
            world.trace("log", () -> "told " + told(record));
        } else if (topic.equals(Topics.CALL_REPLIES.name())) {
            world.trace(
                    "log",
                    () -> "reply " + SimKafka.decoded(Topics.CALL_REPLIES.codec(), record.value()));
        }
    }

    private static String told(ConsumerRecord<String, byte[]> record) {
        var event = SimKafka.decoded(Topics.CALL_EVENTS.codec(), record.value());
        return event.event() + " " + event.operationContext() + " " + event.result();
    }

    /// The state of a call that was committed last.
    void committed(ServerCallId call, CallState state) {
        states.put(call, state);
    }

    /// What an orchestrator begins with is what the one before it ended with.
    void restored(String process, int partition, CallPartition calls) {
        states.forEach((call, state) -> {
            if (SimKafka.partitionOf(call.toString()) == partition
                    && !calls.state(call).equals(state)) {
                wrong(process + " restored " + call + " as it was not: " + calls.state(call));
            }
        });
    }

    /// A phone obeyed a BYE. Nobody but the worker that rang it can end what nobody knows.
    void hungUp(Phone phone, String host) {
        SimWorker worker = world.workerAt(host);
        if (worker != null && isStale(worker) && !worker.hasKafka() && isKnown(phone)) {
            wrong(worker.name + " hung " + phone + " up without a lease");
        }
    }

    /// Nobody is, who runs and reaches Kafka; and whoever does not reach Kafka himself knows
    /// nothing.
    void takenForLost(String by, Placement.Process lost) {
        for (SimWorker worker : world.workers()) {
            if (worker.id.equals(lost.worker())
                    && worker.epoch() == lost.epoch()
                    && !worker.isSuspect()) {
                wrong(by + " took " + worker.name + " for lost, which was well");
            }
        }
    }

    private static boolean isStale(SimWorker worker) {
        return worker.right() == Lease.Right.ADRIFT || worker.right() == Lease.Right.NONE;
    }

    /// While it happens, twice a second: who has no lease speaks only to phones that speak to it.
    void look() {
        long nowMs = world.time.nowMs();
        for (SimWorker worker : world.workers()) {
            if (!worker.isRunning()) {
                continue;
            }
            for (SimEngine.Ear ear : worker.engine.speaking()) {
                boolean stale =
                        isStale(worker)
                                && !ear.onHold // cannot be judged by its silence
                                && !world.phones.isHeard(ear.remotePort, ear.port);
                if (!stale) {
                    unheardSinceMs.remove(ear);
                } else if (nowMs - unheardSinceMs.computeIfAbsent(ear, unused -> nowMs)
                        > SPEAKS_ON_MS) {
                    wrong(worker.name + " speaks without a lease in " + ear.call);
                    unheardSinceMs.put(ear, nowMs + 1_000_000);
                }
            }
        }
    }

    /// Long after the last fault: whoever is on the phone talks to one worker, which has the call.
    void whenCalm() {
        for (Phone phone : world.phones.all()) {
            if (phone.isRinging()) {
                wrong("rings for ever: " + phone);
            }
            if (!phone.isUp()) {
                continue;
            }
            List<String> owners = new ArrayList<>();
            for (SimWorker worker : world.workers()) {
                for (SimEngine.Ear ear : worker.engine.speaking()) {
                    if (ear.remotePort == phone.port) {
                        owners.add(worker.name + (ear.port == phone.speaksTo() ? "" : " unheard"));
                        checkPlaced(worker, ear);
                    }
                }
            }
            boolean owned = owners.size() == 1 && !owners.getFirst().endsWith("unheard");
            if (!owned && (!owners.isEmpty() || isKnown(phone) || isLeftByItsWorker(phone))) {
                wrong("whose is " + phone + "? " + owners);
            }
        }
    }

    /// Whether the process that rang it lives, which would have to end what nobody else knows.
    private boolean isLeftByItsWorker(Phone phone) {
        SimWorker worker = world.workerAt(phone.host());
        return worker != null && worker.rang(phone);
    }

    /// Whether anybody knows the phone's dialog: its answer was told while the call was placed
    /// where it was given, or another worker was told to carry it on. What a worker had not told
    /// when it died is lost, and the phone has to find out.
    private boolean isKnown(Phone phone) {
        List<MediaOrder> orders =
                world.kafka.all(Topics.MEDIA_COMMANDS.name()).stream()
                        .map(one -> SimKafka.decoded(Topics.MEDIA_COMMANDS.codec(), one.value()))
                        .toList();
        return world.kafka.all(Topics.MEDIA_EVENTS.name()).stream()
                        .map(one -> SimKafka.decoded(Topics.MEDIA_EVENTS.codec(), one.value()))
                        .anyMatch(report ->
                                isOf(report.event(), phone)
                                        && orders.stream()
                                                .filter(one -> one.call().equals(report.call()))
                                                .allMatch(one ->
                                                        one.placement().placementEpoch()
                                                                <= report.placement()
                                                                        .placementEpoch()))
                || orders.stream()
                        .anyMatch(one ->
                                one.command() instanceof MediaCommand.AdoptLeg adoption
                                        && adoption.dialog().sipCallId().equals(phone.sipCallId()));
    }

    private static boolean isOf(MediaEvent event, Phone phone) {
        return event instanceof MediaEvent.LegAnswered(_, var dialog)
                && dialog.sipCallId().equals(phone.sipCallId());
    }

    private void checkPlaced(SimWorker worker, SimEngine.Ear ear) {
        CallState state = states.get(ear.call);
        boolean placed =
                state != null
                        && state.placement()
                                .filter(at -> at.worker().equals(worker.id))
                                .isPresent();
        if (!placed) {
            wrong(worker.name + " has " + ear.call + ", which is not placed there");
        }
    }

    /// When everything was ended.
    void atTheEnd() {
        for (Phone phone : world.phones.all()) {
            if (phone.isUp() || phone.isRinging()) {
                wrong("left up: " + phone);
            }
        }
        for (SimWorker worker : world.workers()) {
            if (worker.calls.callCount() > 0 || !worker.engine.speaking().isEmpty()) {
                wrong(worker.name + " still has calls");
            }
        }
        states.forEach((call, state) -> {
            if (state.isGoingOn()) {
                wrong("not over: " + call + " " + state.getClass().getSimpleName());
            }
        });
        world.phones
                .rings()
                .forEach((number, count) -> {
                    if (count > 1) {
                        wrong(number + " was rung " + count + " times");
                    }
                });
        checkOrders();
        checkEpochs();
        world.receivers.check();
        new Accounts(world, this).check();
    }

    /// Placements of a call never go back, and no order is left out.
    private void checkOrders() {
        Map<ServerCallId, Map<Integer, Placement>> placements = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        for (int ordinal = 0; ordinal < world.plan.workers(); ordinal++) {
            for (ConsumerRecord<String, byte[]> record :
                    world.kafka.all(new TopicPartition(Topics.MEDIA_COMMANDS.name(), ordinal))) {
                MediaOrder order = SimKafka.decoded(Topics.MEDIA_COMMANDS.codec(), record.value());
                int epoch = order.placement().placementEpoch();
                Placement known =
                        placements
                                .computeIfAbsent(order.call(), unused -> new HashMap<>())
                                .putIfAbsent(epoch, order.placement());
                if (known != null && !known.equals(order.placement())) {
                    wrong("two placements " + epoch + " of " + order.call());
                }
                String stream = order.call() + " " + epoch;
                if (order.orderSequence() != last.getOrDefault(stream, 0L) + 1) {
                    wrong("order " + order.orderSequence() + " out of turn in " + stream);
                }
                last.put(stream, order.orderSequence());
            }
        }
    }

    private void checkEpochs() {
        Map<WorkerId, Long> last = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : world.kafka.all(Topics.MEDIA_WORKERS.name())) {
            if (record.value() != null) {
                WorkerReport report = world.kafka.heartbeat(record);
                Long before = last.put(report.worker(), report.epoch());
                if (before != null && before > report.epoch()) {
                    wrong("the epoch of " + report.worker() + " went back");
                }
            }
        }
    }
}
