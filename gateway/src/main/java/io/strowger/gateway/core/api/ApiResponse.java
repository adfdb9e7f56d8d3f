package io.strowger.gateway.core.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A response before it is written.
///
/// @param status 200..599
/// @param body members in order, values as JSON has them; null: none
public record ApiResponse(int status, @Nullable Map<String, Object> body) {
    public static ApiResponse empty(int status) {
        return new ApiResponse(status, null);
    }

    /// The error body of both API lines.
    public static ApiResponse error(int status, String code, String message) {
        return new ApiResponse(status, Map.of("error", Map.of("code", code, "message", message)));
    }
}
