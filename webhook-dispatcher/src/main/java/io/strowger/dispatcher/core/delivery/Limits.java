package io.strowger.dispatcher.core.delivery;

import java.time.Duration;

/// Bounds of what is under way and in memory.
///
/// @param perServer attempts under way to one server
/// @param inTotal attempts under way
/// @param eventsPerServer events in memory for one server; more are parked at once
/// @param eventsInTotal events in memory
/// @param parkAfter how long an unfinished event may hold back the offset of its partition
public record Limits(
        int perServer, int inTotal, int eventsPerServer, int eventsInTotal, Duration parkAfter) {
    /// For a heap of a few hundred megabytes.
    public static Limits standard(int perServer) {
        return new Limits(
                perServer, Math.max(2048, perServer * 4), 2_000, 20_000, Duration.ofSeconds(2));
    }
}
