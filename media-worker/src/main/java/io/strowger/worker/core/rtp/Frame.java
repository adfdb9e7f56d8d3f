package io.strowger.worker.core.rtp;

import java.time.Duration;

/// The unit of everything: 20 ms of 8 kHz mono.
public final class Frame {
    public static final int SAMPLES = 160;
    public static final long NS = Duration.ofMillis(20).toNanos();
    public static final int SAMPLES_PER_MS = 8;

    private Frame() {}
}
