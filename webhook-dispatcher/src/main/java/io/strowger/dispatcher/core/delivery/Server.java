package io.strowger.dispatcher.core.delivery;

import java.util.ArrayDeque;

/// One receiving server, `host:port`: its share of the attempts under way. Slow or dead, it fills
/// its own share and nobody else's.
final class Server {
    final String name;
    final Circuit circuit = new Circuit();
    final ArrayDeque<Lane> ready = new ArrayDeque<>();
    int inFlight;
    int loaded;
    int lanes;

    Server(String name) {
        this.name = name;
    }
}
