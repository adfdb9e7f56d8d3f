package io.strowger.gateway.shell.http.api;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.CallIds;
import io.strowger.gateway.core.repeat.Repeatability;
import io.strowger.gateway.shell.http.json.Refusal;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// An authenticated request to an operation.
///
/// @param parameters of the path, decoded
/// @param ids tells genuine ids from guessed ones
/// @param randomId a new random GUID at each call
public record ApiRequest(
        ApiVersion version,
        List<String> parameters,
        byte[] body,
        Repeatability repeatability,
        CallIds ids,
        Supplier<UUID> randomId) {
    /// The connection that the path names first.
    ///
    /// @throws Refusal 404 when it has not the form of an id, or was not made here
    public CallConnectionId connection() throws Refusal {
        try {
            CallConnectionId connection = CallConnectionId.parse(parameters.getFirst());
            if (ids.isGenuine(connection.call())) {
                return connection;
            }
        } catch (IllegalArgumentException malformed) {
            throw unknownCall();
        }
        throw unknownCall();
    }

    private static Refusal unknownCall() {
        return new Refusal(CallError.CALL_NOT_FOUND, "There is no call connection of that id.");
    }
}
