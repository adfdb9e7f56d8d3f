package io.strowger.simulation;

import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.media.WorkerReport;
import io.strowger.contracts.placement.Placement;
import io.strowger.runtime.telemetry.Spans;
import io.strowger.worker.core.auth.DigestAuthority;
import io.strowger.worker.core.lease.Lease;
import io.strowger.worker.core.lease.Tenure;
import io.strowger.worker.core.leg.LegTimings;
import io.strowger.worker.core.leg.LocalParty;
import io.strowger.worker.core.registration.UserRoutes;
import io.strowger.worker.core.route.KnownPeers;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.Directory;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipSignal;
import io.strowger.worker.shell.call.CallHost;
import io.strowger.worker.shell.call.CallSettings;
import io.strowger.worker.shell.call.CallThreads;
import io.strowger.worker.shell.call.Reception;
import io.strowger.worker.shell.kafka.WorkerEpoch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// A media worker: its calls and its lease as they are, on simulated threads, media, wire and log.
final class SimWorker extends SimProcess {
    static final Duration SPEAK_FOR = Duration.ofSeconds(5);
    private static final Lease LEASE = new Lease(Duration.ofSeconds(1), SPEAK_FOR);
    private static final long BEAT_MS = 500;
    private static final long BEAT_PATIENCE_MS = 1_000;
    private static final long LOOK_MS = 100;
    private static final long DRAIN_MS = 10_000;
    private static final long PARTING_MS = 700;
    private static final KnownPeers PEERS =
            KnownPeers.ofTrunks(Map.of(Phones.TRUNK.name(), List.of(Phones.PEER)));
    final WorkerId id;
    final String host;
    final SimEngine engine;
    final CallHost calls;
    private final SplittableRandom random;
    private final TopicPartition ordersAt;
    private final WorkerEpoch epoch;
    private final long startedAtMs;
    private final Tenure tenure;
    private final Queue<ProducerRecord<String, byte[]>> unsent = new ArrayDeque<>();
    private long ordersRead;
    private long lastBeatNs;
    private boolean sending;
    private boolean draining;

    SimWorker(World world, int ordinal, SplittableRandom random) {
        super(world, "worker-" + ordinal);
        this.random = random;
        this.id = new WorkerId(ordinal);
        this.host = "10.0.0." + (ordinal + 1);
        this.ordersAt = new TopicPartition(Topics.MEDIA_COMMANDS.name(), ordinal);
        this.startedAtMs = world.time.nowMs();
        this.epoch = WorkerEpoch.above(lastEpoch(), world.time.millis());
        this.tenure = new Tenure(LEASE, world.time.nowNs());
        this.engine = new SimEngine(this, random.split());
        this.calls =
                new CallHost(
                        new CallSettings(
                                new LocalParty(host, 5060),
                                List.of(Phones.TRUNK),
                                LegTimings.standard(),
                                100,
                                100),
                        new CallHost.Outside(
                                world.phones.wireOf(this),
                                engine,
                                this::report,
                                world.time,
                                world.time::nowNs,
                                random.split()),
                        UserRoutes.none(),
                        Spans.OFF,
                        new Threads());
        engine.tell(calls);
        calls.watch(this::look);
        calls.receive(
                new Reception.Desk(
                        new CallIds(World.ID_KEY),
                        () -> new Placement(id, epoch.get(), 1),
                        this::isRunning,
                        () -> PEERS,
                        Directory.EMPTY,
                        new DigestAuthority(List.of(), World.ID_KEY, random.split()::nextLong)));
    }

    private long lastEpoch() {
        return world.kafka.all(Topics.MEDIA_WORKERS.name()).stream()
                .filter(record ->
                        record.key().equals(Integer.toString(id.ordinal()))
                                && record.value() != null)
                .mapToLong(record -> world.kafka.heartbeat(record).epoch())
                .max()
                .orElse(0);
    }

    /// Whether this process is the one that rang a phone, at that moment.
    boolean rang(Phone phone) {
        return isRunning() && startedAtMs <= phone.rangAtMs();
    }

    void start() {
        world.trace(name, () -> "starts with epoch " + epoch.get());
        ordersRead = world.kafka.end(ordersAt);
        world.kafka.listen(ordersAt, this, () -> later(random.nextInt(5), this::readOrders));
        beat();
        judge();
        readOrders();
    }

    long epoch() {
        return epoch.get();
    }

    Lease.Right right() {
        return tenure.right();
    }

    /// Somebody calls in.
    void called(IncomingInvite invite) {
        switch (calls.weigh(invite)) {
            case Arrival.Welcome welcome -> calls.arrived(invite, welcome);
            case Arrival.Refusal(int status, var reason, var _) ->
                    world.phones
                            .wireOf(this)
                            .reply(SipReply.of(invite.request().exchange(), status, reason));
            case Arrival.Silence _, Arrival.Closed _ ->
                    world.judge.wrong(name + " does not hear " + invite.from());
        }
    }

    /// What came for this worker from the wire.
    void heard(String sipCallId, SipSignal signal) {
        calls.signal(sipCallId, signal);
    }

    private void readOrders() {
        if (!hasKafka()) {
            later(LOOK_MS, this::readOrders);
            return;
        }
        for (ConsumerRecord<String, byte[]> record : world.kafka.read(ordersAt, ordersRead)) {
            ordersRead = record.offset() + 1;
            MediaOrder order = SimKafka.decoded(Topics.MEDIA_COMMANDS.codec(), record.value());
            if (epoch.isFor(order) || !world.wiring.epochs()) {
                world.trace(name, () -> "obeys " + order);
                calls.order(order);
            } else {
                world.trace(name, () -> "passes over " + order);
            }
        }
    }

    /// In the order they came; while Kafka is away they wait.
    private void report(MediaReport report) {
        world.trace(name, () -> "reports " + report.event());
        unsent.add(
                new ProducerRecord<>(
                        Topics.MEDIA_EVENTS.name(),
                        report.call().toString(),
                        Topics.MEDIA_EVENTS.codec().encode(report)));
        if (!sending) {
            sending = true;
            later(1 + random.nextInt(3), this::send);
        }
    }

    private void send() {
        if (!hasKafka()) {
            later(LOOK_MS, this::send);
            return;
        }
        ProducerRecord<String, byte[]> next = unsent.remove();
        world.kafka.append(next);
        if (random.nextInt(world.plan.duplicateOneIn()) == 0) {
            world.kafka.append(next); // reports may come twice
        }
        sending = !unsent.isEmpty();
        if (sending) {
            later(1, this::send);
        }
    }

    /// Audio of recordings goes another way than reports.
    void write(ProducerRecord<String, byte[]> audio) {
        world.kafka.append(audio);
    }

    private void beat() {
        long sentAtNs = world.time.nowNs();
        WorkerReport report =
                new WorkerReport(
                        id,
                        epoch.get(),
                        host + ":5060",
                        100,
                        calls.callCount(),
                        draining,
                        world.time.instant());
        later(1 + random.nextInt(5), () -> deliver(report, sentAtNs));
        later(BEAT_MS, this::beat);
    }

    /// A late heartbeat says nothing: it is given up after a second.
    private void deliver(WorkerReport report, long sentAtNs) {
        if (sentAtNs < lastBeatNs) {
            return; // a younger one was first
        }
        if (hasKafka()) {
            lastBeatNs = sentAtNs;
            world.kafka.append(report);
            later(1 + random.nextInt(5), () -> tenure.acknowledged(sentAtNs));
        } else if (world.time.nowNs() - sentAtNs < BEAT_PATIENCE_MS * VirtualTime.MS) {
            later(50, () -> deliver(report, sentAtNs));
        }
    }

    private void judge() {
        look();
        later(world.lookMs(), this::judge);
    }

    private void look() {
        tenure.look(world.time.nowNs())
                .ifPresent(right -> {
                    world.trace(name, () -> "has the right " + right);
                    if (world.wiring.leases()) {
                        calls.entitled(right, draining);
                        if (right == Lease.Right.NONE) {
                            epoch.next(world.time.millis());
                        }
                    }
                });
    }

    /// As at a SIGTERM.
    void drain() {
        world.trace(name, () -> "drains");
        draining = true;
        calls.setOpen(false);
        long untilMs = world.time.nowMs() + DRAIN_MS;
        later(20, () -> drained(untilMs));
    }

    private void drained(long untilMs) {
        if (calls.callCount() > 0 && world.time.nowMs() < untilMs) {
            later(20, () -> drained(untilMs));
            return;
        }
        calls.hangUpAll("the worker stops");
        later(
                PARTING_MS,
                () -> {
                    calls.stopRecordings();
                    later(PARTING_MS, this::leave);
                });
    }

    private void leave() {
        if (hasKafka()) {
            unsent.forEach(world.kafka::append);
            unsent.clear();
            world.kafka.append(
                    new ProducerRecord<>(
                            Topics.MEDIA_WORKERS.name(), 0, Integer.toString(id.ordinal()), null));
        }
        world.trace(name, () -> "has stopped");
        exit();
    }

    /// The calls that have media here.
    boolean carries(ServerCallId call) {
        return engine.carries(call);
    }

    @Override
    void died() {
        // Its sockets are gone: phones notice by themselves.
    }

    /// Everything of this process at its own time, on the one thread.
    private final class Threads implements CallThreads {
        @Override
        public Executor executor() {
            return task -> later(0, task);
        }

        @Override
        public Pending schedule(Runnable task, Duration after) {
            boolean[] cancelled = {false};
            later(
                    after.toMillis(),
                    () -> {
                        if (!cancelled[0]) {
                            task.run();
                        }
                    });
            return () -> cancelled[0] = true;
        }

        @Override
        public void close() {
            // What is left is dropped with the process.
        }
    }
}
