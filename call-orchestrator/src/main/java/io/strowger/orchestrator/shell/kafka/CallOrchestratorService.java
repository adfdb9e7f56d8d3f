package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.IncomingCallContexts;
import io.strowger.orchestrator.core.call.Limits;
import io.strowger.orchestrator.core.call.Moment.House;
import io.strowger.runtime.kafka.GroupLag;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.InstanceOrdinal;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;
import java.util.Optional;

/// The call-orchestrator: one thread that decides, one that watches the workers; one that reads how
/// many calls the other orchestrators have, while that is limited.
public final class CallOrchestratorService implements Service {
    private static final Duration STOP = Duration.ofSeconds(5);
    private final CrashOnlyLoop registryLoop;
    private final Optional<CrashOnlyLoop> countsLoop;
    private final CrashOnlyLoop standbyLoop;
    private final CrashOnlyLoop coordinatorLoop;
    private final GroupLag lag;

    public CallOrchestratorService(ServiceContext context) {
        Settings settings = context.settings();
        Settings.Calls calls = settings.calls();
        Limits limits =
                new Limits(
                        calls.ringTimeout(),
                        calls.incomingRingTimeout(),
                        calls.maxDuration(),
                        calls.maxConcurrent(),
                        calls.endedRetention(),
                        calls.repeatabilityRetention(),
                        settings.recordings().retention());
        WorkerRegistry workers =
                new WorkerRegistry(
                        context.kafka(),
                        settings.orchestrator().workerLostAfter(),
                        context.random(),
                        context.telemetry());
        House house =
                new House(
                        limits,
                        DirectorySettings.directory(settings),
                        new IncomingCallContexts(context.secrets().idKey())::seal,
                        new CallIds(context.secrets().idKey())::callFor);
        int ordinal = InstanceOrdinal.of(settings.orchestrator().ordinal(), System.getenv());
        Membership member =
                new Membership(
                        "call-orchestrator-" + ordinal, settings.orchestrator().sessionTimeout());
        CallCounts counts = new CallCounts(context.kafka(), context.telemetry());
        Standby standby = new Standby(context.kafka(), settings.kafka().partitions());
        standbyLoop = new CrashOnlyLoop("standby", context.health(), standby);
        CoordinatorLoop loop =
                new CoordinatorLoop(
                        context.kafka(),
                        member,
                        house,
                        workers,
                        counts,
                        standby,
                        context.clock(),
                        context.telemetry());
        registryLoop = new CrashOnlyLoop("worker-registry", context.health(), workers);
        countsLoop =
                calls.maxConcurrent() > 0
                        ? Optional.of(new CrashOnlyLoop("call-counts", context.health(), counts))
                        : Optional.empty();
        coordinatorLoop = new CrashOnlyLoop("coordinator", context.health(), loop);
        context.telemetry().gauge(Telemetry.CALLS_ACTIVE, loop::liveCalls);
        context.telemetry().gauge(Telemetry.STANDBY_CALLS, standby::liveCalls);
        lag = new GroupLag(context.kafka(), name(), CoordinatorLoop.INPUTS, context.telemetry());
    }

    @Override
    public String name() {
        return "call-orchestrator";
    }

    @Override
    public void start() {
        registryLoop.start();
        countsLoop.ifPresent(CrashOnlyLoop::start);
        standbyLoop.start();
        coordinatorLoop.start();
        lag.start();
    }

    @Override
    public void stop() throws InterruptedException {
        lag.close();
        coordinatorLoop.stop(STOP);
        standbyLoop.stop(STOP);
        if (countsLoop.isPresent()) {
            countsLoop.get().stop(STOP);
        }
        registryLoop.stop(STOP);
    }
}
