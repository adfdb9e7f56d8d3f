package io.strowger.simulation;

/// A process: what it does later is dropped once it was killed, and waits while it is held up. All
/// it runs goes through [#run].
abstract class SimProcess {
    private static final long SUSPECT_MS = 2_500;
    final World world;
    final String name;
    private boolean alive = true;
    private boolean atWork;
    private long heldUpUntilMs = -SUSPECT_MS;
    private long cutOffUntilMs = -SUSPECT_MS;

    /// The process is gone, as by `kill -9`.
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed(String name) {
            super(name);
        }
    }

    SimProcess(World world, String name) {
        this.world = world;
        this.name = name;
    }

    final boolean isAlive() {
        return alive;
    }

    /// Whether it runs, as opposed to stopped by a debugger or a collector.
    final boolean isRunning() {
        return alive && world.time.nowMs() >= heldUpUntilMs;
    }

    /// Whether Kafka can be reached.
    final boolean hasKafka() {
        return world.time.nowMs() >= cutOffUntilMs && world.kafka.isUp();
    }

    /// Whether it was held up or cut off lately: others may take it for dead.
    final boolean isSuspect() {
        return world.time.nowMs() - Math.max(heldUpUntilMs, cutOffUntilMs) < SUSPECT_MS;
    }

    final void kill() {
        if (alive) {
            alive = false;
            world.trace(name, () -> "is killed");
            died();
        }
    }

    /// It ends by itself.
    final void exit() {
        alive = false;
        died();
    }

    final void holdUp(long ms) {
        world.trace(name, () -> "is held up for " + ms + " ms");
        heldUpUntilMs = Math.max(heldUpUntilMs, world.time.nowMs() + ms);
    }

    final void cutOff(long ms) {
        world.trace(name, () -> "is cut off from Kafka for " + ms + " ms");
        cutOffUntilMs = Math.max(cutOffUntilMs, world.time.nowMs() + ms);
    }

    /// Does something of this process after a while.
    final void later(long delayMs, Runnable task) {
        world.time.after(delayMs, () -> run(task));
    }

    /// Does it now, or when it goes on: a process does one thing after the other.
    final void run(Runnable task) {
        if (!alive) {
            return;
        }
        if (atWork || !isRunning()) {
            world.time.at(Math.max(heldUpUntilMs, world.time.nowMs() + 1), () -> run(task));
            return;
        }
        atWork = true;
        try {
            task.run();
        } catch (Killed e) {
            kill();
        } finally {
            atWork = false;
        }
    }

    /// In the middle of a step: the others go on meanwhile.
    ///
    /// @throws Killed when it does not outlive that
    final void stall(long ms) {
        holdUp(ms);
        while (alive && world.time.nowMs() < heldUpUntilMs) {
            world.time.runUntil(heldUpUntilMs);
        }
        if (!alive) {
            throw new Killed(name);
        }
    }

    /// Waits in the middle of a step until Kafka can be reached.
    ///
    /// @param mostMs after which it gives up
    /// @return whether it can
    final boolean awaitKafka(long mostMs) {
        long untilMs = world.time.nowMs() + mostMs;
        while (!hasKafka() && world.time.nowMs() < untilMs) {
            long stepMs = Math.min(100, untilMs - world.time.nowMs());
            heldUpUntilMs = Math.max(heldUpUntilMs, world.time.nowMs() + stepMs);
            world.time.runUntil(world.time.nowMs() + stepMs);
            if (!alive) {
                throw new Killed(name);
            }
        }
        return hasKafka();
    }

    /// What others notice at once of its end.
    abstract void died();
}
