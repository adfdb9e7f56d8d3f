package io.strowger.contracts.stream;

import io.strowger.contracts.id.OperationId;

/// The stream of a connection as its application sees it.
///
/// @param id the same on the stream itself
/// @param active whether audio flows
public record StreamSubscription(OperationId id, boolean active) {}
