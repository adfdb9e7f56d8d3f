package io.strowger.media.srtp;

/// What protects a stream, both ways: each side chooses the keys of what it sends (RFC 4568 5.1).
public record MediaKeys(SrtpKeys ours, SrtpKeys theirs) {}
