package io.strowger.contracts.event;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The value of `call.records`: the one call detail record of a call, written when it ends.
///
/// @param answeredAt when the first leg answered; null: never
/// @param termination who ended it
public record CallRecord(
        ServerCallId call,
        UUID correlationId,
        Direction direction,
        Instant startedAt,
        @Nullable Instant answeredAt,
        Instant endedAt,
        @Nullable Identifier source,
        List<LegSummary> legs,
        Termination termination,
        ResultInformation result) {
    public CallRecord {
        legs = List.copyOf(legs);
    }

    /// Which way the call was set up.
    public enum Direction {
        OUTBOUND,
        INBOUND,
        PEER_TO_PEER
    }

    /// Whose act ended the call.
    public enum Termination {
        APPLICATION,
        PARTICIPANT,
        CARRIER,
        PLATFORM
    }

    /// One leg of the call.
    ///
    /// @param sipStatus as in `LegEnd`
    public record LegSummary(
            LegId leg,
            Identifier participant,
            Instant startedAt,
            @Nullable Instant answeredAt,
            Instant endedAt,
            int sipStatus,
            String reason) {}
}
