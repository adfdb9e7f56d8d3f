package io.strowger.recording.shell.kafka;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What other threads leave for the one that reads the log to do.
final class Inbox {
    private final Queue<Runnable> steps = new ConcurrentLinkedQueue<>();

    /// Any thread.
    void add(Runnable step) {
        steps.add(step);
    }

    /// The reading thread: does what is there now. What a step adds waits for the next time.
    void work() {
        for (int left = steps.size(); left > 0; left--) {
            Runnable step = steps.poll();
            if (step != null) {
                step.run();
            }
        }
    }
}
