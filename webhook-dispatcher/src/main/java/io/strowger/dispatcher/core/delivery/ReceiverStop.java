package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.ServerCallId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The value of `callback.stops`: a receiver that said it wants no more, 410 Gone.
///
/// @param call whose events it does not want; null: those of no call, for it is an application's
///   subscription
/// @param connection of that call; null: who is not in it, or a subscription
/// @param until when it is asked again
public record ReceiverStop(
        URI uri,
        @Nullable ServerCallId call,
        @Nullable CallConnectionId connection,
        String reason,
        Instant at,
        Instant until) {
    /// The same whoever says it: the record's key, and what an operator names it by.
    public UUID id() {
        return id(uri, call, connection);
    }

    static UUID id(URI uri, @Nullable ServerCallId call, @Nullable CallConnectionId connection) {
        String text = uri + " " + call + " " + connection;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static ReceiverStop of(LaneKey lane, String reason, Instant at, Instant until) {
        return new ReceiverStop(lane.uri(), lane.call(), lane.connection(), reason, at, until);
    }

    static ReceiverStop ofSubscription(URI uri, String reason, Instant at, Instant until) {
        return new ReceiverStop(uri, null, null, reason, at, until);
    }
}
