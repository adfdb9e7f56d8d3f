package io.strowger.contracts.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.LegId;

/// One person in the roster.
///
/// @param legId the leg behind it; `participantId` of the 2021 line is its text
public record Participant(Identifier identifier, LegId legId, boolean isMuted, boolean isOnHold) {}
