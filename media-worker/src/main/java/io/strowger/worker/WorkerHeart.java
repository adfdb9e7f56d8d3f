package io.strowger.worker;

import io.strowger.contracts.id.WorkerId;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.worker.core.lease.Lease;
import io.strowger.worker.shell.call.CallHost;
import io.strowger.worker.shell.kafka.Heartbeats;
import io.strowger.worker.shell.kafka.WorkerEpoch;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// What this worker says of itself, and what it does when its lease changes.
final class WorkerHeart implements Heartbeats.Subject {
    private final ServiceContext context;
    private final WorkerId worker;
    private final WorkerEpoch epoch;
    private final String sipAddress;
    private final CallHost host;
    private volatile boolean draining;

    WorkerHeart(
            ServiceContext context,
            WorkerId worker,
            WorkerEpoch epoch,
            String sipAddress,
            CallHost host) {
        this.context = context;
        this.worker = worker;
        this.epoch = epoch;
        this.sipAddress = sipAddress;
        this.host = host;
    }

    void drain() {
        draining = true;
        host.setOpen(false);
    }

    @Override
    public WorkerId worker() {
        return worker;
    }

    @Override
    public WorkerEpoch epoch() {
        return epoch;
    }

    @Override
    public String sipAddress() {
        return sipAddress;
    }

    @Override
    public int maxCalls() {
        return context.settings().media().maxCalls();
    }

    @Override
    public int calls() {
        return host.callCount();
    }

    @Override
    public boolean draining() {
        return draining;
    }

    @Override
    public void entitled(Lease.Right right) {
        host.entitled(right, draining);
        if (right == Lease.Right.NONE) {
            epoch.next(context.clock().millis());
        }
    }

    @Override
    public InstantSource clock() {
        return context.clock();
    }

    @Override
    public LongSupplier steadyNs() {
        return System::nanoTime;
    }
}
