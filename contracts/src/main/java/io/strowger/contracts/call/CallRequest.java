package io.strowger.contracts.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.id.CommandId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The value of `call.commands`: a command with what its answer depends on.
///
/// @param commandId the same for every retry of one request
/// @param fingerprint of method, path and body of a repeatable request: the same command id with
///   another one is refused; null when not repeatable
/// @param receivedAt when the gateway read the request
/// @param application who asks, by the id of the access key that signed: whose calls are counted;
///   null: another call asks
public record CallRequest(
        CommandId commandId,
        @Nullable String fingerprint,
        ApiVersion apiVersion,
        Instant receivedAt,
        CallCommand command,
        @Nullable String application) {
    /// What no application asks.
    public CallRequest(
            CommandId commandId,
            @Nullable String fingerprint,
            ApiVersion apiVersion,
            Instant receivedAt,
            CallCommand command) {
        this(commandId, fingerprint, apiVersion, receivedAt, command, null);
    }
}
