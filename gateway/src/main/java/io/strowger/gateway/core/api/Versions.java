package io.strowger.gateway.core.api;

import io.strowger.contracts.api.ApiVersion;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the `api-version` that a request asks for.
public final class Versions {
    private static final String NAME = "api-version=";
    private static final String SERVED =
            Arrays.stream(ApiVersion.values())
                    .map(ApiVersion::wire)
                    .collect(Collectors.joining(", "));

    private Versions() {}

    /// @param query as it stands in the request line, without its question mark
    public static ApiVersion of(@Nullable String query) throws Refusal {
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            if (pair.startsWith(NAME)) {
                String wanted = pair.substring(NAME.length());
                return ApiVersion.parse(wanted)
                        .orElseThrow(() ->
                                Refusal.invalid(
                                        "The api-version is not supported. Supported: "
                                                + SERVED
                                                + "."));
            }
        }
        throw Refusal.invalid("The query needs an api-version. Supported: " + SERVED + ".");
    }
}
