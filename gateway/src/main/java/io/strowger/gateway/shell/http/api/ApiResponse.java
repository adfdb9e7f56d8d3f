package io.strowger.gateway.shell.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A success.
///
/// @param status exactly the one of the contract: SDKs take every other for a failure
/// @param body null: none
/// @param correlationId of the call, where the answer tells it
public record ApiResponse(int status, @Nullable JsonNode body, @Nullable UUID correlationId) {
    static ApiResponse empty(int status) {
        return new ApiResponse(status, null, null);
    }

    static ApiResponse of(int status, JsonNode body) {
        return new ApiResponse(status, body, null);
    }
}
