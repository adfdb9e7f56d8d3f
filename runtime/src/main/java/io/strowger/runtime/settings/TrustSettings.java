package io.strowger.runtime.settings;

/// Whom we trust when we connect to a server.
///
/// @param trustFile PEM of those who vouch for it; empty: those of the JDK
public record TrustSettings(String trustFile) {}
