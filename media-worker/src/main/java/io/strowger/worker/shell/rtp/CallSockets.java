package io.strowger.worker.shell.rtp;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Which sockets are open for which leg. Safe for use by many threads.
final class CallSockets {
    private final Map<ServerCallId, Map<LegId, LegSockets>> open = new ConcurrentHashMap<>();

    void keep(ServerCallId call, LegId leg, LegSockets sockets) {
        open.compute(
                call,
                (_, legs) -> {
                    Map<LegId, LegSockets> next = legs == null ? new HashMap<>() : legs;
                    next.put(leg, sockets);
                    return next;
                });
    }

    /// @return those of the leg, to be closed; null: there are none
    @Nullable LegSockets forget(ServerCallId call, LegId leg) {
        AtomicReference<@Nullable LegSockets> found = new AtomicReference<>();
        open.computeIfPresent(
                call,
                (_, legs) -> {
                    found.set(legs.remove(leg));
                    return legs.isEmpty() ? null : legs;
                });
        return found.get();
    }

    /// @return those of all legs of the call, to be closed
    List<LegSockets> forget(ServerCallId call) {
        Map<LegId, LegSockets> legs = open.remove(call);
        return legs == null ? List.of() : List.copyOf(legs.values());
    }
}
