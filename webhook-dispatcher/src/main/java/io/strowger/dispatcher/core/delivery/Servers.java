package io.strowger.dispatcher.core.delivery;

import java.time.Duration;
import java.time.Instant;
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
    private final Duration patience;
    private final Map<String, Server> byName = new HashMap<>();
    private final Set<Server> starved = new LinkedHashSet<>();
    private final Set<Server> failing = new LinkedHashSet<>();
    private int inFlight;

    /// @param patience how long an event may wait for a server that does not come back
    Servers(Limits limits, Duration patience) {
        this.limits = limits;
        this.patience = patience;
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
            failing.remove(server);
        }
    }

    void answered(Server server, Answer answer, Instant now) {
        server.circuit.answered(answer, now);
        if (server.circuit.isClosed()) {
            failing.remove(server);
        } else {
            failing.add(server);
        }
    }

    /// Servers that get no more than one attempt now and then.
    int failing() {
        return failing.size();
    }

    /// Whether an event has waited so long for a server that still fails that no attempt is worth
    /// it. Else a server dead for days would be done with its events one probe at a time.
    boolean isHopeless(Lane lane, Instant now) {
        Delivery head = lane.queue.peekFirst();
        return head != null
                && !lane.server.circuit.isClosed()
                && !now.isBefore(head.since.plus(patience));
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
    List<Lane> takeStartable(Server first, Instant now) {
        List<Lane> taken = new ArrayList<>();
        take(first, taken, now);
        if (!starved.isEmpty()) {
            for (Server server : List.copyOf(starved)) {
                if (inFlight >= limits.inTotal()) {
                    break;
                }
                take(server, taken, now);
            }
        }
        return taken;
    }

    /// The same of all servers whose pause is over.
    List<Lane> takeProbes(Instant now) {
        List<Lane> taken = new ArrayList<>();
        for (Server server : List.copyOf(failing)) {
            take(server, taken, now);
        }
        return taken;
    }

    private void take(Server server, List<Lane> taken, Instant now) {
        starved.remove(server);
        while (!server.ready.isEmpty() && mayStart(server, now)) {
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

    private boolean mayStart(Server server, Instant now) {
        return server.inFlight < server.circuit.allowed(limits.perServer(), now)
                || server.inFlight < limits.perServer() && isHopeless(server.ready.getFirst(), now);
    }
}
