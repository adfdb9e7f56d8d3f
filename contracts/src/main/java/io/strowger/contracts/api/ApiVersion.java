package io.strowger.contracts.api;

import java.util.Arrays;
import java.util.Optional;

/// The `api-version` values that are served. Order is by date, so `isAtLeast` is a comparison.
public enum ApiVersion {
    V2021_06_15_PREVIEW("2021-06-15-preview"),
    V2021_08_30_PREVIEW("2021-08-30-preview"),
    V2023_03_06("2023-03-06"),
    V2023_10_15("2023-10-15"),
    V2024_04_15("2024-04-15"),
    V2024_09_15("2024-09-15"),
    V2025_05_15("2025-05-15"),
    V2025_06_15("2025-06-15"),
    V2026_03_12("2026-03-12");

    private final String wire;

    ApiVersion(String wire) {
        this.wire = wire;
    }

    /// What is spoken where nobody has chosen.
    public static ApiVersion newest() {
        return V2026_03_12;
    }

    /// As it stands in the query of a request.
    public String wire() {
        return wire;
    }

    /// The 2021 preview, with its own paths, bodies and events.
    public boolean isPreview2021() {
        return compareTo(V2021_08_30_PREVIEW) <= 0;
    }

    public boolean isAtLeast(ApiVersion other) {
        return compareTo(other) >= 0;
    }

    public static Optional<ApiVersion> parse(String wire) {
        return Arrays.stream(values()).filter(version -> version.wire.equals(wire)).findFirst();
    }
}
