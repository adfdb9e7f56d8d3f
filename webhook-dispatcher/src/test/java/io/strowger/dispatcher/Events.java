package io.strowger.dispatcher;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.ServerCallId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// Events for tests; the same seed gives the same event.
public final class Events {
    private static final CallIds IDS = new CallIds(new byte[16]);

    private Events() {}

    public static ServerCallId call(String seed) {
        return IDS.callFor(seed);
    }

    /// Event number `sequence` of the first connection of a call.
    public static EventRecord event(String call, URI receiver, long sequence) {
        return event(call, receiver, sequence, Instant.parse("2026-09-15T11:36:07.993757400Z"));
    }

    public static EventRecord event(String call, URI receiver, long sequence, Instant time) {
        String name = call + "/" + receiver + "/" + sequence;
        return new EventRecord(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                call(call),
                call(call).connection(1),
                UUID.nameUUIDFromBytes(call.getBytes(StandardCharsets.UTF_8)),
                ApiVersion.V2025_06_15,
                receiver,
                sequence,
                time,
                null,
                ResultInformation.of(200, 0, ""),
                new SubscriberEvent.PlayCompleted());
    }
}
