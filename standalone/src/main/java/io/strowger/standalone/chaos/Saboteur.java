package io.strowger.standalone.chaos;

import io.strowger.kafka.KafkaCluster;
import io.strowger.standalone.platform.Services;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Breaks one thing, and puts it right afterwards. For one thread.
final class Saboteur {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Duration AWAY = Duration.ofSeconds(12);
    private static final Duration FROZEN = Duration.ofSeconds(8);
    private final Fleet fleet;
    private final KafkaCluster cluster;
    private final Random random;
    private int worker;

    Saboteur(Fleet fleet, KafkaCluster cluster, Random random) {
        this.fleet = fleet;
        this.cluster = cluster;
        this.random = random;
    }

    /// Starts what the fault needs; calls are up by then.
    void prepare(Fault fault) throws IOException, InterruptedException {
        if (fault.movesCalls()) {
            ServiceProcess other = fleet.member(Services.MEDIA_WORKER, 1 - worker);
            other.launch();
            other.awaitStarted();
        }
    }

    void strike(Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case KILL_WORKER -> worker().kill();
            case DRAIN_WORKER -> worker().terminate();
            case FREEZE_WORKER -> freeze(worker());
            case KILL_ORCHESTRATOR ->
                    killed(fleet.member(Services.CALL_ORCHESTRATOR, random.nextInt(2)));
            case KILL_GATEWAY -> killed(fleet.member(Services.GATEWAY, 0));
            case KILL_DISPATCHER -> killed(fleet.member(Services.WEBHOOK_DISPATCHER, 0));
            case KILL_RECORDER -> killed(fleet.member(Services.RECORDING_SERVICE, 0));
            case KILL_BROKER -> cluster.kill(1 + random.nextInt(KafkaCluster.NODES));
            case BROKERS_AWAY -> {
                for (int node = 1; node <= KafkaCluster.NODES; node++) {
                    cluster.kill(node);
                }
                TimeUnit.MILLISECONDS.sleep(AWAY.toMillis());
                startBrokers();
            }
        }
    }

    private ServiceProcess worker() throws IOException {
        return fleet.member(Services.MEDIA_WORKER, worker);
    }

    private static void freeze(ServiceProcess process) throws IOException, InterruptedException {
        process.freeze();
        TimeUnit.MILLISECONDS.sleep(FROZEN.toMillis());
        process.thaw();
    }

    private static void killed(ServiceProcess process) throws IOException, InterruptedException {
        process.kill();
        process.launch();
    }

    /// The calls are over by then.
    void mend(Fault fault) throws IOException, InterruptedException {
        if (fault == Fault.KILL_BROKER) {
            startBrokers();
        }
        if (fault == Fault.FREEZE_WORKER) {
            worker().kill();
        }
        if (fault.movesCalls()) {
            worker().awaitEnded(LONG);
            worker = 1 - worker;
        }
        fleet.awaitStarted();
    }

    private void startBrokers() throws IOException, InterruptedException {
        for (int node = 1; node <= KafkaCluster.NODES; node++) {
            if (!cluster.isRunning(node)) {
                cluster.start(node);
            }
        }
        cluster.awaitNodes(KafkaCluster.NODES, LONG);
    }
}
