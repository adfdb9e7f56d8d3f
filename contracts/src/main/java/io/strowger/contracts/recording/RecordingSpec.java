package io.strowger.contracts.recording;

import io.strowger.contracts.id.RecordingId;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was asked for when a recording began; it does not change.
///
/// @param correlationId of the call
/// @param startedAt sample 0 of the recording
/// @param container where the finished files go instead of the installation's own store: an S3
///   bucket, with or without a prefix, that `recordings.containers` names; null: the own store
public record RecordingSpec(
        RecordingId recording,
        UUID correlationId,
        Instant startedAt,
        RecordingFormat format,
        @Nullable URI container) {}
