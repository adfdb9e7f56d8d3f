package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallProperties;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.stream.StreamOptions;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.TranscriptionOptions;
import io.strowger.contracts.stream.TranscriptionSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
/// @param transcription null: likewise
public record Connection(
        CallConnectionId id,
        ApiVersion version,
        Profile profile,
        boolean present,
        int rosterSequence,
        long eventCount,
        Map<String, Long> sequences,
        @Nullable Streaming<StreamSpec> streaming,
        @Nullable Streaming<TranscriptionSpec> transcription) {
    public Connection {
        sequences = Map.copyOf(sequences);
    }

    static Connection of(CallConnectionId id, ApiVersion version, Profile profile) {
        return of(id, version, profile, null, null);
    }

    static Connection of(
            CallConnectionId id,
            ApiVersion version,
            Profile profile,
            @Nullable StreamOptions streaming,
            @Nullable TranscriptionOptions transcription) {
        boolean present = profile.origin() != Profile.Origin.OUTSIDE;
        return new Connection(
                id,
                version,
                profile,
                present,
                0,
                0,
                Map.of(),
                Streaming.of(streaming),
                Streaming.of(transcription));
    }

    Connection left() {
        return new Connection(
                id,
                version,
                profile,
                false,
                rosterSequence,
                eventCount,
                sequences,
                streaming,
                transcription);
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
                streaming,
                transcription);
    }

    Connection told(URI receiver, long sequence) {
        Map<String, Long> next = new HashMap<>(sequences);
        next.put(receiver.toString(), sequence);
        return new Connection(
                id,
                version,
                profile,
                present,
                rosterSequence,
                eventCount + 1,
                next,
                streaming,
                transcription);
    }

    Connection streams(Streaming<?> next) {
        return switch (next.spec()) {
            case StreamSpec spec -> with(next.withSpec(spec), transcription);
            case TranscriptionSpec spec -> with(streaming, next.withSpec(spec));
        };
    }

    private Connection with(
            @Nullable Streaming<StreamSpec> audio, @Nullable Streaming<TranscriptionSpec> words) {
        return new Connection(
                id, version, profile, present, rosterSequence, eventCount, sequences, audio, words);
    }

    /// All that it asked for when it came into the call: none, audio, words.
    List<Streaming<?>> streams() {
        List<Streaming<?>> all = new ArrayList<>(2);
        if (streaming != null) {
            all.add(streaming);
        }
        if (transcription != null) {
            all.add(transcription);
        }
        return all;
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
                streaming == null ? null : Streaming.audio(streaming, id),
                transcription == null ? null : Streaming.words(transcription, id));
    }
}
