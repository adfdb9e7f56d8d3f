package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallProperties;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.stream.StreamOptions;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An application's presence in a call; or, for who only asks from outside, the account of what it
/// was told.
///
/// @param version the dialect it is told events in
/// @param present whether it is in the call
/// @param rosterSequence last sequence number of ParticipantsUpdated
/// @param eventCount events told so far, to any receiver
/// @param sequences last sequence number for each receiver
/// @param streaming null: it asked for none when it came into the call
public record Connection(
        CallConnectionId id,
        ApiVersion version,
        Profile profile,
        boolean present,
        int rosterSequence,
        long eventCount,
        Map<String, Long> sequences,
        @Nullable Streaming streaming) {
    public Connection {
        sequences = Map.copyOf(sequences);
    }

    static Connection of(CallConnectionId id, ApiVersion version, Profile profile) {
        return of(id, version, profile, null);
    }

    static Connection of(
            CallConnectionId id,
            ApiVersion version,
            Profile profile,
            @Nullable StreamOptions streaming) {
        boolean present = profile.origin() != Profile.Origin.OUTSIDE;
        return new Connection(
                id, version, profile, present, 0, 0, Map.of(), Streaming.of(streaming));
    }

    Connection left() {
        return new Connection(
                id, version, profile, false, rosterSequence, eventCount, sequences, streaming);
    }

    Connection rosterTold() {
        return new Connection(
                id,
                version,
                profile,
                present,
                rosterSequence + 1,
                eventCount,
                sequences,
                streaming);
    }

    Connection told(URI receiver, long sequence) {
        Map<String, Long> next = new HashMap<>(sequences);
        next.put(receiver.toString(), sequence);
        return new Connection(
                id, version, profile, present, rosterSequence, eventCount + 1, next, streaming);
    }

    Connection streams(Streaming next) {
        return new Connection(
                id, version, profile, present, rosterSequence, eventCount, sequences, next);
    }

    long nextSequence(URI receiver) {
        return sequences.getOrDefault(receiver.toString(), 0L) + 1;
    }

    boolean isOutside() {
        return profile.origin() == Profile.Origin.OUTSIDE;
    }

    boolean asksFor(RequestedEvent event) {
        return profile.requestedEvents().contains(event);
    }

    /// An id that is the same whenever this decision is taken again.
    UUID nextEventId() {
        long count = eventCount + 1;
        return new UUID(
                id.value().getMostSignificantBits() ^ count * 0x9E37_79B9_7F4A_7C15L,
                id.value().getLeastSignificantBits()
                        ^ Long.rotateLeft(count * 0xC2B2_AE3D_27D4_EB4FL, 17));
    }

    /// Of a connection that is, or was, in the call.
    CallProperties properties(ConnectionState state, UUID correlationId) {
        return new CallProperties(
                id,
                state,
                profile.targets(),
                profile.source(),
                profile.callerId(),
                profile.displayName(),
                Objects.requireNonNull(profile.callbackUri()),
                correlationId,
                profile.answeredBy(),
                profile.answeredFor(),
                streaming == null ? null : streaming.subscription(id));
    }
}
