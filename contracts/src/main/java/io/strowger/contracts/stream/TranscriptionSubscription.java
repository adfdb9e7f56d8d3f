package io.strowger.contracts.stream;

import io.strowger.contracts.id.OperationId;

/// The transcription of a connection as its application sees it.
///
/// @param id the same on the stream itself
/// @param active whether words flow
/// @param locale that speech is taken for
public record TranscriptionSubscription(
        OperationId id, boolean active, boolean intermediateResults, String locale) {}
