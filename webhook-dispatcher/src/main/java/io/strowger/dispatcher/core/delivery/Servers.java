package io.strowger.dispatcher.core.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who may start an attempt: each server up to its limit, and up to a quarter of what is free in
/// total, so that a few slow servers can never take everything.
final class Servers {
    private static final int SHARE = 4;
    private final Limits limits;
    private final Map<String, Server> byName = new HashMap<>();
    private final Set<Server> starved = new LinkedHashSet<>();
    private int inFlight;

    Servers(Limits limits) {
        this.limits = limits;
    }

    Server join(LaneKey key) {
        Server server = byName.computeIfAbsent(key.server(), Server::new);
        server.lanes++;
        return server;
    }

    void leave(Server server) {
        server.lanes--;
        if (server.lanes == 0) {
            byName.remove(server.name);
            starved.remove(server);
        }
    }

    int inFlight() {
        return inFlight;
    }

    void ready(Lane lane) {
        lane.state = Lane.State.READY;
        lane.server.ready.add(lane);
    }

    void release(Server server) {
        server.inFlight--;
        inFlight--;
    }

    /// Lanes that may start now; they hold a place each until [#release].
    List<Lane> takeStartable(Server first) {
        List<Lane> taken = new ArrayList<>();
        take(first, taken);
        if (!starved.isEmpty()) {
            for (Server server : List.copyOf(starved)) {
                if (inFlight >= limits.inTotal()) {
                    break;
                }
                take(server, taken);
            }
        }
        return taken;
    }

    private void take(Server server, List<Lane> taken) {
        starved.remove(server);
        while (!server.ready.isEmpty() && server.inFlight < server.limit(limits)) {
            int free = limits.inTotal() - inFlight;
            if (free <= 0 || server.inFlight >= Math.max(1, free / SHARE)) {
                starved.add(server);
                return;
            }
            Lane lane = server.ready.remove();
            if (lane.state == Lane.State.READY) {
                lane.state = Lane.State.BUSY;
                server.inFlight++;
                inFlight++;
                taken.add(lane);
            }
        }
    }
}
