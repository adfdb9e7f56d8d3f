package io.strowger.contracts.event;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.ServerCallId;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The value of `call.events`: one event as told to one connection, or to who asked from outside.
///
/// @param eventId the same on every delivery of this event
/// @param connection null: told to somebody who is not in the call
/// @param apiVersion of the request that made the connection: the dialect of the event
/// @param callbackUri the receiver
/// @param sequence from 1, gap-free for this connection and receiver
/// @param time when it was decided
/// @param operationContext of the operation or call it belongs to
public record EventRecord(
        UUID eventId,
        ServerCallId call,
        @Nullable CallConnectionId connection,
        UUID correlationId,
        ApiVersion apiVersion,
        URI callbackUri,
        long sequence,
        Instant time,
        @Nullable String operationContext,
        @Nullable ResultInformation result,
        SubscriberEvent event) {}
