package io.strowger.simulation;

import io.strowger.dispatcher.core.delivery.ReceiverStop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One schedule: all processes, their surroundings and what goes wrong, from the first call to long
/// after the last.
final class World {
    static final byte[] ID_KEY = new byte[32];

    /// Faults are over, their consequences too.
    static final long CALM_MS = 88_000;

    private static final long OVER_MS = CALM_MS + 40_000;
    private static final long QUIET_MS = 62_000;
    private static final long PARTING_MS = 15_000;
    private static final long MORE_MS = 10_000;
    private static final int MOST_MORE = 30;
    private static final long WATCH_MS = 500;
    final Plan plan;
    final Wiring wiring;
    final VirtualTime time = new VirtualTime();
    final Judge judge;
    final Faults faults;
    final SimKafka kafka;

    /// What `callback.stops` holds.
    final Map<UUID, ReceiverStop> stops = new LinkedHashMap<>();

    final SimGroup orchestrators;
    final SimGroup dispatchers;
    final Phones phones;
    final Receivers receivers;
    final Application application;
    final SimDisk disk = new SimDisk();
    final Tapes tapes = new Tapes(this);
    private final List<String> trace = new ArrayList<>();
    private final boolean tracing;
    private final Map<String, SimProcess> processes = new LinkedHashMap<>();
    private final Map<String, Supplier<SimProcess>> makers = new LinkedHashMap<>();
    private final Map<String, Integer> producers = new LinkedHashMap<>();

    World(Plan plan, Wiring wiring, boolean tracing) {
        this.plan = plan;
        this.wiring = wiring;
        this.tracing = tracing;
        SplittableRandom random = new SplittableRandom(plan.seed() ^ 0x5EED);
        this.judge = new Judge(this);
        this.faults = new Faults(this);
        this.kafka = new SimKafka(this, random.split(), plan.longestDelayMs());
        this.orchestrators = new SimGroup(this, SimKafka.PARTITIONS, 6_000);
        this.dispatchers = new SimGroup(this, SimKafka.PARTITIONS, 6_000);
        this.phones = new Phones(this, random.split());
        this.receivers = new Receivers(this, random.split());
        this.application = new Application(this, random.split());
        for (int i = 0; i < plan.workers(); i++) {
            int ordinal = i;
            make("worker-" + i, random.split(), each -> new SimWorker(this, ordinal, each));
        }
        for (int i = 0; i < plan.orchestrators(); i++) {
            String name = "orchestrator-" + i;
            make(name, random.split(), each -> new SimOrchestrator(this, name, each));
        }
        for (int i = 0; i < 2; i++) {
            int ordinal = i;
            make("gateway-" + i, random.split(), each -> new SimGateway(this, ordinal, each));
        }
        for (int i = 0; i < 2; i++) {
            String name = "dispatcher-" + i;
            make(name, random.split(), each -> new SimDispatcher(this, name, each));
        }
        make("recorder-0", random.split(), each -> new SimRecorder(this, "recorder-0", each));
    }

    private void make(
            String name, SplittableRandom random, Function<SplittableRandom, SimProcess> maker) {
        makers.put(name, () -> maker.apply(random.split()));
    }

    /// @throws AssertionError when something is wrong at the end
    void run() {
        makers.keySet().forEach(name -> restart(name, 0));
        faults.schedule();
        application.schedule();
        watch();
        time.runUntil(CALM_MS);
        judge.whenCalm();
        application.endAll();
        time.after(PARTING_MS, phones::hangUpAll);
        time.runUntil(OVER_MS);
        for (int more = 0; more < MOST_MORE && !receivers.haveAll(); more++) {
            time.runUntil(time.nowMs() + MORE_MS);
        }
        judge.atTheEnd();
    }

    private void watch() {
        orchestrators.watch();
        dispatchers.watch();
        judge.look();
        time.after(WATCH_MS, this::watch);
    }

    /// How often processes look at what does not come to them by itself: often while there is
    /// trouble.
    long lookMs() {
        return time.nowMs() < QUIET_MS ? 100 : 500;
    }

    /// A new process in a place; nothing happens when there is one.
    void restart(String name, long afterMs) {
        time.after(
                afterMs,
                () -> {
                    SimProcess before = processes.get(name);
                    if (before == null || !before.isAlive()) {
                        SimProcess process = Objects.requireNonNull(makers.get(name), name).get();
                        processes.put(name, process);
                        start(process);
                    }
                });
    }

    private static void start(SimProcess process) {
        switch (process) {
            case SimOrchestrator orchestrator -> process.run(orchestrator::start);
            case SimWorker worker -> process.run(worker::start);
            case SimGateway gateway -> process.run(gateway::start);
            case SimDispatcher dispatcher -> process.run(dispatcher::start);
            case SimRecorder recorder -> process.run(recorder::start);
            default -> throw new AssertionError(process.name);
        }
    }

    /// Whether there is a process of this name now and then.
    boolean isPlace(String name) {
        return makers.containsKey(name);
    }

    /// Who is there now; null: nobody alive.
    @Nullable SimProcess process(String name) {
        SimProcess process = processes.get(name);
        return process != null && process.isAlive() ? process : null;
    }

    List<SimWorker> workers() {
        return processes.values().stream()
                .filter(process -> process.isAlive() && process instanceof SimWorker)
                .map(SimWorker.class::cast)
                .toList();
    }

    /// Who has this address now; null: nobody.
    @Nullable SimWorker workerAt(String host) {
        return workers().stream()
                .filter(worker -> worker.host.equals(host))
                .findFirst()
                .orElse(null);
    }

    /// Fences off whoever had this transactional id before.
    int newProducer(String transactionalId) {
        return producers.merge(transactionalId, 1, Integer::sum);
    }

    int producer(String transactionalId) {
        return producers.getOrDefault(transactionalId, 0);
    }

    void trace(String who, Supplier<String> what) {
        if (tracing) {
            trace.add(String.format("%9.3f %-14s %s", time.nowMs() / 1_000.0, who, what.get()));
        }
    }

    List<String> trace() {
        return trace;
    }

    boolean isTracing() {
        return tracing;
    }
}
