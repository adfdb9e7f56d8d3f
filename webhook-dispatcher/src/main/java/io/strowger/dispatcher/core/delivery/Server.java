package io.strowger.dispatcher.core.delivery;

import java.util.ArrayDeque;

/// One receiving server, `host:port`: its share of the attempts under way. Slow or dead, it fills
/// its own share and nobody else's.
final class Server {
    private static final int FAILING = 5;
    final String name;
    final ArrayDeque<Lane> ready = new ArrayDeque<>();
    int inFlight;
    int loaded;
    int lanes;
    private int failuresInARow;

    Server(String name) {
        this.name = name;
    }

    void succeeded() {
        failuresInARow = 0;
    }

    void failed() {
        failuresInARow++;
    }

    /// While it fails, one attempt at a time finds out whether it is back.
    int limit(Limits limits) {
        return failuresInARow >= FAILING ? 1 : limits.perServer();
    }
}
