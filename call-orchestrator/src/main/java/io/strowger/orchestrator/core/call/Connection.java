package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand.CreateCall;
import io.strowger.contracts.call.CallProperties;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.id.CallConnectionId;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// An application's presence in a call.
///
/// @param version the dialect it is told events in
/// @param request what made it
/// @param present whether it is still in the call
/// @param rosterSequence last sequence number of ParticipantsUpdated
/// @param eventCount events told so far, to any receiver
/// @param sequences last sequence number for each receiver
public record Connection(
        CallConnectionId id,
        ApiVersion version,
        CreateCall request,
        boolean present,
        int rosterSequence,
        long eventCount,
        Map<String, Long> sequences) {
    public Connection {
        sequences = Map.copyOf(sequences);
    }

    static Connection of(CreateCall request, ApiVersion version) {
        return new Connection(request.connection(), version, request, true, 0, 0, Map.of());
    }

    Connection left() {
        return new Connection(id, version, request, false, rosterSequence, eventCount, sequences);
    }

    Connection rosterTold() {
        return new Connection(
                id, version, request, present, rosterSequence + 1, eventCount, sequences);
    }

    Connection told(URI receiver, long sequence) {
        Map<String, Long> next = new HashMap<>(sequences);
        next.put(receiver.toString(), sequence);
        return new Connection(id, version, request, present, rosterSequence, eventCount + 1, next);
    }

    long nextSequence(URI receiver) {
        return sequences.getOrDefault(receiver.toString(), 0L) + 1;
    }

    boolean asksFor(RequestedEvent event) {
        return request.requestedEvents().contains(event);
    }

    /// An id that is the same whenever this decision is taken again.
    UUID nextEventId() {
        long count = eventCount + 1;
        return new UUID(
                id.value().getMostSignificantBits() ^ count * 0x9E37_79B9_7F4A_7C15L,
                id.value().getLeastSignificantBits()
                        ^ Long.rotateLeft(count * 0xC2B2_AE3D_27D4_EB4FL, 17));
    }

    CallProperties properties(ConnectionState state) {
        return new CallProperties(
                id,
                state,
                request.targets(),
                request.source(),
                request.callerId(),
                request.sourceDisplayName(),
                request.callbackUri(),
                request.correlationId());
    }
}
