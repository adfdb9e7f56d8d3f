package io.strowger.worker.shell.rtp;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Finds ports for legs. Goes round the range, so that a port is not used again at once: late
/// packets of the leg before would be heard in the next. Safe for use by many threads.
final class PortPool {
    private static final int TRIES_OF_ANY = 200;
    private final String host;
    private final int min;
    private final int pairs;
    private final AtomicInteger next = new AtomicInteger();

    /// @param min even, the first RTP port; 0: any
    /// @param max the last port
    PortPool(String host, int min, int max) {
        this.host = host;
        this.min = min;
        this.pairs = (max - min + 1) / 2;
    }

    /// @return null when no port is free
    @Nullable LegSockets take() throws IOException {
        int tries = min == 0 ? TRIES_OF_ANY : pairs;
        for (int i = 0; i < tries; i++) {
            int port = min == 0 ? 0 : min + 2 * Math.floorMod(next.getAndIncrement(), pairs);
            LegSockets sockets = LegSockets.bind(host, port);
            if (sockets != null) {
                return sockets;
            }
        }
        return null;
    }
}
