package io.strowger.worker.core.leg;

/// Chance, drawn by the caller, for one INVITE to one trunk.
///
/// @param sipCallId globally unique (RFC 3261 8.1.1.4)
/// @param localTag of From, at least 32 random bits (19.3)
/// @param cnonce for digest answers
public record AttemptIds(String sipCallId, String localTag, String cnonce) {}
