package io.strowger.simulation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Does to the system what the plan says.
final class Faults {
    private final World world;

    /// Waiting for their process to come to their step.
    private final List<Plan.Fault> armed = new ArrayList<>();

    Faults(World world) {
        this.world = world;
    }

    void schedule() {
        for (Plan.Fault fault : world.plan.faults()) {
            world.time.at(fault.at(), () -> happen(fault));
        }
        world.time.at(Plan.TROUBLE_MS + 1, armed::clear);
    }

    private void happen(Plan.Fault fault) {
        if (!fault.target().isEmpty() && !world.isPlace(fault.target())) {
            world.judge.wrong("there is no " + fault.target());
        }
        SimProcess process = world.process(fault.target());
        switch (fault.kind()) {
            case KAFKA_AWAY -> world.kafka.goDown(fault.lengthMs());
            case KILL_AT_STEP, HOLD_UP_AT_STEP -> armed.add(fault);
            case KILL -> kill(process, fault);
            case HOLD_UP -> {
                if (process != null) {
                    process.holdUp(fault.lengthMs());
                }
            }
            case CUT_OFF -> {
                if (process != null) {
                    process.cutOff(fault.lengthMs());
                }
            }
            case DRAIN -> {
                if (process instanceof SimWorker worker) {
                    worker.run(worker::drain);
                    world.restart(fault.target(), 15_000 + fault.lengthMs());
                }
            }
        }
    }

    private void kill(@Nullable SimProcess process, Plan.Fault fault) {
        if (process != null) {
            process.kill();
            world.restart(fault.target(), fault.lengthMs());
        }
    }

    /// A process comes to a step: it may be its last one, or take long.
    ///
    /// @throws SimProcess.Killed it is the last one
    void atStep(SimProcess process, String step) {
        for (Iterator<Plan.Fault> all = armed.iterator(); all.hasNext(); ) {
            Plan.Fault fault = all.next();
            if (fault.target().equals(process.name) && fault.step().equals(step)) {
                all.remove();
                world.trace(process.name, () -> "fails at " + step);
                if (fault.kind() == Plan.Fault.Kind.KILL_AT_STEP) {
                    process.kill();
                    world.restart(process.name, fault.lengthMs());
                    throw new SimProcess.Killed(process.name);
                }
                process.stall(fault.lengthMs());
                return;
            }
        }
    }
}
